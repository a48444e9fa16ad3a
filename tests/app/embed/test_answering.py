"""Somebody with an invitation answers, in a real Chromium, on the real service."""

from playwright.sync_api import Browser, expect

from tests.kit.answering import Consultancy, Sheet
from tests.kit.browser import IN_CHROMIUM, Watched

pytestmark = IN_CHROMIUM

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def test_by_touch_on_a_phone_a_choice_saves_folds_and_opens_the_next(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks(name="Maria Conti", role="cmo")
    with Watched.opened(browser, **PHONE) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        expect(page.get_by_text("Maria Conti, Rossi Consulting asks you")).to_be_visible()
        page.locator(".ten label").nth(6).click()
        sheet.button("Begin with").click()
        given: set[str] = set()
        while page.locator(".list").count():
            while page.locator("li.open").count():
                given.add(sheet.choose(len(given) % 3))
            page.locator(".onward button").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Before you submit")
        sheet.button("Submit").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in. Thank you.")
        saved = consultancy.answers(asked)
        assert saved["answers"].keys() == given
        assert saved["self_rating"] == 7
        assert saved["submitted_at"]
        assert watched.complaints == []
        assert watched.hosts == {consultancy.address}
