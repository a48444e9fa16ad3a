"""Clients that portals generate from the document compile, score a company, and read a typed profile."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.folders import ROOT
from tests.kit.openapi import DOCUMENT
from tests.kit.processes import HOST, Service, prepare

CLIENTS = ROOT / "tests" / "processes" / "clients"
NODE, PYTHON = CLIENTS / "node_modules" / ".bin", CLIENTS / ".venv" / "bin"
PATIENCE = 120

pytestmark = pytest.mark.skipif(
    not (NODE.exists() and PYTHON.exists()) and "REQUIRE_NODE" not in os.environ,
    reason="no generators of clients (make clients; needs Node 20 and npm)",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a portal's developer has: the document, a script, and the generators beside it."""
    folder = tmp_path_factory.mktemp("portal")
    for name in ("score.ts", "globals.d.ts", "tsconfig.json", "package.json", "spectral.yaml"):
        shutil.copy(CLIENTS / name, folder)
    # Its imports are made by the test, so that it is no module of the tree.
    shutil.copy(CLIENTS / "score.py.txt", folder / "score.py")
    (folder / "node_modules").symlink_to(CLIENTS / "node_modules")
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT), "utf-8")
    return folder


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a running service, and a key."""
    database = tmp_path_factory.mktemp("service")
    url = f"sqlite:///{database / 'sbm.sqlite3'}"
    key = prepare(url)
    with Service(url, database).running() as service:
        yield f"http://{HOST}:{service.port}", key


def run(folder: Path, *command: str | Path) -> str:
    """What it prints; fails with all that it says."""
    done = subprocess.run(  # noqa: S603 -- pinned generators, and scripts of our own
        command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def check_told(printed: str) -> None:
    told = json.loads(printed)
    assert told["verdict"] == "not_met"
    assert 0 < told["low"] < 5
    assert told["company"] == "cmp_"
    assert told["code"] == "invalid_request"


def test_the_client_of_openapi_typescript_compiles_and_scores(folder: Path, access: tuple[str, str]) -> None:
    run(folder, NODE / "openapi-typescript", "openapi.json", "--output", "made/schema.d.ts")
    run(folder, NODE / "tsc", "--project", ".")
    check_told(run(folder, "node", "made/score.js", *access))


def test_the_client_of_openapi_python_client_reads_a_typed_profile(
    folder: Path, access: tuple[str, str]
) -> None:
    making = ("--path", "openapi.json", "--meta", "none", "--output-path", "made", "--overwrite")
    said = run(folder, PYTHON / "openapi-python-client", "generate", *making)
    # It knows no tables, drawings and workbooks; whatever else it leaves out is a fault of the document.
    left_out = [line for line in said.splitlines() if line.startswith("WARNING")]
    known = ("POST /v1/score-portfolio", "/charts/{chart}.{extension}", "/answers-sheet")
    assert [line for line in left_out if not any(path in line for path in known)] == []
    check_told(run(folder, PYTHON / "python", "score.py", *access))


@pytest.mark.parametrize(
    "command",
    [
        (NODE / "spectral", "lint", "openapi.json", "--ruleset", "spectral.yaml", "--quiet"),
        (NODE / "redocly", "lint", "openapi.json", "--extends", "recommended", "--format", "summary"),
    ],
    ids=["spectral", "redocly"],
)
def test_the_linters_of_others_find_no_error(folder: Path, command: tuple[str | Path, ...]) -> None:
    run(folder, *command)
