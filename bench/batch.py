"""What arrays of answer sets cost beside the single engine, numpy's own reading and writing, and polars.

`make bench`. All ratios are of one run: the batch's rate to the single engine's; the time that numpy needs
just to read the codes and to write columns of the results' sizes, to the batch's; and the time that polars
needs to read and write both files untouched, to that of scoring from Parquet to Parquet. The peak memory of
scoring a file, and of polars copying it, is measured in processes of their own.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from app.portfolio.columns import prepare
from app.portfolio.demo import write_demo
from app.portfolio.files import score_file
from scoring import Questionnaire, score
from scoring.batch import Batch, Columns
from scoring.batch.cells import Codes
from scoring.questionnaire.source import parse

FOLDER = Path(__file__).parents[1] / "questionnaires" / "social-business" / "2.0.0"
SINGLE = 3_000
CHUNK = 65_536
LEAST_TO_SINGLE, LEAST_TO_NUMPY, LEAST_TO_POLARS = 100, 0.2, 0.5


def social_business() -> Questionnaire:
    """The shipped questionnaire."""
    return parse((FOLDER / "questionnaire.toml").read_text("utf-8"), {})


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs."""
    shortest = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def random_codes(batch: Batch, rows: int) -> Codes:
    """All kinds of answers, at random."""
    rng = np.random.default_rng(1)
    known = [np.array(list(cells.values()), batch.code_type) for cells in batch.codebook.values()]
    return np.stack([rng.choice(codes, rows) for codes in known])


def read_and_write(codes: Codes, columns: Columns) -> None:
    """What numpy needs just to read the answers and to write the results."""
    written = {name: np.empty_like(column) for name, column in columns.items()}
    for start in range(0, codes.shape[1], CHUNK):
        part = slice(start, start + CHUNK)
        codes[:, part].max(axis=1)
        for name, column in columns.items():
            np.copyto(written[name][part], column[part])


def nothing(_rows: int) -> None:
    """Progress that nobody watches."""


def copy_file(file: Path, to: Path) -> None:
    """Read and write a file untouched."""
    pl.scan_parquet(file).sink_parquet(to)


def peak_megabytes(what: str, rows: int, folder: Path) -> float:
    """The peak memory of a process that scores a file of so many rows, or copies it."""
    arguments = [sys.executable, "-m", "bench.batch", what, str(rows), str(folder)]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)  # noqa: S603 -- our own command
    return float(done.stdout.split()[-1])


def work_for_memory(what: str, rows: int, folder: Path) -> None:
    """Score or copy a file and print this process's peak memory in megabytes."""
    portfolio = folder / f"{rows}.parquet"
    if what == "--copy":
        copy_file(portfolio, folder / "copy")
    else:
        batch = prepare(social_business(), "full", {}, [])
        score_file(batch, portfolio, folder / "profiles.parquet", on_error="stop", progress=nothing)
    status = Path("/proc/self/status").read_text("ascii")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def line(name: str, value: str, wanted: str = "") -> None:
    """Print a row of the table."""
    print(f"{name:58} {value:>14}  {wanted}")


def main(rows: int) -> None:
    """Print the table."""
    questionnaire = social_business()
    batch = Batch(questionnaire)
    codes = random_codes(batch, rows)
    cells = {name: {code: cell for cell, code in known.items()} for name, known in batch.codebook.items()}
    sets = [
        {name: cell for name, code in zip(cells, column, strict=True) if (cell := cells[name][int(code)])}
        for column in codes[:, :SINGLE].T
    ]
    answers = [
        {n: {"not_applicable": "other"} if c.startswith("not_a") else c for n, c in one.items()}
        for one in sets
    ]
    single = seconds(lambda: [score(questionnaire, one) for one in answers], 1) / SINGLE
    columns: Columns = {}
    arrays = seconds(lambda: columns.update(batch.score(codes)[0])) / rows
    numpy = seconds(lambda: read_and_write(codes, columns)) / rows
    line("single engine", f"{1 / single:,.0f} rows/s")
    line(f"batch, {len(columns)} columns", f"{1 / arrays:,.0f} rows/s")
    line("batch to single engine", f"{single / arrays:.0f}", f"at least {LEAST_TO_SINGLE}")
    line("numpy reading and writing to batch", f"{numpy / arrays:.2f}", f"at least {LEAST_TO_NUMPY}")
    with tempfile.TemporaryDirectory() as temporary:
        end_to_end(batch, rows, Path(temporary))


def end_to_end(batch: Batch, rows: int, folder: Path) -> None:
    """From Parquet to Parquet, and the memory it takes."""
    portfolio, profiles = folder / f"{rows}.parquet", folder / "profiles.parquet"
    write_demo(batch, portfolio, rows, 1, nothing)
    usual = prepare(batch.questionnaire, "full", {}, [])
    scored = seconds(lambda: score_file(usual, portfolio, profiles, on_error="stop", progress=nothing), 2)
    untouched = sum(seconds(partial(copy_file, file, folder / "copy"), 2) for file in (portfolio, profiles))
    line("Parquet to Parquet", f"{rows / scored:,.0f} rows/s")
    line(
        "polars reading and writing both untouched to that",
        f"{untouched / scored:.2f}",
        f"at least {LEAST_TO_POLARS}",
    )
    write_demo(batch, folder / f"{5 * rows}.parquet", 5 * rows, 1, nothing)
    for size in (rows, 5 * rows):
        line(f"peak memory, {size:,} rows", f"{peak_megabytes('--score', size, folder):,.0f} MB", "flat")
        line("  polars copying the portfolio", f"{peak_megabytes('--copy', size, folder):,.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] in (["--score"], ["--copy"]):
        work_for_memory(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
