"""Rows of answers in, rows of profiles out: the cells of a table as codes, codes as columns."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from app.portfolio.columns import shown
from scoring import AnswersRefusedError, Fault
from scoring.batch import Batch
from scoring.batch.cells import Cells

ERROR = "error"


class Rejection(NamedTuple):
    """Why a row has no profile: its number, from 1, the column that is no answer, and the cause."""

    row: int
    column: str
    cause: str


class Part(NamedTuple):
    """Some rows of a portfolio: their cells, their numbers, and why some of them could not be read."""

    frame: pl.DataFrame
    first: int
    unreadable: Mapping[int, str] = {}

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The number of each row, counted from 1 through the whole portfolio."""
        return np.arange(self.first, self.first + self.frame.height)


class FrameScorer:
    """Scores the parts of one portfolio, which all have the same columns."""

    def __init__(self, batch: Batch, schema: Mapping[str, pl.DataType]) -> None:
        """Find out which columns are answers; raises `AnswersRefusedError` where a column cannot be read."""
        self.batch = batch
        self.answers = batch.answer_columns(list(schema))
        self.passed = [column for column in schema if column not in self.answers.values()]
        odd = [column for column in self.answers.values() if not _can_be_answers(schema[column])]
        faults = [Fault((name,), "no_answers", "answers are texts or whole numbers") for name in odd]
        if ERROR in self.passed:
            faults.append(Fault((ERROR,), "repeated_column", "a column of the result has this name"))
        if faults:
            raise AnswersRefusedError(faults)

    def score(self, part: Part) -> tuple[pl.DataFrame, list[Rejection]]:
        """The profiles of those rows that can be scored, and why the others cannot."""
        sound, profiles, rejected = self._profiles(part)
        return self._beside(part.frame.filter(sound), profiles), rejected

    def _beside(self, rows: pl.DataFrame, profiles: pl.DataFrame) -> pl.DataFrame:
        """What is passed through, and the profiles beside it."""
        return rows.select(self.passed).hstack(profiles) if self.passed else profiles

    def score_in_place(self, part: Part) -> pl.DataFrame:
        """A row for every row: its profile, or in the column `error` why there is none."""
        sound, profiles, rejected = self._profiles(part)
        # Where there is no profile a place after the last stands, which gives a null.
        places = np.where(sound, np.cumsum(sound) - 1, int(sound.sum()))
        profiles = pl.concat([profiles, profiles.clear(1)])[places]
        errors: dict[int, str] = {}
        for row, column, cause in rejected:
            said = f"{column}: {cause}" if column else cause
            errors[row] = f"{errors[row]}; {said}" if row in errors else said
        told = pl.Series(ERROR, [errors.get(number) for number in part.numbers.tolist()], pl.String)
        return self._beside(part.frame, profiles).with_columns(told)

    def _profiles(self, part: Part) -> tuple[NDArray[np.bool_], pl.DataFrame, list[Rejection]]:
        """Which rows can be scored, their profiles, and why the others cannot."""
        sound, codes, rejected = self._codes(part)
        (columns,) = self.batch.score(np.ascontiguousarray(codes[:, sound]))
        return sound, shown(columns), rejected

    def _codes(self, part: Part) -> tuple[NDArray[np.bool_], NDArray[np.unsignedinteger], list[Rejection]]:
        """Which rows can be scored, the codes of all, and why some cannot."""
        codes = np.empty((len(self.batch.cells), part.frame.height), self.batch.code_type)
        read = part.frame.select(self._read(part.frame.schema))
        numbers = part.numbers
        rejected = [Rejection(row, "", cause) for row, cause in part.unreadable.items()]
        for row, (name, cells) in zip(codes, self.batch.cells.items(), strict=True):
            if name in self.answers:
                row[:] = cells.by_place[read[name].fill_null(len(cells.codes)).to_numpy()]
                column = self.answers[name]
                rejected += _rejections(part.frame[column], numbers, cells, read[name])
            else:
                row.fill(cells.unanswered)
        sound = ~np.isin(numbers, [rejection.row for rejection in rejected])
        return sound, codes, sorted(rejected)

    def _read(self, schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
        """Cells as places in their codebook; null where a cell is empty or no answer."""
        return [
            _as_text(column, schema[column])
            .cast(pl.Enum(list(self.batch.cells[name].codes)), strict=False)
            .to_physical()
            .alias(name)
            for name, column in self.answers.items()
        ]


def _can_be_answers(kind: pl.DataType) -> bool:
    texts = (pl.String, pl.Categorical, pl.Enum, pl.Null)
    return isinstance(kind, texts) or kind.is_integer() or kind.is_float()


def _as_text(column: str, kind: pl.DataType) -> pl.Expr:
    """Cells as texts; a whole number that is written as a float, because of a gap, is a whole number."""
    cells = pl.col(column)
    if kind.is_float():
        whole = cells.cast(pl.Int64, strict=False)
        return pl.when(whole == cells).then(whole.cast(pl.String)).otherwise(cells.cast(pl.String))
    return cells.cast(pl.String)


def _rejections(
    written: pl.Series, numbers: NDArray[np.int64], cells: Cells, read: pl.Series
) -> Iterator[Rejection]:
    """The cells that are not empty and no answers."""
    if read.null_count() > written.null_count():
        for number in numbers[(read.is_null() & written.is_not_null()).to_numpy()].tolist():
            yield Rejection(number, written.name, cells.refusal)
