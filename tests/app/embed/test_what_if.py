"""What if on a page: capabilities are moved in a real browser, and the service says what that comes to."""

from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.demo.workspace import DEMO_KEY
from tests.kit.answering import Consultancy
from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.embedding import PORTAL, portal_page, session_of, told, wait_for
from tests.kit.processes import Client
from tests.kit.what_if import check

pytestmark = IN_CHROMIUM

SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 740}, "reduced_motion": "reduce"}
LEVELS = ["absent", "sporadic", "piloted", "defined", "integrated", "transforming"]
PRESENCE = "sales.presence"
HIGHER = "height => told.some(([name, { height: other }]) => name === 'resize' && other > height)"


def open_sales(page: Page) -> Locator:
    """The section, with the capabilities of sales."""
    section = page.locator("#what-if")
    section.locator("summary").nth(1).click()
    return section


def radio(section: Locator, level: int) -> Locator:
    """The choice of a level, which the section names where it is not that of today."""
    return section.locator(f'input[value="{PRESENCE}@{level}"]')


def choice(section: Locator, level: int) -> Locator:
    """What a pointer meets of it."""
    return section.locator(f'label:has(input[value="{PRESENCE}@{level}"])')


def says(section: Locator, text: str) -> None:
    expect(section.locator("[role=status]")).to_contain_text(text)


@pytest.fixture(scope="module")
def demo_page(demonstration: str) -> str:
    """The profile of a company whose assessment is closed."""
    return f"{demonstration}/demo/asm_00demo03"


def test_a_move_comes_to_what_the_service_simulates(browser: Browser, demo_page: str) -> None:
    port = int(demo_page.split(":")[2].split("/", maxsplit=1)[0])
    with closing(Client(port, DEMO_KEY)) as client:
        request = client.get("/assessments/asm_00demo03/results/1")["request"]
        body = request | {"changes": {"answers": {PRESENCE: "5"}}}
        profiles = [client.post("/simulate", b)["profile"] for b in (request, body)]
    with Watched.opened(browser, **SMALL) as watched:
        page = watched.page
        page.goto(f"{demo_page}?lang=en")
        section = open_sales(page)
        check(section.evaluate("e => e.outerHTML"), profiles[0], LEVELS)
        choice(section, 5).click()
        says(section, "One capability moved.")
        check(section.evaluate("e => e.outerHTML"), profiles[1], LEVELS)
        assert faults(page) == []
        radio(section, 5).press("ArrowLeft")
        says(section, "One capability moved.")
        expect(section.get_by_text("tried: integrated")).to_be_visible()
        expect(radio(section, 4)).to_be_focused()
        section.get_by_role("button", name="All as today").press("Enter")
        says(section, "All as today.")
        check(section.evaluate("e => e.outerHTML"), profiles[0], LEVELS)
        assert watched.complaints == []
        assert watched.hosts == {demo_page.partition("/demo")[0]}


def test_where_the_service_does_not_answer_the_page_says_so_and_tries_again(
    browser: Browser, demo_page: str
) -> None:
    with Watched.opened(browser, **SMALL) as watched:
        page = watched.page
        page.goto(f"{demo_page}?lang=it")
        section = open_sales(page)
        page.route("**/*what_if*", lambda route: route.abort())
        choice(section, 5).click()
        expect(section.get_by_role("alert")).to_contain_text("Il servizio non risponde")
        page.unroute("**/*what_if*")
        section.get_by_role("button", name="Riprovare").click()
        says(section, "Una capacità spostata.")
        expect(section.get_by_role("alert")).to_be_empty()
        expect(section.get_by_role("button", name="Riprovare")).to_be_hidden()


def test_a_respondent_moves_levels_below_the_profile(browser: Browser, consultancy: Consultancy) -> None:
    with consultancy.client() as client:
        client.patch("/workspace", {"respondents_see_profile": True})
    link = consultancy.asks().link
    with closing(Client(consultancy.service.port, link.partition("#")[2])) as respondent:
        respondent.post("/respondent/submission", {"incomplete": True})
    with Watched.opened(browser, **SMALL) as watched:
        page = watched.page
        page.goto(f"{link}&lang=en")
        page.get_by_role("button", name="See the profile").click()
        section = open_sales(page)
        expect(page.locator(".toc a[href='#what-if']")).to_have_text("What if")
        choice(section, 5).click()
        says(section, "One capability moved.")
        assert watched.complaints == []
        assert watched.hosts == {consultancy.address}


def test_levels_are_moved_inside_the_page_of_a_portal(browser: Browser, consultancy: Consultancy) -> None:
    with consultancy.client() as client:
        client.patch("/workspace", {"allowed_origins": [PORTAL], "respondents_see_profile": True})
        session = session_of(client, consultancy.asks(), "profile", "it")
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        section = page.frame_locator("iframe").locator("#what-if")
        before = told(page, "resize")[-1]["height"]
        section.locator("summary").nth(1).click()
        page.wait_for_function(HIGHER, arg=before)
        choice(section, 5).click()
        page.clock.run_for(1000)
        says(section, "Una capacità spostata.")
        assert watched.complaints == []
