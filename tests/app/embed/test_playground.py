"""The playground: a page that embeds, in the demonstration alone."""

from playwright.sync_api import Browser, expect

from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched

pytestmark = IN_CHROMIUM


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
