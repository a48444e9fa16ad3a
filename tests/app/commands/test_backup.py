"""`sbm backup` and `sbm restore`: whole copies of a file, made while it is served, and put back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import make_url

from app.core.settings import Settings
from app.main import create_app
from app.migrations.run import newest_revision
from tests.kit.commands import Done, refusal_in, run
from tests.kit.databases import Templates
from tests.kit.portal import Portal

Sbm = Callable[..., Done]


@pytest.fixture
def file(templates: Templates, tmp_path: Path) -> Iterator[Path]:
    """A migrated file."""
    with templates.copied("sqlite", tmp_path) as address:
        yield Path(str(make_url(address).database))


@pytest.fixture
def sbm(file: Path, monkeypatch: pytest.MonkeyPatch) -> Sbm:
    """The command on that file."""
    monkeypatch.setenv("SBM_DATABASE_URL", f"sqlite:///{file}")
    return lambda *arguments: run("app", *arguments)


def serve(file: Path) -> TestClient:
    settings = Settings(database_url=f"sqlite:///{file}")
    return TestClient(create_app(settings), "http://127.0.0.1", raise_server_exceptions=False)


def refused(done: Done) -> str:
    (line,) = refusal_in(done).splitlines()
    return line.removeprefix("sbm: ")


def names(portal: Portal) -> list[str]:
    return [company["name"] for company in portal.get("/companies")["data"]]


def journal(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        mode: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
    return mode


def test_a_copy_made_while_it_is_served_and_written_brings_all_back(
    sbm: Sbm, file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    file.chmod(0o640)
    with serve(file) as client, closing(sqlite3.connect(file, isolation_level=None)) as other:
        portal = Portal.new(client)
        portal.post("/companies", {"name": "Committed"})
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE company SET name = 'Not committed'")
        assert sbm("backup", copy).stdout == f"{copy} is a whole copy: 3 rows, checked.\n"
        other.execute("ROLLBACK")
        portal.post("/companies", {"name": "Later"})
        assert "is served already" in refused(sbm("restore", copy, "--yes"))
        assert names(portal) == ["Committed", "Later"]
    assert copy.stat().st_mode & 0o777 == 0o640
    assert refused(sbm("restore", copy)) == f"{file} has 4 rows; it is replaced only with --yes"
    done = sbm("restore", copy, "--yes")
    assert done.stdout == f"{file} is what {copy} is: 3 rows, checked.\n"
    assert journal(file) == "wal"
    assert file.stat().st_mode & 0o777 == 0o640
    with serve(file) as client:
        again = Portal(client, portal.token, portal.workspace)
        assert names(again) == ["Committed"]
        again.company()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_is_there_is_overwritten_only_when_told(sbm: Sbm, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("precious")
    assert refused(sbm("backup", copy)) == f"{copy} is there already: name another file, or say --force"
    assert copy.read_text() == "precious"
    assert refused(sbm("backup", file, "--force")) == f"{file} is the database itself"
    assert sbm("backup", copy, "--force").code == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM company").fetchone() == (0,)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_copy_where_none_can_be(sbm: Sbm, tmp_path: Path, command: str) -> None:
    line = refused(sbm(command, tmp_path / "nowhere" / "copy.sqlite3"))
    assert "No such file or directory" in line or line.startswith("there is no ")
    assert list(tmp_path.glob(".*")) == []


def damage(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = os.urandom(4096)
    copy.write_bytes(content)


def execute(copy: Path, statement: str) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(statement)


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged": (damage, "is damaged"),
    "cut": (lambda copy: os.truncate(copy, copy.stat().st_size // 2), "is damaged"),
    "empty": (lambda copy: os.truncate(copy, 0), "is damaged, or no copy"),
    "no database": (lambda copy: copy.write_text("x" * 5000), "is damaged, or no copy"),
    "newer": (
        lambda copy: execute(copy, "UPDATE alembic_version SET version_num = '9999'"),
        "is at revision 9999, which this version does not know",
    ),
    "another's": (lambda copy: execute(copy, "DROP TABLE alembic_version"), "is damaged, or no copy"),
    "copied with its log": (
        lambda copy: copy.with_name(copy.name + "-wal").write_bytes(b"x"),
        "has a log beside it",
    ),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_what_is_no_whole_copy_is_not_put_back(sbm: Sbm, file: Path, tmp_path: Path, fault: str) -> None:
    copy = tmp_path / "copy.sqlite3"
    sbm("init", "Rossi Consulting")
    assert sbm("backup", copy).code == 0
    spoil, said = SPOILED[fault]
    spoil(copy)
    before = file.read_bytes()
    assert said in refused(sbm("restore", copy, "--yes"))
    assert file.read_bytes() == before
    assert "Rossi Consulting" in sbm("workspaces", "list", "--json").stdout


def test_a_damaged_database_is_replaced_when_told(sbm: Sbm, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    sbm("init", "Rossi Consulting")
    sbm("backup", copy)
    file.write_text("x" * 5000)
    assert "cannot be read" in refused(sbm("restore", copy))
    assert sbm("restore", copy, "--yes").code == 0
    assert "Rossi Consulting" in sbm("workspaces", "list", "--json").stdout


def test_a_database_that_is_gone_is_made_again(sbm: Sbm, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    sbm("init", "Rossi Consulting")
    sbm("backup", copy)
    file.unlink()
    assert sbm("restore", copy).code == 0
    assert "Rossi Consulting" in sbm("workspaces", "list", "--json").stdout
    assert journal(file) == "wal"


def test_a_copy_of_an_earlier_version_says_what_is_next(sbm: Sbm, file: Path, tmp_path: Path) -> None:
    execute(file, "DELETE FROM alembic_version")
    execute(file, "INSERT INTO alembic_version VALUES ('0001')")
    copy = tmp_path / "copy.sqlite3"
    assert sbm("backup", copy).code == 0
    said = sbm("restore", copy).stdout
    assert ("run sbm migrate" in said) == (newest_revision() != "0001")


@pytest.mark.parametrize("command", [("backup", "x"), ("restore", "x")])
def test_postgresql_has_tools_of_its_own(
    command: tuple[str, ...], postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SBM_DATABASE_URL", postgres)
    assert refused(run("app", *command)).startswith("PostgreSQL makes its own copies: pg_dump")
