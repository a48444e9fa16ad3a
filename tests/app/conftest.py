from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app


@pytest.fixture(scope="session")
def service() -> FastAPI:
    return create_app(Settings())


@pytest.fixture(scope="session")
def client(service: FastAPI) -> Iterator[TestClient]:
    """The service in-process; nothing in it changes between requests but its metrics."""
    with TestClient(service, raise_server_exceptions=False) as client:
        yield client
