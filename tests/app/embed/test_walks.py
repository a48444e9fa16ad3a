"""Whatever somebody does, what the page shows as saved is what the service has."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.kit.answering import Consultancy
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.effort import THOROUGH
from tests.kit.walking import Walker

pytestmark = IN_CHROMIUM

WALKS, STEPS = (200, 40) if THOROUGH else (8, 16)
EXPECTED = ("net::ERR_", "409", "412")


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Watched]:
    """A page that every walk begins anew."""
    with Watched.opened(browser, reduced_motion="reduce") as watched:
        watched.page.on("dialog", lambda dialog: dialog.accept())
        yield watched


@pytest.mark.parametrize("seed", range(WALKS))
def test_what_a_walk_shows_as_saved_is_saved(consultancy: Consultancy, watched: Watched, seed: int) -> None:
    watched.page.context.set_offline(False)
    watched.complaints.clear()
    Walker(watched.page, consultancy, consultancy.asks(), seed).walk(STEPS)
    assert [text for text in watched.complaints if not any(each in text for each in EXPECTED)] == []
