import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app


@pytest.fixture(scope="session")
def service() -> FastAPI:
    """The service where scoring needs no key; no request in these tests needs its database."""
    return create_app(Settings(public_scoring=True, requests_per_minute_per_address=0))


@pytest.fixture(scope="session")
def client(service: FastAPI) -> TestClient:
    """The service in-process; nothing in it changes between requests but its metrics."""
    return TestClient(service, raise_server_exceptions=False)
