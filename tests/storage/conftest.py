import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app
from tests.storage.portal import Portal


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
            return TestClient(app, raise_server_exceptions=False, client=(address, 50000))

        yield serve
