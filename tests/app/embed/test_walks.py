"""Whatever somebody does, what the page shows as saved is what the service has."""

import pytest
from playwright.sync_api import Browser

from tests.kit.answering import Consultancy
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.effort import THOROUGH
from tests.kit.walking import Walker

pytestmark = IN_CHROMIUM

WALKS, STEPS = (200, 40) if THOROUGH else (20, 15)
EXPECTED = ("net::ERR_", "409", "412")


@pytest.mark.parametrize("seed", range(WALKS))
def test_what_a_walk_shows_as_saved_is_saved(consultancy: Consultancy, browser: Browser, seed: int) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser) as watched:
        watched.page.on("dialog", lambda dialog: dialog.accept())
        walker = Walker(watched.page, consultancy, asked, seed)
        walker.walk(STEPS)
        assert [text for text in watched.complaints if not any(each in text for each in EXPECTED)] == []
