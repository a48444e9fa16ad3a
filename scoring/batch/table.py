"""A frame of answers in, a frame of profiles out, as a profile shows them; of polars or pandas."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, TypeVar

import polars as pl

from scoring.batch import Batch
from scoring.batch.frames import FrameScorer, Part
from scoring.batch.header import Ignorable
from scoring.errors import AnswersRefusedError, Fault
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL

MOST_FAULTS = 100  # cells that one refusal names

Frame = TypeVar("Frame")


def few_columns(questionnaire: Questionnaire, tier: str = FULL) -> list[str]:
    """The columns that most begin with: the verdict, the whole company, score and levels of each function."""
    functions = questionnaire.form_of(tier).function_of
    of_functions = [f"{name}.{column}" for name in functions for column in ("score.value", "level.*")]
    return ["verdict", "overall.*", *of_functions]


def score_frame(  # noqa: PLR0913 -- how to score
    frame: Frame,
    questionnaire: Questionnaire,
    *,
    tier: str = FULL,
    targets: Mapping[str, int] | None = None,
    columns: Sequence[str] | None = None,
    ignore: Collection[Ignorable] = (),
    on_error: Literal["stop", "column"] = "stop",
) -> Frame:
    """The profiles of a frame of polars or pandas, row by row, in a frame of the same library.

    Columns are named by questions; cells are texts or whole numbers; any other column is passed through, as
    is the index of pandas. `columns` are names or patterns of `scoring.batch.columns`, by default those of
    `few_columns`. Scores and gaps are levels with three decimals, the index has one, verdicts are words.

    Raises `AnswersRefusedError` for columns that cannot be read and for cells that are no answers, each with
    its row counted from 0; with `on_error="column"` a column `error` says of each row why it has no profile.
    """
    chosen = few_columns(questionnaire, tier) if columns is None else columns
    batch = Batch(questionnaire, tier=tier, targets=targets, columns=chosen, ignore=ignore)
    is_polars = isinstance(frame, pl.DataFrame)
    scored: Frame = (_scored if is_polars else _scored_pandas)(batch, frame, on_error)
    return scored


def _scored(batch: Batch, frame: Any, on_error: str) -> Any:  # noqa: ANN401 -- the frame's own type
    scorer = FrameScorer(batch, frame.schema)
    part = Part.counted(frame, 0)
    if on_error == "column":
        return scorer.score_in_place(part)
    profiles, rejected = scorer.score(part)
    if rejected:
        faults = [Fault((row, column), "unknown_option", cause) for row, column, _, cause in rejected]
        raise AnswersRefusedError(faults[:MOST_FAULTS])
    return profiles


def _scored_pandas(batch: Batch, frame: Any, on_error: str) -> Any:  # noqa: ANN401 -- pandas is not required
    """By polars only what is scored: what is passed through stays as it is."""
    header = batch.header([str(name) for name in frame.columns])
    answers = {name: _texts(frame[name]) for name in header.answers.values()}
    profiles = _scored(batch, pl.DataFrame(answers), on_error)
    beside = type(frame)(profiles.to_dict(as_series=False), index=frame.index)
    return frame[header.passed].join(beside)


def _texts(column: Any) -> pl.Series:  # noqa: ANN401 -- a series of pandas
    cells = column.astype(object).where(column.notna(), None).tolist()
    return pl.Series(column.name, [_text(cell) for cell in cells], pl.String)


def _text(cell: object) -> str | None:
    """A cell as text; pandas makes floats of whole numbers where there is a gap."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return None if cell is None else str(cell)
