from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.core.settings import Settings
from app.main import create_app


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
def client(service: FastAPI) -> TestClient:
    """The service in-process; nothing in it changes between requests but its metrics."""
    return TestClient(service, raise_server_exceptions=False)
