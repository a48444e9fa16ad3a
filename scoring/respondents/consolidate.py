"""Several respondents' answers to a question, made one answer (§8)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from scoring.arithmetic import Score, half_up
from scoring.questionnaire.form import NOT_APPLICABLE, Answer, Form, Question, QuestionScore
from scoring.respondents.responses import Consensus, Respondent

Policy = Literal["median", "mean", "lowest"]


class Voices(NamedTuple):
    """Those who are asked a question with each one's answer (`None`: not yet).

    `knowing` are those of them whose answer is known, `known` the points of it.
    """

    respondents: Sequence[Respondent]
    answers: Sequence[Answer | None]
    knowing: Sequence[Respondent]
    known: Sequence[int]

    @property
    def given(self) -> list[Answer]:
        """The answers that there are."""
        return [answer for answer in self.answers if answer is not None]


Heard = Mapping[str, Voices]

OUT_OF_SCOPE = Answer(NOT_APPLICABLE, reason="out_of_scope")


class Consolidation(NamedTuple):
    """How several respondents' answers become one; see `scoring.respondents.shown` for `anonymous`.

    `scope` names the functions that the company is asked about, `None` all of them; the questions of the
    others count as not applicable. `missing` is how many were invited beside the respondents: where they
    are one to four, an anonymous assessment shows no count that they would follow from.
    """

    policy: Policy = "median"
    consensus: Mapping[str, Consensus] = {}
    anonymous: bool = False
    scope: tuple[str, ...] | None = None
    missing: int = 0

    def covers(self, function: str) -> bool:
        """Whether a function is in scope."""
        return self.scope is None or function in self.scope


def hear(form: Form, respondents: Iterable[Respondent]) -> dict[str, Voices]:
    """What the respondents say to each question, by its id."""
    heard: dict[str, tuple[list[Respondent], list[Answer | None], list[Respondent], list[int]]] = {
        question.id: ([], [], [], []) for question in form.questions
    }
    for respondent in respondents:
        given = respondent.answers
        for name in respondent.asked:
            asked, answers, knowing, known = heard[name]
            answer = given.get(name)
            asked.append(respondent)
            answers.append(answer)
            if answer is not None and answer.points is not None:
                knowing.append(respondent)
                known.append(answer.points)
    return {name: Voices(*voices) for name, voices in heard.items()}


def hear_one(name: str, asked: Sequence[Respondent]) -> Voices:
    """What respondents who are asked a question say to it."""
    answers = [respondent.answers.get(name) for respondent in asked]
    knowing = [
        (respondent, answer.points)
        for respondent, answer in zip(asked, answers, strict=True)
        if answer is not None and answer.points is not None
    ]
    return Voices(asked, answers, [who for who, _ in knowing], [points for _, points in knowing])


def consolidated_answers(form: Form, heard: Heard, how: Consolidation) -> dict[str, Answer]:
    """The one answer to each question: the consensus where there is one, else the policy's (§8)."""
    inside = form.within(how.scope)
    return {
        question.id: _answer(question, heard[question.id], how) if question.id in inside else OUT_OF_SCOPE
        for question in form.questions
    }


def _answer(question: Question, voices: Voices, how: Consolidation) -> Answer:
    settled = how.consensus.get(question.id)
    return _settled(question, voices, settled) if settled else consolidated_answer(question, voices, how)


def consolidated_answer(question: Question, voices: Voices, how: Consolidation) -> Answer:
    """The policy's answer.

    In an anonymous assessment its range is the whole scale while anybody is still to answer the question: a
    narrower one would say how many.
    """
    answer = consolidate(question, voices, how.policy)
    if not how.anonymous or answer.points is None or None not in voices.answers:
        return answer
    _, least, greatest = question.anything
    return answer._replace(reduced=QuestionScore("answered", Score(answer.points, least, greatest)))


def _settled(question: Question, voices: Voices, consensus: Consensus) -> Answer:
    return question.by_option[consensus.option]._replace(evidence=_evidence(voices.given))


def consolidate(question: Question, voices: Voices, policy: Policy) -> Answer:
    """One answer from those of everybody who is asked (§8).

    Its option is given where all known answers chose the same, its reason where all gave the same.
    """
    given = voices.given
    waiting = len(voices.answers) - len(given)
    if voices.known:
        score = _score(question, sorted(voices.known), waiting, policy)
        options = {answer.option for answer in given if answer.option is not None}
        option = options.pop() if len(options) == 1 else None
        return Answer(QuestionScore("answered", score), option, score.value, evidence=_evidence(given))
    if waiting or not given:
        return Answer(question.unanswered, evidence=_evidence(given))
    for answer in given:
        if answer.reduced.state == "dont_know":
            return Answer(answer.reduced, evidence=_evidence(given))
    reasons = {answer.reason for answer in given}
    reason = reasons.pop() if len(reasons) == 1 else None
    return Answer(NOT_APPLICABLE, reason=reason, evidence=_evidence(given))


def _score(question: Question, known: list[int], waiting: int, policy: Policy) -> Score:
    """Those who have not answered yet count at their least and at their greatest beforehand (§8)."""
    together = POLICIES[policy]
    value = together(known)
    if not waiting:
        return Score(value, value, value)
    _, least, greatest = question.anything
    return Score(value, together([least] * waiting + known), together(known + [greatest] * waiting))


def _evidence(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(sorted({link for answer in answers if answer.evidence for link in answer.evidence}))


def median(points: Sequence[int]) -> int:
    """The middle one of sorted points; of two middle ones their mean, halves up (§8).

    >>> median([1000, 2000, 5000]), median([1000, 2000])
    (2000, 1500)
    """
    half = len(points) // 2
    return points[half] if len(points) % 2 else half_up(points[half - 1] + points[half], 2)


def mean(points: Sequence[int]) -> int:
    """The mean of points, halves up (§8)."""
    return half_up(sum(points), len(points))


def lowest(points: Sequence[int]) -> int:
    """The first of sorted points (§8)."""
    return points[0]


POLICIES: Mapping[Policy, Callable[[Sequence[int]], int]] = {
    "median": median,
    "mean": mean,
    "lowest": lowest,
}
