"""What was asked and is only shown: capabilities that no score, level or verdict counts (§2).

Their options have no levels: what was answered is told in the questionnaire's words, never as a mean.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from app.reports.parts import option_text
from app.reports.reading import Reading
from app.reports.speech import ended, sentence
from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.presentation.respondent_shapes import QuestionSpreadDocument, SideAnswerDocument
from scoring.presentation.shapes import AnsweredQuestion


class Shown(NamedTuple):
    """A capability that is not counted, its function, and what was answered."""

    name: str
    function: str
    said: str


def only_shown(reading: Reading) -> Sequence[Shown]:
    """Every capability that is not scored, in the questionnaire's order, with who answered what.

    Without those that `sides_shown` tells, where nobody but the sides answered.
    """
    spread, told = _spread(reading), _told_by_sides(reading)
    return [
        Shown(
            capability["name"],
            function["name"],
            " ".join(
                _said(question, spread.get(question["id"]), reading) for question in capability["questions"]
            ),
        )
        for function in reading.document["functions"]
        for capability in function["capabilities"]
        if not capability["scored"] and not told >= {q["id"] for q in capability["questions"]}
    ]


def _spread(reading: Reading) -> Mapping[str, QuestionSpreadDocument]:
    """Who answered what, by question."""
    respondents = reading.document["respondents"]
    return {question["id"]: question for question in respondents["questions"]} if respondents else {}


def _told_by_sides(reading: Reading) -> AbstractSet[str]:
    """The questions of which all that was answered is told side by side."""
    side_of = {role.id: role.side for role in reading.edition.questionnaire.roles}
    spread = _spread(reading)
    return {
        question
        for question in _of_both_sides(reading)
        if question in spread
        and all(side_of.get(each["role"] or "") is not None for each in spread[question]["by_role"])
    }


def _said(question: AnsweredQuestion, spread: QuestionSpreadDocument | None, reading: Reading) -> str:
    """The answer in the questionnaire's words, of several people by role."""
    speech = reading.speech
    if question["state"] == "not_applicable":
        return ended(sentence(speech("not_applicable")))
    if question["points"] is None:
        return speech("unknown_today")
    if spread is not None and spread["consensus"] is not None:
        settled = option_text(question["id"], spread["consensus"]["option"], reading)
        return ended(sentence(speech("workshop_decided", value=settled)))
    by_role = " ".join(_by_role(spread, reading)) if spread is not None else ""
    if by_role:
        return by_role
    option = question["option"] or _option_worth(question["id"], question["points"], reading)
    return speech("answers_differ") if option is None else ended(option_text(question["id"], option, reading))


def _by_role(spread: QuestionSpreadDocument, reading: Reading) -> Iterator[str]:
    """What each role said, roles that said the same together, in the order of the first of them."""
    roles: dict[str, list[str]] = {}
    for each in spread["by_role"]:
        said = _of_role(spread["id"], each["mean"], each["n"], reading)
        roles.setdefault(said, []).append(reading.role_name(each["role"]))
    is_nobody = all(each["role"] is None for each in spread["by_role"])
    for said, names in roles.items():
        yield said if is_nobody else reading.speech("said_by", who=", ".join(names), said=said)


def _of_role(question: str, mean: float, n: int | None, reading: Reading) -> str:
    """The option of a role; of several people only where they must have chosen the same.

    A mean between two options can come from others than the nearest.
    """
    points = reading.form.question_of[question].points
    worth = round(mean * POINTS_PER_LEVEL)
    option = _option_worth(question, mean, reading)
    if option is None or (n != 1 and worth not in {min(points.values()), max(points.values())}):
        return reading.speech("answers_differ")
    return ended(option_text(question, option, reading))


def _option_worth(question: str, level: float, reading: Reading) -> str | None:
    """The only option that is worth so much."""
    worth = round(level * POINTS_PER_LEVEL)
    points = reading.form.question_of[question].points
    found = [option for option, each in points.items() if each == worth]
    return found[0] if len(found) == 1 else None


def sides_shown(reading: Reading) -> Sequence[tuple[str, str]]:
    """What both sides said to what is only shown, those that differ first: a name, and a sentence a side."""
    collaboration = reading.document["collaboration"]
    if collaboration is None:
        return []
    sides = {side["id"]: side for side in collaboration["sides"] if side["id"] is not None}
    answers = {
        (name, answer["question"]): answer for name, side in sides.items() for answer in side["answers"]
    }
    return [
        (
            reading.question_name(question),
            " ".join(_of_side(reading.side_name(name), answers[name, question], reading) for name in sides),
        )
        for question in _of_both_sides(reading)
    ]


def _of_both_sides(reading: Reading) -> Sequence[str]:
    """The questions that are only shown and that both sides answered, those that differ first."""
    collaboration = reading.document["collaboration"]
    if collaboration is None:
        return []
    section = reading.form.unscored_ids & reading.form.shown_only
    return [gap["id"] for gap in collaboration["perception"]["questions"] if gap["id"] in section]


def _of_side(side: str, answer: SideAnswerDocument, reading: Reading) -> str:
    """A side's answer: its option, else each option with how many chose it, where that may be told."""
    speech, chosen = reading.speech, answer["chosen"] or {}
    if len(chosen) > 1:
        texts = [(option_text(answer["question"], option, reading), n) for option, n in chosen.items()]
        counted = [speech("said_by_n", said=text.removesuffix("."), n=n) for text, n in texts]
        return speech("said_by", who=side, said=ended(", ".join(counted)))
    option = next(iter(chosen), answer["option"])
    said = speech("answers_differ") if option is None else option_text(answer["question"], option, reading)
    return speech("said_by", who=side, said=ended(said))
