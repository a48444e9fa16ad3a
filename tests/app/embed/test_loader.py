"""The element on a page of a portal: what it is asked, whenever that is, and what it says at an end."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.embed.words import words_of
from tests.kit.answering import Consultancy
from tests.kit.browser import IN_CHROMIUM
from tests.kit.embedding import FOREIGN, PORTAL, asking_page, portal_page, session_of, told, wait_for
from tests.kit.processes import Client

pytestmark = IN_CHROMIUM

NOTHING = {"session": "", "view": "questionnaire"}
BEGIN = """session => {
  told.length = 0;
  document.querySelector("sbm-assessment, sbm-profile").setAttribute("session", session);
}"""


@pytest.fixture(autouse=True)
def client(consultancy: Consultancy) -> Iterator[Client]:
    with consultancy.client() as client:
        client.patch("/workspace", {"allowed_origins": [PORTAL, FOREIGN]})
        yield client


def settle(page: Page, count: int) -> None:
    """Wait until the element has asked so often, and what came of it has been done."""
    page.wait_for_function(
        "count => performance.getEntriesByName(new URL('/session', location)).length === count", arg=count
    )
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def test_the_language_and_the_look_are_those_that_were_said_last_also_while_the_frame_loads(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    session = session_of(client, consultancy.asks())
    with portal_page(browser, consultancy, NOTHING) as watched:
        page = watched.page
        wait_for(page, "error")
        page.evaluate(BEGIN, session["session"])
        page.evaluate("e = document.querySelector('sbm-assessment'); e.theme({ radius: 9 }); e.lang = 'it'")
        wait_for(page, "ready")
        frame = page.frame_locator("iframe")
        expect(frame.locator("html[lang=it][style*='--radius: 9px']")).to_be_attached()
        expect(page.locator("iframe")).to_have_attribute("title", "Questionario")
        page.evaluate("document.querySelector('sbm-assessment').lang = 'en'")
        expect(frame.locator("html[lang=en]")).to_be_attached()
        expect(page.locator("iframe")).to_have_attribute("title", "Questionnaire")


def test_the_first_language_that_an_element_gets_is_spoken(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    with portal_page(browser, consultancy, session_of(client, consultancy.asks())) as watched:
        wait_for(watched.page, "ready")
        watched.page.evaluate("document.querySelector('sbm-assessment').lang = 'it'")
        expect(watched.page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "it")
        assert watched.complaints == []


@pytest.mark.parametrize(("act", "frames"), [("e.destroy()", 0), ("document.body.prepend(e)", 1)])
def test_an_element_that_is_ended_or_moved_while_it_asks_for_a_session_leaves_no_frame_behind(
    browser: Browser, consultancy: Consultancy, act: str, frames: int
) -> None:
    with asking_page(browser, consultancy, consultancy.asks()) as (watched, sessions):
        page = watched.page
        page.evaluate(
            f"""() => {{
              performance.clearResourceTimings();
              document.querySelector("sbm-assessment").remove();
              const e = document.createElement("sbm-assessment");
              e.setAttribute("token-endpoint", "/session");
              document.body.append(e);
              {act};
            }}"""
        )
        settle(page, frames + 1)
        assert len(sessions) == frames + 2
        expect(page.locator("iframe")).to_have_count(frames)


def test_a_session_for_another_origin_is_told_once(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    session = session_of(client, consultancy.asks())
    with portal_page(browser, consultancy, session, FOREIGN) as watched:
        expect(watched.page.locator("sbm-assessment p")).to_contain_text("cannot be shown here")
        assert told(watched.page, "error") == [{"code": "refused"}]


def test_a_session_is_opened_as_soon_as_the_service_answers(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    asked = consultancy.asks()
    with portal_page(browser, consultancy, NOTHING) as watched:
        page = watched.page
        page.route("**/v1/respondent/token", lambda route: route.abort(), times=1)
        page.evaluate(BEGIN, session_of(client, asked)["session"])
        assert wait_for(page, "ready") == {"view": "questionnaire"}
        assert told(page, "error") == []


def test_a_profile_that_cannot_be_had_says_so_and_nothing_of_answers(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    session = session_of(client, consultancy.asks(), "profile")
    with portal_page(browser, consultancy, NOTHING | {"view": "profile"}) as watched:
        page = watched.page
        expect(page.locator("sbm-profile p")).to_have_text(re.compile("cannot be shown here(?!.*answers)"))
        page.route("**/v1/respondent/profile/report?*", lambda route: route.abort())
        page.evaluate(BEGIN, session["session"])
        wait_for(page, "ready")
        expect(page.frame_locator("iframe").locator("main")).to_have_text(words_of("en")["profile_later"])
