"""The header of a table: which of its columns hold answers, which are left out, which are passed through."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Literal, NamedTuple

from scoring.errors import AnswersRefusedError, Fault
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL, Form
from scoring.respondents.faults import answered_twice, unknown_question

Ignorable = Literal["unasked", "unmatched"]
"""What may be ignored: columns of questions that the tier does not ask, patterns that fit no column."""


class Header(NamedTuple):
    """The columns of a table: by question those with answers, those left out, those passed through."""

    answers: dict[str, str]
    unasked: list[str]
    passed: list[str]


def read_header(
    questionnaire: Questionnaire,
    form: Form,
    written: Sequence[str],
    columns: Sequence[str],
    ignore: Collection[Ignorable],
) -> Header:
    """Tell a table's `columns` apart; `written` are those that its result has.

    Raises `AnswersRefusedError` for columns of questions that the tier does not ask (unless ignored), for
    those that look like a question and are none, for a question or a column that stands there twice, and
    where no column is named by a question.
    """
    full = questionnaire.forms[FULL]
    header, faults = Header({}, [], []), []
    for place, column in enumerate(columns):
        asked = form.question_of.get(column)
        if column in columns[:place]:
            faults.append(Fault((column,), "repeated_column", "there are two columns of this name"))
        elif asked is not None:
            if asked.id in header.answers:
                faults.append(answered_twice((column,), "stands there"))
            header.answers.setdefault(asked.id, column)
        elif column in full.question_of:
            header.unasked.append(column)
            if "unasked" not in ignore:
                faults.append(Fault((column,), "unasked_column", unknown_question(form, ()).detail))
        else:
            header.passed.append(column)
            faults += _of_passed(full, written, column)
    if not header.answers and not faults:
        faults.append(Fault((), "no_answers", "no column is named by a question of the questionnaire"))
    if faults:
        raise AnswersRefusedError(faults)
    return header


def _of_passed(full: Form, written: Sequence[str], column: str) -> list[Fault]:
    """Why a column cannot be passed through, if so: the result has one of its name, or it is mistyped."""
    if column in written:
        return [Fault((column,), "repeated_column", "a column of the result has this name")]
    plain = column.strip().casefold()
    if plain.partition(".")[0] not in full.function_of or "." not in plain:
        return []
    near = get_close_matches(plain, list(full.question_of), 1, 0)
    detail = f"there is no such question; the nearest is {near[0]}"
    return [Fault((column,), "unknown_question", detail)]
