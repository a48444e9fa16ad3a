"""What a database cannot do is said in one line, and never with what is in its address."""

import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.core.database import Database
from tests.kit.commands import run

COMMANDS = [("migrate",), ("keys", "list"), ("serve",), ("workspaces", "list")]
ADDRESSES = {
    "nonsense": "no sqlite:///FILE",
    "mysql://u:secret@host/name": "no sqlite:///FILE",
    "sqlite+psycopg:///file": "no sqlite:///FILE",
    "sqlite://": "names a file",
    "sqlite:///:memory:": "names a file",
    "sqlite://file.sqlite3": "names a file",
    "postgresql://u:secret@127.0.0.1:port/name": "the port is no number",
}

each_command = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)


def said_of(address: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> str:
    """The one line of a refusal."""
    monkeypatch.setenv("SBM_DATABASE_URL", address)
    done = run("app", *command)
    assert done.code == 1, done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("sbm: ")
    assert "secret" not in line
    assert "Traceback" not in line
    return line


@each_command
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none(
    address: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = said_of(address, command, monkeypatch)
    assert line.startswith("sbm: SBM_DATABASE_URL: ")
    assert ADDRESSES[address] in line


@each_command
def test_a_server_that_is_not_there(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    line = said_of(f"postgresql://u:secret@127.0.0.1:{port}/name", command, monkeypatch)
    assert "the database does not do it: " in line
    assert str(port) in line
    assert "refused" in line


@each_command
def test_a_database_that_the_server_does_not_have(
    command: tuple[str, ...], postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = said_of(postgres.replace("/postgres?", "/nowhere?"), command, monkeypatch)
    assert '"nowhere" does not exist' in line


@each_command
@pytest.mark.parametrize("folder", ["missing", "proc"])
def test_a_folder_that_is_not_there_or_cannot_be_written(
    folder: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "missing" / "sbm.sqlite3" if folder == "missing" else Path("/proc/sbm.sqlite3")
    line = said_of(f"sqlite:///{file}", command, monkeypatch)
    assert f"{file}" in line
    assert "folder" in line


@each_command
def test_a_file_that_is_no_database(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database\n" * 1000)
    line = said_of(f"sqlite:///{file}", command, monkeypatch)
    assert line == f"sbm: {file} is no database of SQLite"


def test_a_file_that_somebody_writes_to_for_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sbm.sqlite3"
    monkeypatch.setenv("SBM_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("SBM_DATABASE_LOCK_SECONDS", "0.1")
    assert run("app", "migrate").code == 0
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line = said_of(f"sqlite:///{file}", ("init", "Rossi"), monkeypatch)
    assert line == "sbm: The database is busy with others. Nothing was changed; send it again."


# --- One process serves a file


@pytest.mark.parametrize("kind", ["itself", "symbolic", "hard"])
def test_a_file_that_is_served_is_not_migrated_under_any_name(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link = tmp_path / "sbm.sqlite3", tmp_path / "elsewhere" / "link.sqlite3"
    monkeypatch.setenv("SBM_DATABASE_URL", f"sqlite:///{file}")
    assert run("app", "migrate").code == 0
    link.parent.mkdir()
    named = file
    database = Database(f"sqlite:///{file}")
    with closing(database), database.serving():
        if kind != "itself":
            (os.symlink if kind == "symbolic" else os.link)(file, link)
            named = link
        for command in (("migrate", "--to", "base", "--yes"), ("serve",)):
            line = said_of(f"sqlite:///{named}", command, monkeypatch)
            assert ("hard link" if kind == "hard" else "is served already") in line
    assert run("app", "keys", "list").stderr == ("sbm: there is no workspace yet: sbm init NAME\n")
