"""What is done from the terminal: `sbm migrate`, `sbm init`, `sbm keys`."""

import re
from collections.abc import Callable

import pytest

from app.workspaces.tokens import kind_of
from tests.kit.commands import Done, run

Run = Callable[..., Done]


@pytest.fixture
def sbm(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on a database of its own."""
    return on_database(migrated_url, monkeypatch)


@pytest.fixture
def sbm_on_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on a database that is not migrated."""
    return on_database(empty_url, monkeypatch)


def on_database(address: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SBM_DATABASE_URL", address)
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *arguments: run("app", *arguments)


def line_of(done: Done) -> str:
    """What a refusal says: one line."""
    assert done.code == 1, done.stdout
    (line,) = done.stderr.splitlines()
    return line


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


def test_a_database_that_is_not_migrated_is_told(sbm_on_nothing: Run) -> None:
    for arguments in (("init", "Rossi"), ("keys", "list"), ("serve",)):
        assert line_of(sbm_on_nothing(*arguments)).endswith("run sbm migrate")
