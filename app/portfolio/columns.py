"""The columns of a portfolio's profiles: which of them come out, and what they show."""

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import polars as pl
from numpy.typing import NDArray

from scoring import AnswersRefusedError, Fault
from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.batch import CLAUSES, VERDICTS, Batch, Columns
from scoring.batch.columns import capability_columns, column_types
from scoring.questionnaire.definition import Questionnaire

TENTHS = 10
TARGET = re.compile(r"[a-z0-9_.-]{1,200}=[0-9]{1,3}")


def chosen_columns(questionnaire: Questionnaire, tier: str, patterns: Sequence[str]) -> list[str] | None:
    """The columns that patterns such as `sales.*` name; without patterns all but those of capabilities.

    Raises `AnswersRefusedError` for a pattern that names nothing. `None` for an unknown tier, which
    `Batch` refuses.
    """
    form = questionnaire.forms.get(tier)
    if form is None:
        return None
    names = column_types(questionnaire, form)
    if not patterns:
        of_capabilities = {
            name for capability in form.capability_of for name in capability_columns(capability)
        }
        return [name for name in names if name not in of_capabilities]
    nothing = [
        Fault(("columns", index), "unknown_column", "there is no such column")
        for index, pattern in enumerate(patterns)
        if not any(fnmatchcase(name, pattern) for name in names)
    ]
    if nothing:
        raise AnswersRefusedError(nothing)
    return [name for name in names if any(fnmatchcase(name, pattern) for pattern in patterns)]


def shown(columns: Columns) -> pl.DataFrame:
    """Columns of whole numbers as a reader wants them: levels, the index, words; null where there is none."""
    # Divided here and not by polars, which multiplies by the reciprocal: 449 / 10 has to be 44.9.
    divided = {name: _divided(column, divisor_of(name)) for name, column in columns.items()}
    return pl.DataFrame(divided).select(_shown(name) for name in columns)


def _divided(column: NDArray[Any], divisor: int) -> NDArray[Any]:
    return column if divisor == 1 else column / divisor


def _shown(name: str) -> pl.Expr:
    column, last = pl.col(name), name.rpartition(".")[2]
    if last == "verdict":
        return _word(column, VERDICTS)
    if last == "clause":
        return _word(column, CLAUSES)
    present = pl.when(column >= 0)
    return present.then(column == 1 if last == "breaks_floor" else column).alias(name)


def _word(column: pl.Expr, words: Sequence[str]) -> pl.Expr:
    return column.replace_strict(dict(enumerate(words)), return_dtype=pl.Enum(words))


def divisor_of(name: str) -> int:
    """By what a whole number is divided to be shown."""
    node, _, last = name.rpartition(".")
    if node.endswith(".index"):
        return TENTHS
    is_points = last in {"value", "gain"} or (last in {"low", "high"} and not node.endswith(".level"))
    return POINTS_PER_LEVEL if is_points else 1


def prepare(
    questionnaire: Questionnaire, tier: str, targets: Mapping[str, int], patterns: Sequence[str]
) -> Batch:
    """The batch for some columns; raises `AnswersRefusedError` with the faults of tier, targets, columns."""
    columns = chosen_columns(questionnaire, tier, patterns)
    return Batch(questionnaire, tier=tier, targets=targets, columns=columns)


def parse_targets(texts: Sequence[str]) -> dict[str, int]:
    """Targets written as `sales=3`; raises `AnswersRefusedError` for what is no such thing."""
    malformed = [
        Fault(("targets", index), "malformed_target", "write a target as sales=3")
        for index, text in enumerate(texts)
        if not TARGET.fullmatch(text)
    ]
    if malformed:
        raise AnswersRefusedError(malformed)
    pairs = (text.split("=") for text in texts)
    return {name: int(level) for name, level in pairs}
