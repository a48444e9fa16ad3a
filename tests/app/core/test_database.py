"""What `app.core.database` promises of sessions, transactions and connections."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from sqlalchemy import Engine, bindparam, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from app.companies import service, store
from app.companies.schemas import CompanyInput
from app.core.callers import Caller
from app.core.clock import now
from app.core.columns import UtcTime
from app.core.database import Database
from app.core.resources import Resources
from app.core.serving import DatabaseInUseError
from tests.kit.databases import Templates
from tests.kit.folders import ROOT
from tests.kit.portal import Portal

COUNT = text("SELECT count(*) FROM company WHERE workspace_id = :workspace")
WRITES = {
    "insert": "INSERT INTO rate_limit (bucket, started, requests) VALUES ('x', 0, 0)",
    "update": "UPDATE workspace SET name = 'x'",
    "delete": "DELETE FROM company",
    "create": "CREATE TABLE x (y INTEGER)",
    "drop": "DROP TABLE rate_limit",
}

ORPHAN = text(
    "INSERT INTO company (workspace_id, id, name, revision, created_at) VALUES ('nobody', 'x', 'x', 0, :at)"
).bindparams(bindparam("at", type_=UtcTime()))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database of the tests, with connections of its own."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def sqlite(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A file of SQLite."""
    with templates.copied("sqlite", tmp_path) as address:
        database = Database(address)
        yield database
        database.close()


def companies(session: Session, portal: Portal) -> int:
    number: int = session.connection().execute(COUNT, {"workspace": portal.workspace}).scalar_one()
    return number


def add_company(session: Session, portal: Portal) -> None:
    resources: Resources = portal.client.app.state.resources  # type: ignore[attr-defined] # it is a FastAPI
    service.create(resources.work(session, Caller(portal.workspace, "test")), CompanyInput(name="Rossi"))


# --- Sessions


@pytest.mark.parametrize("statement", WRITES)
def test_a_session_that_reads_changes_nothing(database: Database, portal: Portal, statement: str) -> None:
    portal.company()
    with database.reading() as session:
        refused = text(WRITES[statement])
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            session.connection().execute(refused)
    assert portal.get("/workspace")["name"] == "Rossi Consulting"
    assert len(portal.get("/companies")["data"]) == 1


def test_a_connection_that_has_read_can_write(database: Database, portal: Portal) -> None:
    for number in range(2 * database.threads):
        with database.reading() as session:
            assert companies(session, portal) == number
        with database.writing() as session:
            add_company(session, portal)


def test_a_session_that_reads_sees_one_state(database: Database, portal: Portal) -> None:
    with database.reading() as session:
        before = companies(session, portal)
        portal.company()
        assert companies(session, portal) == before
    with database.reading() as session:
        assert companies(session, portal) == before + 1


def test_a_session_that_writes_commits_when_its_block_ends(database: Database, portal: Portal) -> None:
    with database.writing() as writing:
        add_company(writing, portal)
        with database.reading() as session:
            assert companies(session, portal) == 0
    with database.reading() as session:
        assert companies(session, portal) == 1


def test_a_session_that_writes_changes_nothing_when_its_block_fails(
    database: Database, portal: Portal
) -> None:
    def fail_in_the_middle() -> None:
        with database.writing() as session:
            add_company(session, portal)
            assert companies(session, portal) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    assert portal.get("/companies")["data"] == []


def test_a_statement_that_fails_takes_those_before_it_back(database: Database, portal: Portal) -> None:
    def add_an_orphan() -> None:
        with database.writing() as session:
            add_company(session, portal)
            session.connection().execute(ORPHAN, {"at": now()})

    with pytest.raises(IntegrityError):
        add_an_orphan()
    assert portal.get("/companies")["data"] == []


# --- Concurrency

WRITERS, CHANGES = 8, 50


def test_no_change_is_lost_among_threads_that_read_and_then_write(portal: Portal) -> None:
    path = f"/companies/{portal.company()}"

    def change(writer: int) -> None:
        for number in range(CHANGES):
            portal.patch(path, {"employees": writer * CHANGES + number})

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(change, range(WRITERS)))
    assert portal.get(path)["revision"] == WRITERS * CHANGES


def test_no_change_is_lost_among_sessions_that_read_and_then_write(
    database: Database, portal: Portal
) -> None:
    company = portal.company()

    def change(_: int) -> None:
        for _ in range(CHANGES):
            with database.writing() as session:
                found = store.lock_company(session, portal.workspace, company)
                assert found is not None
                found.revision += 1
                session.add(found)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(change, range(WRITERS)))
    assert portal.get(f"/companies/{company}")["revision"] == WRITERS * CHANGES


# --- Connections


@pytest.mark.parametrize("kind", ["writer", "reader"])
def test_every_connection_to_sqlite_is_as_careful_as_it_should_be(sqlite: Database, kind: str) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "query_only": int(kind == "reader"),
    }
    engine = sqlite.reader if kind == "reader" else sqlite.writer
    with ExitStack() as stack:
        for _ in range(size_of(engine)):
            connection = stack.enter_context(engine.connect())
            pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
            assert pragmas == expected


def test_sqlite_has_one_connection_that_writes(sqlite: Database) -> None:
    assert size_of(sqlite.writer) == 1
    assert size_of(sqlite.reader) == sqlite.threads + sqlite.writers


def size_of(engine: Engine) -> int:
    """How many connections there are at most."""
    assert isinstance(engine.pool, QueuePool)
    return engine.pool.size() + engine.pool._max_overflow  # noqa: SLF001 -- it is shown nowhere else


def test_one_service_at_a_time_serves_a_file(empty_url: str) -> None:
    one, other = Database(empty_url), Database(empty_url)
    refused = pytest.raises(DatabaseInUseError, match="is served already") if one.is_sqlite else nullcontext()
    with one.serving(), refused, other.serving():
        assert not one.is_sqlite
    with other.serving():
        pass


# --- What is on the disk

COMMITS = """
import sys
from sqlalchemy import text
from app.core.database import Database

database = Database(sys.argv[1])
for number in range(int(sys.argv[2])):
    with database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = version_num"))
database.close()
"""


def traced(report: Path, *command: str) -> bool:
    """Whether a process and its calls that put things on the disk could be followed to its end."""
    strace = ["strace", "-f", "-e", "trace=fdatasync,fsync", "-o", str(report), *command]
    return not subprocess.run(strace, cwd=ROOT, capture_output=True, timeout=120, check=False).returncode  # noqa: S603 -- our own command


def test_a_commit_is_on_the_disk_before_it_is_answered(sqlite: Database, tmp_path: Path) -> None:
    """Twenty commits more have the disk keep what it was given at least twenty times more."""
    report = tmp_path / "report"
    if shutil.which("strace") is None or not traced(report, "true"):
        pytest.skip("counts with strace")
    kept = []
    for commits in (10, 30):
        assert traced(report, sys.executable, "-c", COMMITS, str(sqlite.url), str(commits))
        kept.append(report.read_text().count("sync("))
    assert kept[1] - kept[0] >= 20
