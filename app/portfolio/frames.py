"""Frames of answers in, frames of profiles out: the cells of a table as codes, codes as columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from app.portfolio.columns import shown
from scoring import AnswersRefusedError, Fault
from scoring.batch import Batch
from scoring.batch.cells import Cells
from scoring.form import FULL

ROW = "row number"  # a column of our own; no id has a blank
ERROR = "error"


class Rejection(NamedTuple):
    """A cell that is no answer: its row, from 1, its column, and why."""

    row: int
    column: str
    cause: str


class FrameScorer:
    """Scores the frames of one portfolio, whose columns are those of its first."""

    def __init__(self, batch: Batch, columns: Sequence[str], *, keeps_answers: bool = False) -> None:
        """Find out which columns are answers; raises `AnswersRefusedError` where a column cannot be read."""
        self.batch = batch
        names = {name: q.id for q in batch.form.questions for name in (q.id, *q.aliases)}
        self.answers = {names[column]: column for column in columns if column in names}
        self.passed = [
            column for column in columns if column != ROW and (keeps_answers or column not in names)
        ]
        faults = list(self._faults(columns, names))
        if faults:
            raise AnswersRefusedError(faults)

    def _faults(self, columns: Sequence[str], names: dict[str, str]) -> Iterator[Fault]:
        elsewhere = self.batch.questionnaire.forms[FULL].question_of
        for column in columns:
            if column in elsewhere and column not in names:
                detail = f"the tier {self.batch.form.tier!r} has no such question"
                yield Fault((column,), "unknown_question", detail)
            elif column in names and self.answers[names[column]] != column:
                yield Fault((column,), "repeated_answer", "the question stands there by both of its ids")
            elif column in self.passed and column in {*self.batch.columns, ERROR}:
                yield Fault((column,), "repeated_column", "a column of the result has this name")
        if not self.answers:
            yield Fault((), "no_answers", "no column is named by a question of the questionnaire")

    def score(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Rejection]]:
        """The profiles of those rows without faulty cells, and the faulty cells of the others."""
        codes = np.empty((len(self.batch.cells), frame.height), self.batch.code_type)
        read = frame.select(self._read)
        rejected: list[Rejection] = []
        for row, (name, cells) in zip(codes, self.batch.cells.items(), strict=True):
            if name in self.answers:
                by_place = np.array([*cells.codes.values(), cells.unanswered], codes.dtype)
                row[:] = by_place[read[name].fill_null(len(cells.codes)).to_numpy()]
                rejected += _rejections(frame, self.answers[name], cells, read[name])
            else:
                row.fill(cells.unanswered)
        if rejected:
            sound = ~frame[ROW].is_in({rejection.row for rejection in rejected})
            frame, codes = frame.filter(sound), np.ascontiguousarray(codes[:, sound.to_numpy()])
        (columns,) = self.batch.score(codes)
        profiles = shown(columns)
        passed = frame.select(self.passed)
        return passed.hstack(profiles) if self.passed else profiles, sorted(rejected)

    def score_in_place(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A row for every row: its profile, or in the column `error` why there is none."""
        profiles, rejected = self.score(frame)
        causes = pl.DataFrame(
            rejected, schema={ROW: pl.UInt32, "column": pl.String, "cause": pl.String}, orient="row"
        )
        errors = causes.group_by(ROW, maintain_order=True).agg(
            pl.format("{}: {}", "column", "cause").str.join("; ").alias(ERROR)
        )
        sound = frame.select(ROW).join(causes, on=ROW, how="anti", maintain_order="left")
        results = profiles.drop(self.passed).with_columns(sound[ROW])
        return (
            frame.select(ROW, *self.passed)
            .join(results, on=ROW, how="left", maintain_order="left")
            .join(errors, on=ROW, how="left", maintain_order="left")
            .drop(ROW)
        )

    @property
    def _read(self) -> list[pl.Expr]:
        """Cells as places in their codebook; null where a cell is empty or no answer."""
        return [
            pl.col(column)
            .cast(pl.String)
            .cast(pl.Enum(list(self.batch.cells[name].codes)), strict=False)
            .to_physical()
            .alias(name)
            for name, column in self.answers.items()
        ]


def _rejections(frame: pl.DataFrame, column: str, cells: Cells, read: pl.Series) -> Iterator[Rejection]:
    """The cells that are not empty and no answers."""
    if read.null_count() > frame[column].null_count():
        options = ", ".join(filter(None, cells.codes))
        for number in frame[ROW].filter(read.is_null() & frame[column].is_not_null()):
            yield Rejection(number, column, f"the answers are {options}")
