"""Several respondents' answers to a question, made one answer (§8)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from scoring.anonymity import may_consolidate
from scoring.arithmetic import Score, half_up
from scoring.form import NOT_APPLICABLE, Answer, Form, Question, QuestionScore
from scoring.responses import Consensus, Respondent

Policy = Literal["median", "mean", "lowest"]

# Who is asked a question, each with his or her answer; `None` where there is none yet.
Said = Sequence[tuple[Respondent, Answer | None]]
Heard = Mapping[str, Said]


class Consolidation(NamedTuple):
    """How several respondents' answers become one; see `scoring.anonymity` for `anonymous`."""

    policy: Policy = "median"
    consensus: Mapping[str, Consensus] = {}
    anonymous: bool = False


def hear(form: Form, respondents: Sequence[Respondent]) -> Heard:
    """What was said to each question by those who are asked it."""
    return {
        question.id: [
            (respondent, respondent.answers.get(question.id))
            for respondent in respondents
            if question.id in respondent.asked
        ]
        for question in form.questions
    }


def consolidated_answers(form: Form, heard: Heard, how: Consolidation) -> dict[str, Answer]:
    """The one answer to each question: the consensus where there is one, else the policy's (§8).

    In an anonymous assessment a question stays open where its answer would be one of fewer than five.
    """
    consolidated = {}
    for question in form.questions:
        answers = [answer for _, answer in heard[question.id]]
        settled = how.consensus.get(question.id)
        if settled is not None:
            consolidated[question.id] = question.by_option[settled.option]
        elif not how.anonymous:
            consolidated[question.id] = consolidate(question, answers, how.policy)
        elif may_consolidate(answers):
            consolidated[question.id] = consolidate(question, answers, how.policy)._replace(evidence=())
        else:
            consolidated[question.id] = Answer(question.unanswered)
    return consolidated


def known_points(answers: Sequence[Answer | None]) -> list[int]:
    """Points of the known answers."""
    scores = [answer.reduced.score for answer in answers if answer is not None]
    return [score.value for score in scores if score is not None and score.value is not None]


def consolidate(question: Question, answers: Sequence[Answer | None], policy: Policy) -> Answer:
    """One answer from those of everybody who is asked; `None` stands for an answer still to come (§8).

    Its option is given where all known answers chose the same, its reason where all gave the same.
    """
    known = known_points(answers)
    if known:
        score = _score(question, known, answers.count(None), policy)
        return Answer(QuestionScore("answered", score), option=_shared(answers), evidence=_evidence(answers))
    if None in answers or not answers:
        return Answer(question.unanswered)
    given = [answer for answer in answers if answer is not None]
    for answer in given:
        if answer.reduced.state == "dont_know":
            return Answer(answer.reduced, evidence=_evidence(answers))
    reasons = {answer.reason for answer in given}
    return Answer(NOT_APPLICABLE, reason=reasons.pop() if len(reasons) == 1 else None)


def _score(question: Question, known: list[int], waiting: int, policy: Policy) -> Score:
    """Those who have not answered yet count at their least and at their greatest beforehand (§8)."""
    together = POLICIES[policy]
    value = together(sorted(known))
    if not waiting:
        return Score(value, value, value)
    anything = question.anything
    return Score(
        value,
        together(sorted([*known, *[anything.low] * waiting])),
        together(sorted([*known, *[anything.high] * waiting])),
    )


def _shared(answers: Sequence[Answer | None]) -> str | None:
    """The option of all known answers where it is the same."""
    options = {answer.option for answer in answers if answer is not None and answer.option is not None}
    return options.pop() if len(options) == 1 else None


def _evidence(answers: Sequence[Answer | None]) -> tuple[str, ...]:
    links = {link for answer in answers if answer is not None for link in answer.evidence}
    return tuple(sorted(links))


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
