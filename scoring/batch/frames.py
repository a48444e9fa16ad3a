"""Frames of answers in, frames of profiles out: the cells of a table as codes, codes as columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.batch import CLAUSES, VERDICTS, Batch, Columns
from scoring.batch.cells import Cells
from scoring.batch.units import divisor_of
from scoring.errors import AnswersRefusedError, Fault

ERROR = "error"


class Rejection(NamedTuple):
    """Why a row has no profile: its number, the column that is no answer, what stands there, the cause."""

    row: int
    column: str
    found: str
    cause: str


class Part(NamedTuple):
    """Some rows of a portfolio: their cells, their numbers, and why some of them could not be read."""

    frame: pl.DataFrame
    numbers: NDArray[np.int64]
    unreadable: Mapping[int, str] = {}

    @classmethod
    def counted(cls, frame: pl.DataFrame, first: int = 1) -> "Part":
        """Rows that are numbered one after another."""
        return cls(frame, np.arange(first, first + frame.height))


class FrameScorer:
    """Scores the parts of one portfolio, which all have the same columns."""

    def __init__(self, batch: Batch, schema: Mapping[str, pl.DataType]) -> None:
        """Find out which columns are answers; raises `AnswersRefusedError` where a column cannot be read."""
        self.batch = batch
        self.header = batch.header(list(schema))
        self.answers, self.passed = self.header.answers, self.header.passed
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
        for row, column, _, cause in rejected:
            said = f"{column}: {cause}" if column else cause
            errors[row] = f"{errors[row]}; {said}" if row in errors else said
        told = pl.Series(ERROR, [errors.get(number) for number in part.numbers.tolist()], pl.String)
        return self._beside(part.frame, profiles).with_columns(told)

    def _profiles(self, part: Part) -> tuple[NDArray[np.bool_], pl.DataFrame, list[Rejection]]:
        """Which rows can be scored, their profiles, and why the others cannot."""
        sound, codes, rejected = self._codes(part)
        (columns,) = self.batch.score(np.ascontiguousarray(codes[:, sound]))
        return sound, shown(columns), rejected

    def cells(self, part: Part) -> tuple[dict[str, str], list[Rejection]]:
        """The first row's cells by question, as they stand in the codebook, and why it cannot be scored."""
        *_, rejected = self._codes(part)
        row = self._read(part.frame)[0].row(0, named=True)
        return {name: self.batch.cells[name].understood(text or "") for name, text in row.items()}, rejected

    def _codes(self, part: Part) -> tuple[NDArray[np.bool_], NDArray[np.unsignedinteger], list[Rejection]]:
        """Which rows can be scored, the codes of all, and why some cannot."""
        codes = np.empty((len(self.batch.cells), part.frame.height), self.batch.code_type)
        texts, read = self._read(part.frame)
        numbers = part.numbers
        rejected = [Rejection(row, "", "", cause) for row, cause in part.unreadable.items()]
        for row, (name, cells) in zip(codes, self.batch.cells.items(), strict=True):
            if name in self.answers:
                column = self.answers[name]
                places = read[name].fill_null(len(cells.codes)).to_numpy()
                if read[name].null_count() > part.frame[column].null_count():
                    odd = (read[name].is_null() & part.frame[column].is_not_null()).to_numpy()
                    written = texts[name].filter(pl.Series(odd))
                    places = places.copy()
                    places[odd] = _understood(written, cells)
                    rejected += _rejections(column, written, numbers[odd], cells, places[odd])
                row[:] = cells.by_place[places]
            else:
                row.fill(cells.unanswered)
        sound = ~np.isin(numbers, [rejection.row for rejection in rejected])
        return sound, codes, sorted(rejected)

    def _read(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Cells as texts, and as places in their codebook; null where one is empty or not in it."""
        texts = frame.select(
            _as_text(column, frame.schema[column]).alias(name) for name, column in self.answers.items()
        )
        places = texts.select(
            pl.col(name).cast(pl.Enum(list(self.batch.cells[name].codes)), strict=False).to_physical()
            for name in self.answers
        )
        return texts, places


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


def _understood(written: pl.Series, cells: Cells) -> NDArray[np.int64]:
    """The places of cells that are written otherwise than in the codebook; past its end where one is none."""
    different = written.unique()
    places = {text: cells.place_of(text) for text in different}
    return written.replace_strict(places, return_dtype=pl.Int64).to_numpy()


def _rejections(
    column: str, written: pl.Series, numbers: NDArray[np.int64], cells: Cells, places: NDArray[Any]
) -> Iterator[Rejection]:
    """The cells that are no answers."""
    for number, text, place in zip(numbers.tolist(), written, places.tolist(), strict=True):
        if place == len(cells.codes):
            yield Rejection(number, column, text, cells.refusal)


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
