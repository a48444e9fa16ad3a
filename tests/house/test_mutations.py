"""The faults that `make mutants` puts into the code still have their places there."""

import subprocess
import sys

from tests.kit.folders import ROOT


def test_every_fault_has_its_place() -> None:
    command = [sys.executable, "-m", "tests.mutations", "--check"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 -- our own
    assert (run.returncode, run.stderr) == (0, "")
