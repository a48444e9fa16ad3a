import pytest
from fastapi.testclient import TestClient

from tests.storage.portal import Portal


@pytest.fixture
def portal(stored: TestClient) -> Portal:
    """A workspace of its own; others, with things in them, are on the same database."""
    return Portal.new(stored)
