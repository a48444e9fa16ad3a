"""What is done from the terminal: `sbm migrate`, `sbm init`, `sbm keys`."""

import json
import re
from collections.abc import Callable
from importlib.metadata import version

import pytest
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app
from app.workspaces.tokens import kind_of
from tests.kit.commands import Done, run
from tests.kit.portal import Portal

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


def test_keys_can_be_read_on_a_narrow_terminal(sbm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sbm("init", "Rossi")
    for _ in range(2):
        sbm("keys", "create", "Portal of Rossi", "--scope", "write", "--days", "30")
    first, gone, kept = json.loads(sbm("keys", "list", "--json").stdout)
    assert sbm("keys", "revoke", gone["id"]).code == 0
    monkeypatch.setenv("COLUMNS", "80")
    listed = sbm("keys", "list").stdout
    assert max(map(len, listed.splitlines())) <= 80
    assert "…" not in listed
    rows = [line for line in listed.splitlines() if "key_" in line]
    assert [row.split() for row in rows] == [
        [first["id"], "First", "key", "admin", "never", "–"],
        [gone["id"], "Portal", "of", "Rossi", "write", "never", "revoked"],
        [kept["id"], "Portal", "of", "Rossi", "write", "never", kept["expires_at"][:10]],
    ]
    assert kept["hint"].startswith("sbm_live_")


def test_workspaces_are_listed_renamed_and_removed(sbm: Run) -> None:
    assert json.loads(sbm("workspaces", "list", "--json").stdout) == []
    for options in ((), ("--same-name", "--test")):
        assert sbm("init", "Rossi", *options).code == 0
    first, second = json.loads(sbm("workspaces", "list", "--json").stdout)
    assert [first["kind"], second["kind"]] == ["live", "test"]
    refusal = line_of(sbm("init", "Rossi"))
    assert refusal == (
        f"sbm: there is a workspace Rossi already ({first['id']}, {second['id']}): see --same-name"
    )
    assert (
        sbm("workspaces", "rename", second["id"], "Bianchi").stdout == f"Workspace {second['id']}: Bianchi\n"
    )
    assert line_of(sbm("workspaces", "rename", second["id"], " ")).startswith("sbm: the name: ")
    listed = sbm("workspaces", "list").stdout
    assert second["id"] in listed
    assert "Bianchi" in listed
    assert sbm("workspaces", "remove", first["id"]).stdout == f"{first['id']} is removed.\n"
    assert [one["name"] for one in json.loads(sbm("workspaces", "list", "--json").stdout)] == ["Bianchi"]
    assert "wsp_nobody" not in sbm("workspaces", "list").stdout
    assert line_of(sbm("workspaces", "remove", "wsp_nobody")).startswith("sbm: say which")


def test_a_workspace_with_something_in_it_goes_when_told(sbm: Run, migrated_url: str) -> None:
    with TestClient(create_app(Settings(database_url=migrated_url))) as client:
        portal = Portal.new(client)
        portal.company()
    line = line_of(sbm("workspaces", "remove", portal.workspace))
    assert line == "sbm: Rossi Consulting is not empty (companies: 1): all of it goes with --yes"
    assert sbm("workspaces", "remove", portal.workspace, "--yes").code == 0
    assert json.loads(sbm("workspaces", "list", "--json").stdout) == []


def test_the_version_is_told(sbm: Run) -> None:
    assert sbm("--version").stdout == f"sbm {version('social-business-maturity')}\n"


def test_a_database_that_is_not_migrated_is_told(sbm_on_nothing: Run) -> None:
    for arguments in (("init", "Rossi"), ("keys", "list"), ("serve",)):
        assert line_of(sbm_on_nothing(*arguments)).endswith("run sbm migrate")


def test_the_language_of_a_workspace_is_a_code(sbm: Run) -> None:
    refusal = line_of(sbm("init", "Rossi", "--language", "Deutsch"))
    assert refusal == "sbm: the language is a code such as en or it, not Deutsch"
    assert sbm("init", "Rossi", "--language", "de").code == 0
