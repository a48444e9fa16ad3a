"""The playground: a page that embeds, in the demonstration alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.processes import Service, prepare

pytestmark = IN_CHROMIUM


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[str]:
    """Where the demonstration runs."""
    address = f"sqlite:///{tmp_path}/demo.sqlite3"
    prepare(address)
    with Service(address, tmp_path, demo=True).running() as service:
        yield f"http://127.0.0.1:{service.port}"


def test_view_language_and_theme_are_chosen_and_what_is_told_is_shown(
    demonstration: str, browser: Browser
) -> None:
    with Watched.opened(browser, viewport={"width": 360, "height": 900}) as watched:
        page, frame = watched.page, watched.page.frame_locator("iframe")
        page.goto(f"{demonstration}/?lang=en")
        page.get_by_role("link", name="Embed it").click()
        log = page.get_by_role("log")
        expect(log).to_contain_text('sbm:ready {"view":"questionnaire"}')
        assert faults(page) == []
        page.get_by_label("Mode").select_option("dark")
        expect(frame.locator("html[data-mode=dark]")).to_be_attached()
        page.get_by_label("Language").select_option("it")
        expect(frame.locator("html[lang=it]")).to_be_attached()
        page.get_by_label("View").select_option("profile")
        expect(log).to_contain_text('sbm:ready {"view":"profile"}')
        page.get_by_label("Accent").fill("#eeeeee")
        page.get_by_label("Accent").dispatch_event("change")
        expect(log).to_contain_text("would do")
        assert [said for said in watched.complaints if "422" not in said] == []
        assert watched.hosts == {demonstration}
