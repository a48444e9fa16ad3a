from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr

from app.core.database import Database
from app.core.settings import Settings
from app.main import create_app
from app.migrations.run import migrate
from tests.databases import BACKENDS, new_database, postgres_server

# The same examples on every machine and no clock. To look further: pytest --hypothesis-profile=thorough
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("steady")


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
def database_url(backend: str, server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database, for tests that keep to workspaces of their own."""
    with new_database(backend, tmp_path_factory.mktemp("database"), server) as address:
        database = Database(address)
        migrate(database)
        database.close()
        yield address


@pytest.fixture
def empty_url(backend: str, server: str | None, tmp_path: Path) -> Iterator[str]:
    """An empty database, for tests of the whole database."""
    with new_database(backend, tmp_path, server) as address:
        yield address


@pytest.fixture(scope="session")
def stored(database_url: str) -> Iterator[TestClient]:
    """The service in-process on a database, which nobody else uses."""
    settings = Settings(
        database_url=database_url, requests_per_minute_per_address=0, metrics_token=SecretStr("metrics")
    )
    service: FastAPI = create_app(settings)
    with TestClient(service, raise_server_exceptions=False) as client:
        yield client
