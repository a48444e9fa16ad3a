"""Nobody waits for the database longer than allowed, and who only reads on SQLite waits for nobody."""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from app.core.database import Database
from app.core.engines import Waits
from app.core.settings import Settings
from app.main import create_app
from tests.kit.databases import Templates
from tests.kit.portal import Portal

Serve = Callable[..., Portal]
CLIENTS = 16


@pytest.fixture
def file(templates: Templates, tmp_path: Path) -> Iterator[Path]:
    """A migrated file of SQLite."""
    with templates.copied("sqlite", tmp_path) as address:
        yield Path(str(make_url(address).database))


@pytest.fixture
def postgres_url(templates: Templates, tmp_path: Path) -> Iterator[str]:
    """A migrated database of PostgreSQL."""
    with templates.copied("postgresql", tmp_path) as address:
        yield address


@pytest.fixture
def serve() -> Iterator[Serve]:
    """The service on a database, and a workspace on it."""
    with ExitStack() as stack:

        def start(address: str, **settings: object) -> Portal:
            app = create_app(Settings.model_validate({"database_url": address, **settings}))
            client = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
            return Portal.new(stack.enter_context(client))

        yield start


@contextmanager
def write_lock(file: Path) -> Iterator[None]:
    """Held by somebody else."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def table_lock(address: str) -> Iterator[None]:
    """On the companies, held by somebody else."""
    with psycopg.connect(address) as other:
        other.execute("LOCK TABLE company IN ACCESS EXCLUSIVE MODE")
        yield


def add_company(portal: Portal, name: str) -> Response:
    return portal.ask("POST", "/companies", {"name": name})


def sent(pool: ThreadPoolExecutor, portal: Portal) -> list[Future[Response]]:
    return [pool.submit(add_company, portal, f"{number}") for number in range(CLIENTS)]


def refused(response: Response, code: str) -> str:
    """What a refusal says that is worth trying again."""
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE, response.text
    assert int(response.headers["retry-after"]) >= 1
    assert response.json()["code"] == code
    detail: str = response.json()["detail"]
    return detail


# --- SQLite


def test_who_reads_never_waits_for_who_writes(file: Path, serve: Serve) -> None:
    """Everybody who reads is answered before anybody who writes could be; the use of a key is noted later."""
    portal = serve(f"sqlite:///{file}", database_lock_seconds=20)
    with ThreadPoolExecutor(CLIENTS) as pool:
        with write_lock(file):
            waiting = sent(pool, portal)
            for _ in range(3 * CLIENTS):
                assert portal.get("/companies")["data"] == []
            assert portal.client.get("/readyz").status_code == HTTPStatus.OK
            assert not any(answer.done() for answer in waiting)
        assert [answer.result().status_code for answer in waiting] == CLIENTS * [HTTPStatus.CREATED]
    assert len(portal.get("/companies")["data"]) == CLIENTS
    assert portal.get("/keys")["data"][0]["last_used_at"] is not None


def test_who_cannot_write_is_told_soon_however_many_wait(file: Path, serve: Serve) -> None:
    """A wait for one's turn and a wait for the file, not one wait after the other."""
    seconds = 0.5
    portal = serve(f"sqlite:///{file}", database_lock_seconds=seconds)
    with ThreadPoolExecutor(CLIENTS) as pool, write_lock(file):
        started = monotonic()
        answers = [answer.result() for answer in sent(pool, portal)]
        took = monotonic() - started
    assert {refused(answer, "busy") for answer in answers} == {
        "The database is busy with others. Nothing was changed; send it again."
    }
    assert took < CLIENTS * seconds / 2
    assert portal.get("/companies")["data"] == []
    portal.company()


# --- PostgreSQL


def test_a_table_that_somebody_locks_keeps_nobody_for_long(postgres_url: str, serve: Serve) -> None:
    portal = serve(postgres_url, database_lock_seconds=0.5)
    with ThreadPoolExecutor(3 * CLIENTS) as pool, table_lock(postgres_url):
        writing = sent(pool, portal)
        reading = [pool.submit(portal.ask, "GET", "/companies") for _ in range(2 * CLIENTS)]
        assert portal.client.get("/readyz").status_code == HTTPStatus.OK
        answers = [answer.result() for answer in reading]
        details = {refused(answer, "unavailable") for answer in answers}
        (detail,) = details
        assert "may have been done" in detail
        assert "Idempotency-Key" in detail
        assert {answer.result().status_code for answer in writing} == {HTTPStatus.SERVICE_UNAVAILABLE}
    assert portal.get("/companies")["data"] == []


def test_a_statement_takes_no_longer_than_allowed(postgres_url: str) -> None:
    database = Database(postgres_url, Waits(statement=0.1))
    with database.reading() as session, pytest.raises(OperationalError, match="statement timeout"):
        session.connection().execute(text("SELECT pg_sleep(60)"))
    database.close()


def test_an_address_may_limit_by_itself(postgres_url: str) -> None:
    url = make_url(postgres_url).update_query_dict({"options": "-c lock_timeout=7000"})
    database = Database(url.render_as_string(hide_password=False))
    with database.reading() as session:
        ask = session.connection().exec_driver_sql
        assert ask("SHOW lock_timeout").scalar() == "7s"
        assert ask("SHOW statement_timeout").scalar() == "30s"
    database.close()


# --- Is it ready?


@pytest.fixture
def silent_url() -> Iterator[str]:
    """Somebody who takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"postgresql://sbm@127.0.0.1:{listener.getsockname()[1]}/sbm"


def test_a_database_that_hangs_is_not_ready_in_time(silent_url: str) -> None:
    app = create_app(Settings(database_url=silent_url, ready_seconds=0.2))
    client = TestClient(app, "http://127.0.0.1")
    assert refused(client.get("/readyz"), "unavailable") == "The database does not answer in time."
    assert client.get("/livez").status_code == HTTPStatus.OK


def test_a_database_that_takes_no_call_is_given_up(silent_url: str) -> None:
    database = Database(silent_url, Waits(connect=2))
    with pytest.raises(DBAPIError, match="timeout"):
        database.revision()
    database.close()


def test_a_database_of_another_shape_is_not_ready(migrated_url: str, serve: Serve) -> None:
    portal = serve(migrated_url)
    ready = portal.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (HTTPStatus.OK, {"status": "ok"})
    database = Database(migrated_url)
    for change in ("UPDATE alembic_version SET version_num = 'other'", "DELETE FROM alembic_version"):
        with database.writing() as session:
            session.connection().execute(text(change))
        assert "the service needs" in refused(portal.client.get("/readyz"), "wrong_revision")
    database.close()
