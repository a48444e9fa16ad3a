"""Published figures beside the company's own: which share of its respondents says the same (§9)."""

from collections.abc import Sequence
from typing import NamedTuple

from scoring.arithmetic import half_up
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.entries import FigureEntry
from scoring.questionnaire.form import Form
from scoring.respondents.collaboration import Side


def study_figures(questionnaire: Questionnaire, form: Form) -> list[FigureEntry]:
    """The published figures about questions of the tier."""
    figures = [figure for study in questionnaire.benchmarks for figure in study.figures]
    return [figure for figure in figures if figure.question in form.question_of]


class Share(NamedTuple):
    """How many of `n` respondents chose an option."""

    chosen: int
    n: int

    @property
    def percent(self) -> int:
        """In whole percent, halves up."""
        return half_up(100 * self.chosen, self.n)


def company_share(figure: FigureEntry, sides: Sequence[Side]) -> Share | None:
    """How many of the company's own respondents on a figure's side chose its option."""
    answers = [answer for side in sides if side.id == figure.side is not None for answer in side.answers]
    for answer in answers:
        if answer.question == figure.question and answer.n and answer.chosen is not None:
            return Share(answer.chosen.get(figure.option or "", 0), answer.n)
    return None
