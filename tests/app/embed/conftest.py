"""The service as a process of its own, people who are asked on it, and a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.kit.answering import Consultancy
from tests.kit.browser import chromium
from tests.kit.folders import in_catalog
from tests.kit.processes import Service, prepare


@pytest.fixture(scope="package")
def consultancy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consultancy]:
    """A consultancy on a service that serves pages."""
    folder = tmp_path_factory.mktemp("answering")
    address = f"sqlite:///{folder}/sbm.sqlite3"
    key = prepare(address)
    more = in_catalog("importance", folder / "questionnaires")
    with Service(address, folder, public_scoring=True, questionnaires=more).running() as service:
        yield Consultancy(service, key)


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a demonstration runs."""
    folder = tmp_path_factory.mktemp("demonstration")
    address = f"sqlite:///{folder}/demo.sqlite3"
    prepare(address)
    with Service(address, folder, demo=True).running() as service:
        yield f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as browser:
        yield browser
