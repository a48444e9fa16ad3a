"""A bar on the terminal for work on many rows: how many are done, how fast, how long it still takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from app.portfolio.files import Progress as Report


class _Rate(ProgressColumn):
    """Rows per second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} rows/s")


@contextmanager
def progress_bar(total: int | None) -> Iterator[Report]:
    """A bar on standard error for about so many rows; what it gives is told of rows as they are done."""
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda rows: bar.advance(task, rows)
        # Lines are not always rows: at the end there are as many as were done.
        bar.update(task, total=bar.tasks[task].completed)
