"""Every code block of the README and of docs/ is run, and what it is said to print is what it prints."""

import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
ADDRESS = "127.0.0.1:8000"
EXPORT = f"export ADDRESS=http://{ADDRESS}"
# These set up an environment of their own; the suite itself runs in one.
MAKE = ("make run",)


class Block(NamedTuple):
    """A fenced block, and the block right behind it if that is what it prints."""

    page: str
    line: int
    language: str
    text: str
    printed: str | None


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    fences = list(FENCE.finditer(text))
    for fence, following in zip(fences, [*fences[1:], None][: len(fences)], strict=True):
        between = text[fence.end() : following.start()] if following else ""
        shows = following is not None and len(between.split("\n\n")) <= 3
        printed = following[2] if following and shows and following[1] in {"text", "json"} else None
        line = text.count("\n", 0, fence.start()) + 1
        yield Block(page.name, line, fence[1], fence[2], printed)


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def blocks(*languages: str) -> pytest.MarkDecorator:
    chosen = [block for block in BLOCKS if block.language in languages]
    ids = [f"{block.page}:{block.line}" for block in chosen]
    return pytest.mark.parametrize("block", chosen, ids=ids)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running demonstration."""
    file = tmp_path_factory.mktemp("demo") / "sbm.sqlite3"
    environment = os.environ | {"SBM_DATABASE_URL": f"sqlite:///{file}"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", "--demo", "--migrate", "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet) as process:  # noqa: S603 -- our own
        try:
            wait_for(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.kill()


def wait_for(port: int) -> None:
    """Until the service listens; a test's time-out ends a wait in vain."""
    end = monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert monotonic() < end, "the service does not start"
        else:
            return


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    assert {block.language for block in BLOCKS} <= {"sh", "python", "text", "json", "toml", "html"}


@blocks("json", "toml")
def test_data_can_be_read(block: Block) -> None:
    json.loads(block.text) if block.language == "json" else tomllib.loads(block.text)


@blocks("python")
def test_python_prints_what_is_said(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(block.text, block.page, "exec"), {"__name__": "__main__"})  # noqa: S102 -- the block of a page
    assert printed.getvalue() == (block.printed or "")


@blocks("sh")
def test_commands_print_what_is_said(block: Block, request: pytest.FixtureRequest) -> None:
    command = block.text.strip()
    if command in MAKE:
        target = command.partition(" ")[2]
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
        return
    if command == EXPORT:
        return
    command = command.replace("$ADDRESS", f"http://{ADDRESS}")
    if ADDRESS in command:
        command = command.replace(ADDRESS, request.getfixturevalue("address"))
    binaries = str(Path(sys.executable).parent)
    command = command.replace(".venv/bin", binaries)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COV_")},
        "PATH": binaries + os.pathsep + os.environ["PATH"],
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    run = subprocess.run(  # noqa: S602 -- the block of a page
        command,
        shell=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert block.printed is not None
    assert [line.rstrip() for line in run.stdout.splitlines()] == block.printed.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_to_files(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
