"""A portfolio to try things with: companies that get better in some functions and not in others."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from app.portfolio.files import Progress, check_format
from app.portfolio.writers import beside, sink
from scoring.batch import Batch
from scoring.batch.cells import Cells
from scoring.questionnaire.form import DONT_KNOW

CHUNK = 100_000
SECTORS = ("manufacturing", "retail", "banking", "utilities", "public sector")
SHARES = {DONT_KNOW: 0.02, "": 0.03, "not_applicable:out_of_scope": 0.02}


def write_demo(batch: Batch, file: Path, rows: int, seed: int, progress: Progress) -> None:
    """Write so many made-up companies; the same seed gives the same file."""
    check_format(file)
    first = next(_frames(batch, 1, seed))
    chunks = _frames(batch, rows, seed)

    def source(*_: object) -> Iterator[pl.DataFrame]:
        for frame in chunks:
            yield frame
            progress(frame.height)

    frames = pl.io.plugins.register_io_source(source, schema=first.schema)
    with beside(file) as partial:
        sink(frames, file.suffix.lower(), partial)
        partial.replace(file)


def _frames(batch: Batch, rows: int, seed: int) -> Iterator[pl.DataFrame]:
    rng = np.random.default_rng(seed)
    for start in range(0, rows, CHUNK):
        yield _frame(batch, start, min(CHUNK, rows - start), rng)


def _frame(batch: Batch, start: int, rows: int, rng: np.random.Generator) -> pl.DataFrame:
    sectors = pl.Series("sector", SECTORS).gather(pl.Series(rng.integers(0, len(SECTORS), rows)))
    company = pl.Series("company", np.arange(start + 1, start + rows + 1)).cast(pl.String)
    columns = [company.str.zfill(7).str.replace("^", "company ").alias("company"), sectors]
    maturity = rng.normal(2.8, 0.9, rows)
    for function in batch.form.functions:
        own = maturity + rng.normal(0, 0.7, rows)
        columns += [
            _column(name, batch.cells[name], own + rng.normal(0, 0.8, rows), rng)
            for name in function.question_ids
        ]
    return pl.DataFrame(columns)


def _column(name: str, cells: Cells, levels: NDArray[np.float64], rng: np.random.Generator) -> pl.Series:
    """The option nearest to a level, at times no option at all."""
    options = sorted(cells.question.options, key=lambda option: option.points)
    points = np.array([option.points for option in options]) / 1000
    nearest = np.searchsorted((points[1:] + points[:-1]) / 2, levels)
    texts = [option.id for option in options]
    draw = rng.random(len(levels))
    for text, share in SHARES.items():
        if text in cells.codes:
            nearest[draw < share] = len(texts)
            texts.append(text)
            draw = np.where(draw < share, 1, draw - share)
    return pl.Series(name, texts, pl.String).gather(pl.Series(nearest))
