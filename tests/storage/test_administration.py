"""What is done from the terminal: `sbm migrate`, `sbm init`, `sbm keys`."""

import re
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from app.commands.sbm import main
from app.core.database import Database
from app.migrations.run import migrate
from app.workspaces.tokens import kind_of


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    code: object
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def sbm(empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command on a database of its own."""
    monkeypatch.setenv("SBM_DATABASE_URL", empty_url)
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["sbm", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def ready(empty_url: str) -> None:
    """The database is migrated."""
    database = Database(empty_url)
    migrate(database)
    database.close()


def line_of(done: Done) -> str:
    """What a refusal says: one line."""
    assert done.code == 1, done.stdout
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.usefixtures("ready")
def test_a_workspace_and_its_keys(sbm: Run) -> None:
    assert line_of(sbm("keys", "list")) == "sbm: there is no workspace yet: sbm init NAME"
    made = sbm("init", "Rossi Consulting", "--language", "it").stdout
    token = made.rpartition(" ")[2].strip()
    assert kind_of(token) == "live"
    second = sbm("keys", "create", "Portal", "--scope", "write", "--scope", "read", "--days", "30").stdout
    key = re.search(r"key_\w+", second)
    assert key
    assert kind_of(second.rpartition(" ")[2].strip()) == "live"
    listed = sbm("keys", "list").stdout
    assert key[0] in listed
    assert "read, write" in listed
    assert token not in listed
    assert "opens nothing" in sbm("keys", "revoke", key[0]).stdout
    assert line_of(sbm("keys", "revoke", key[0])) == "sbm: There is no such key."
    assert "unknown scope all" in line_of(sbm("keys", "create", "Portal", "--scope", "all"))
    sbm("init", "Another", "--test")
    assert line_of(sbm("keys", "list")).startswith("sbm: say which --workspace: wsp_")


def test_a_database_that_is_not_migrated_is_told(sbm: Run) -> None:
    for arguments in (("init", "Rossi"), ("keys", "list"), ("serve",)):
        assert line_of(sbm(*arguments)).endswith("run sbm migrate")
