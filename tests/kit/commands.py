"""The commands `sbm`, as `python -m app`, and `python -m scoring`: in the process of the tests, or as one.

Starting Python and importing the service takes most of a command's time, so the suite mostly does without.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

from app.commands.sbm import main as app_main
from scoring.__main__ import main as scoring_main
from tests.kit.folders import ROOT

MAINS: dict[str, Callable[[], int | None]] = {"app": app_main, "scoring": scoring_main}


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    stdout: str
    stderr: str


def run(module: str, *arguments: object) -> Done:
    """Run a command as `python -m` does, but in this process; an error that it lets through is raised."""
    stdout, stderr = _Printed(), _Printed()
    with chdir(ROOT), _called(module, *arguments), redirect_stdout(stdout), redirect_stderr(stderr):
        code = _code_of(MAINS[module])
    return Done(code, stdout.text(), stderr.text())


def run_alone(module: str, *arguments: object) -> Done:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(  # noqa: S603 -- our own command
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def sbm(*arguments: object) -> str:
    """What the command prints when it succeeds."""
    done = run("app", *arguments)
    assert done.code == 0, done.stderr
    return done.stdout


def refused(module: str, *arguments: object) -> str:
    """What the command says when it refuses."""
    return refusal_in(run(module, *arguments))


def refusal_in(done: Done) -> str:
    """What a command said that has refused: lines on standard error, never a traceback."""
    assert done.code == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stderr.strip()
    return done.stderr


class _Printed(TextIOWrapper):
    """What is printed, as text or as bytes."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        super().__init__(self._bytes, encoding="utf-8", newline="", write_through=True)

    def text(self) -> str:
        return self._bytes.getvalue().decode()


@contextmanager
def _called(module: str, *arguments: object) -> Iterator[None]:
    before = sys.argv
    sys.argv = [module, *map(str, arguments)]
    try:
        yield
    finally:
        sys.argv = before


def _code_of(main: Callable[[], int | None]) -> int:
    """The status that a process would end with."""
    try:
        return main() or os.EX_OK
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
