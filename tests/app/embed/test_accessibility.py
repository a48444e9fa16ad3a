"""What axe-core finds on the questionnaire's pages, in both themes and languages."""

import pytest
from playwright.sync_api import Browser, expect

from tests.kit.answering import Consultancy, Sheet
from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched

pytestmark = IN_CHROMIUM

REVIEW = {"en": "Review", "it": "Riepilogo"}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("it", 320)])
def test_nothing_stands_in_anybodys_way(
    consultancy: Consultancy, browser: Browser, language: str, width: int
) -> None:
    asked = consultancy.asks(language=language, role="ceo")
    with Watched.opened(browser, viewport={"width": width, "height": 740}) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        expect(page.locator(".ten")).to_have_count(2)
        assert faults(page) == []
        page.locator(".onward button").click()
        sheet.choose(2)
        sheet.question.locator(".acts .quiet").click()
        assert faults(page) == []
        sheet.question.locator("input[value=not_applicable]").check()
        assert faults(page) == []
        other = Sheet(page.context.new_page())
        other.page.goto(page.url)
        other.choose(1)
        page.bring_to_front()  # what is behind draws nothing, and is waited for
        page.locator(".reasons .card").first.click()
        expect(page.locator("li.settle")).to_be_visible()
        assert faults(page) == []
        page.context.set_offline(True)
        sheet.choose(1)
        expect(page.locator(".offline")).to_be_visible()
        assert faults(page) == []
        page.context.set_offline(False)
        page.locator(".rail").get_by_role("button", name=REVIEW[language]).click()
        assert faults(page) == []
        page.locator(".submission .btn").click()
        expect(page.locator(".facts")).to_be_visible()
        assert faults(page) == []


@pytest.mark.parametrize("width", [640, 320])
def test_enlarged_in_forced_colours_and_without_motion_a_choice_is_still_seen(
    consultancy: Consultancy, browser: Browser, width: int
) -> None:
    asked = consultancy.asks()
    size = {"width": width, "height": 400}
    with Watched.opened(browser, forced_colors="active", reduced_motion="reduce", viewport=size) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        page.locator(".onward button").click()
        sheet.question.locator(".acts .quiet").click()
        cards = sheet.question.locator(".cards .card")
        cards.first.click()
        width_of = "card => getComputedStyle(card).borderTopWidth"
        assert cards.first.evaluate(width_of) != cards.last.evaluate(width_of)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate("document.getAnimations().length") == 0
