"""Ctrl-C: a word instead of a traceback, the status that shells know, and no half file."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import STOPPED
from tests.kit.folders import ROOT


def stopped_when(sign: str, *arguments: object) -> str:
    """Start a command, stop it when standard error, imports included, tells of `sign`; what else it said."""
    command = [sys.executable, "-X", "importtime", "-m", "app", *map(str, arguments)]
    others = []
    with subprocess.Popen(  # noqa: S603 -- our own command
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stderr is not None
        is_told = False
        for line in process.stderr:
            if sign in line and not is_told:
                is_told = True
                process.send_signal(signal.SIGINT)
            if not line.startswith("import time:"):
                others.append(line)
    assert is_told
    assert process.returncode == STOPPED
    return "".join(others)


@pytest.mark.parametrize("module", ["typer.core", "polars._utils", "json.decoder"])
def test_while_it_is_being_imported(module: str) -> None:
    said = stopped_when(f" {module}\n", "score", "examples/express.json")
    assert said.strip() == "sbm: stopped."


def test_while_rows_are_scored(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_text("company,sales.presence\n" + 1_000_000 * "Rossi,3\n")
    command = [sys.executable, "-m", "app", "score", str(portfolio)]
    command += ["-o", str(tmp_path / "profiles.csv")]
    with subprocess.Popen(  # noqa: S603 -- our own command
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        while not any(file.stat().st_size for file in tmp_path.iterdir() if file != portfolio):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == STOPPED
    assert said.strip().endswith("sbm: stopped.")
    assert "Traceback" not in said
    assert "1000000/1000000" not in said
    assert [file.name for file in tmp_path.iterdir()] == ["portfolio.csv"]
