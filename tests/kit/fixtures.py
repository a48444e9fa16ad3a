"""The fixtures of the whole suite: databases, services on them, workspaces."""

import gc
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.core.settings import Settings
from app.main import create_app
from tests.kit.databases import BACKENDS, Templates, new_database
from tests.kit.in_process import InProcess
from tests.kit.portal import Portal
from tests.kit.postgres import postgres_server

# Links are made for callers on the own machine where no public address is set.
OWN_MACHINE = "http://127.0.0.1"
# New objects at a collection; one at each 700 takes a tenth of the time of large portfolios.
YOUNG = 50_000


def pytest_collection() -> None:
    """What is loaded now stays: to look for garbage in it takes a fifth of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Nor does a later collection have to walk it."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server."""
    with postgres_server() as address:
        yield address


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def server(backend: str, request: pytest.FixtureRequest) -> str | None:
    """The server that databases of this kind need."""
    return request.getfixturevalue("postgres") if backend == "postgresql" else None


@pytest.fixture(scope="session")
def templates(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """Migrated databases to copy."""
    with ExitStack() as stack:
        yield Templates(postgres, tmp_path_factory.mktemp("templates"), stack)


@pytest.fixture(scope="session")
def database_url(
    backend: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A migrated database, for tests that keep to workspaces of their own."""
    with templates.copied(backend, tmp_path_factory.mktemp("database")) as address:
        yield address


@pytest.fixture
def migrated_url(backend: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """A migrated database with nothing in it, for tests of the whole database."""
    with templates.copied(backend, tmp_path) as address:
        yield address


@pytest.fixture
def empty_url(backend: str, server: str | None, tmp_path: Path) -> Iterator[str]:
    """An empty database, for tests that migrate."""
    with new_database(backend, tmp_path, server) as address:
        yield address


@pytest.fixture(scope="session")
def stored(database_url: str) -> Iterator[TestClient]:
    """The service in-process on a database, which nobody else uses."""
    settings = Settings(
        database_url=database_url, requests_per_minute_per_address=0, metrics_token=SecretStr("metrics")
    )
    service: FastAPI = create_app(settings)
    with InProcess(service, OWN_MACHINE) as client:
        yield client


@pytest.fixture
def portal(stored: TestClient) -> Portal:
    """A workspace of its own; others, with things in them, are on the same database."""
    return Portal.new(stored)


@pytest.fixture
def served(database_url: str) -> Iterator[Callable[..., TestClient]]:
    """Other services on the same database, each with its own settings and asked from its own address."""
    with ExitStack() as stack:

        def serve(**settings: object) -> TestClient:
            app = create_app(Settings.model_validate({"database_url": database_url, **settings}))
            stack.callback(app.state.resources.database.close)
            address = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"
            client = InProcess(app, OWN_MACHINE, address)
            client.portal = stack.enter_context(start_blocking_portal())
            return client

        yield serve


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The service where scoring needs no key; nothing is kept in its database."""
    file = tmp_path_factory.mktemp("database") / "sbm.sqlite3"
    app = create_app(
        Settings(
            database_url=f"sqlite:///{file}",
            public_scoring=True,
            requests_per_minute_per_address=0,
            metrics_token=SecretStr("metrics"),
        )
    )
    yield app
    app.state.resources.database.close()


@pytest.fixture(scope="session")
def client(service: FastAPI) -> Iterator[TestClient]:
    """The service in-process; nothing in it changes between requests but its metrics.

    All requests are answered in one event loop: to begin another costs as much as a small answer.
    """
    client = InProcess(service)
    with start_blocking_portal() as client.portal:
        yield client
