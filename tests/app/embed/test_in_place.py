"""A portal changes the language in mid-course; an element shows what it is called; whose page is scrolled."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Frame, Route, expect

from app.embed.words import words_of
from tests.kit.answer_sheets import answered
from tests.kit.answering import STILL, Consultancy, Sheet, downloaded, hand_in
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.embedding import PORTAL, asking_page, page_html, portal_page, session_of, told, wait_for
from tests.kit.processes import Client

pytestmark = IN_CHROMIUM

SPEAK = "lang => (document.querySelector('sbm-assessment, sbm-profile').lang = lang)"
ITALIAN = {"questionnaire": "questionario", "profile": "profilo"}
PRESENCE, CRM = "sales.presence", "sales.crm_link"
LOOKS = "() => [...document.querySelectorAll('link[data-look]:not([disabled])')].map((e) => e.dataset.look)"


@pytest.fixture
def client(consultancy: Consultancy) -> Iterator[Client]:
    with consultancy.client() as client:
        client.patch("/workspace", {"allowed_origins": [PORTAL], "respondents_see_profile": True})
        yield client


def move(inside: Frame) -> None:
    """Try a capability at the highest level."""
    inside.locator("#what-if summary").nth(1).press("Enter")
    inside.locator(f'input[value="{PRESENCE}@5"]').press("Space")
    expect(inside.locator("#what-if [role=status]")).to_contain_text("One capability moved.")


def is_profile_in_italian(inside: Frame) -> None:
    """The profile with what was tried on it, and nothing else."""
    expect(inside.locator("html[lang=it] #functions h2")).to_be_visible()
    expect(inside.locator("#what-if [role=status]")).to_contain_text("Una capacità spostata.")
    expect(inside.locator(f'input[value="{PRESENCE}@5"]')).to_be_checked()
    expect(inside.locator(f'input[value="{PRESENCE}@5"]')).to_be_focused()
    expect(inside.locator("#what-if .reset")).to_have_attribute("aria-disabled", "false")
    assert set(inside.evaluate(LOOKS)) == {"profile"}


def test_the_profile_after_submitting_stays_in_sight_in_the_other_language(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    session = session_of(client, consultancy.asks())
    with portal_page(browser, consultancy, session) as watched:
        page, inside = watched.page, watched.page.frames[1]
        wait_for(page, "ready")
        inside.get_by_role("button", name="Begin with").press("Enter")
        inside.get_by_role("button", name="Review and submit").press("Enter")
        inside.get_by_role("button", name="Submit").press("Enter")
        inside.get_by_role("button", name="See the profile").press("Enter")
        move(inside)
        before = page.evaluate("scrollY")
        page.evaluate(SPEAK, "it")
        is_profile_in_italian(inside)
        assert page.evaluate("scrollY") == before > 0
        inside.get_by_role("link", name="Tornate alle vostre risposte").press("Enter")
        expect(inside.locator("h1")).to_have_text("Le vostre risposte sono arrivate. Grazie.")
        assert len(told(page, "submitted")) == 1
        assert watched.complaints == []


def test_a_profile_keeps_what_is_tried_on_it_in_the_other_language(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    session = session_of(client, consultancy.asks(), "profile")
    with portal_page(browser, consultancy, session) as watched:
        page, inside = watched.page, watched.page.frames[1]
        wait_for(page, "ready")
        move(inside)
        page.evaluate(SPEAK, "it")
        is_profile_in_italian(inside)
        page.route("**/profile/report?*", lambda route: route.abort())
        with page.expect_event("requestfailed"):
            page.evaluate(SPEAK, "en")
        page.evaluate(SPEAK, "it")
        is_profile_in_italian(inside)


def test_answers_beside_not_applicable_stay_in_sight_with_its_reason_and_in_the_other_language(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    with portal_page(browser, consultancy, session_of(client, consultancy.asks("full"))) as watched:
        page, inside = watched.page, watched.page.frames[1]
        wait_for(page, "ready")
        sheet = Sheet(page, inside)
        sheet.button("Begin with").press("Enter")
        least = sheet.question.locator("input[value='0']")
        sheet.question.locator("input[value=not_applicable]").press("Space")
        expect(least).to_be_hidden()
        sheet.button("Show the 6 answers").press("Enter")
        expect(least).to_be_focused()
        sheet.question.locator("input[value=other]").press("Space")
        expect(least).to_be_visible()
        page.evaluate(SPEAK, "it")
        expect(inside.locator("html")).to_have_attribute("lang", "it")
        expect(least).to_be_visible()
        least.press("Space")
        sheet.question.locator("input[value=not_applicable]").press("Space")
        expect(sheet.button("Rivedete le 6 risposte")).to_be_visible()
        assert watched.complaints == []


def test_what_is_being_written_and_what_was_said_of_a_sheet_stay_in_the_other_language(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    asked = consultancy.asks("full")
    with portal_page(browser, consultancy, session_of(client, asked)) as watched:
        page, inside = watched.page, watched.page.frames[1]
        wait_for(page, "ready")
        sheet = Sheet(page, inside)
        sheet.button("Begin with").press("Enter")
        sheet.button("Add a comment").press("Enter")
        sheet.question.locator("input").nth(2).press("Space")
        name, comment = sheet.question_id, inside.locator("textarea")
        comment.press_sequentially("Half ritten")
        comment.evaluate("e => e.setSelectionRange(5, 5)")
        page.evaluate(SPEAK, "it")
        expect(inside.get_by_label("Commento")).to_be_focused()
        page.keyboard.type("w")
        expect(comment).to_have_value("Half written")
        assert sheet.question_id == name
        page.evaluate("document.querySelector('h1').tabIndex = 0, document.querySelector('h1').focus()")
        page.evaluate(SPEAK, "en")
        expect(inside.get_by_role("textbox", name="Comment", exact=True)).to_have_value("Half written")
        assert page.evaluate("document.activeElement.localName") == "h1"
        sheet.button("Review and submit").press("Enter")
        _, workbook = downloaded(page, "Download the answer sheet", inside)
        hand_in(page, "Upload a filled-in sheet", answered(workbook, {CRM: "2"}), inside)
        expect(inside.get_by_text("One answer has changed.")).to_be_visible()
        inside.get_by_role("button", name="Put back").focus()
        page.evaluate(SPEAK, "it")
        expect(inside.get_by_role("button", name="Rimettete")).to_be_focused()
        expect(inside.get_by_text("Acquisito e salvato. Una risposta è cambiata.")).to_be_visible()
        page.keyboard.press("Enter")
        consultancy.awaits(asked, {name: {"option": "2", "comment": "Half written"}})
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/v1/respondent/submission", hold)
        inside.locator(".submission .btn").press("Enter")
        expect(inside.get_by_role("button", name="Invio in corso…")).to_have_attribute(
            "aria-disabled", "true"
        )
        page.evaluate(SPEAK, "en")
        expect(inside.get_by_role("button", name="Submitting…")).to_have_attribute("aria-disabled", "true")
        held[0].abort()
        expect(inside.locator(".submission .fault")).to_have_text(words_of("en")["not_submitted"])
        page.evaluate(SPEAK, "it")
        expect(inside.locator(".submission .fault")).to_have_text(words_of("it")["not_submitted"])
        assert [said for said in watched.complaints if "net::ERR_FAILED" not in said] == []


def test_a_language_that_is_asked_for_when_the_session_has_ended_is_spoken_with_the_next_one(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    with asking_page(browser, consultancy, consultancy.asks()) as (watched, sessions):
        client.ask("DELETE", f"/embed-sessions/{sessions[0]['id']}")
        watched.page.evaluate(SPEAK, "it")
        expect(watched.page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "it")
        expect(watched.page.frame_locator("iframe").get_by_role("button", name="Iniziate da")).to_be_visible()
        assert len(sessions) == 2


@pytest.mark.parametrize(("given", "asked_for"), [("questionnaire", "profile"), ("profile", "questionnaire")])
def test_what_an_element_is_called_is_what_it_shows(
    browser: Browser, consultancy: Consultancy, client: Client, given: str, asked_for: str
) -> None:
    session = session_of(client, consultancy.asks(), given) | {"view": asked_for}
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        assert wait_for(page, "error") == {"code": "wrong_view"}
        element = page.locator("sbm-assessment, sbm-profile")
        expect(element).to_have_text(
            f"A {asked_for} belongs here, but the page was given access to a {given}. "
            "Nothing is shown; please tell whoever runs this page."
        )
        page.evaluate(SPEAK, "it")
        expect(element).to_have_text(
            re.compile(rf"^Qui è previsto un {ITALIAN[asked_for]}, ma .* a un {ITALIAN[given]}\.")
        )
        expect(page.locator("iframe")).to_have_count(0)
        assert told(page, "ready") == told(page, "progress") == []
        assert [said for said in watched.complaints if "another view" not in said] == []


TOP = "e => e.getBoundingClientRect().top"


def scroll_to(sheet: Sheet, selector: str, at: int) -> None:
    """Scroll the portal's page to where this of the open question stands at a height."""
    top = sheet.question.locator(selector).first.evaluate(TOP) + sheet.page.locator("iframe").evaluate(TOP)
    sheet.page.evaluate("by => scrollBy(0, by)", top - at)


@contextmanager
def page_of(browser: Browser, consultancy: Consultancy, client: Client, origin: str) -> Iterator[Watched]:
    """A page of a portal on a phone, on an origin of its own or on that of the service."""
    asked, phone = consultancy.asks("full"), {"width": 360, "height": 740}
    if origin == PORTAL:
        with portal_page(browser, consultancy, session_of(client, asked), viewport=phone) as watched:
            wait_for(watched.page, "ready")
            yield watched
        return
    client.patch("/workspace", {"allowed_origins": [origin]})
    html = page_html(consultancy.address, session_of(client, asked, parent_origin=origin))
    with Watched.opened(browser, viewport=phone) as watched:
        watched.page.route(
            f"{origin}/portal", lambda route: route.fulfill(body=html, content_type="text/html")
        )
        watched.page.goto(f"{origin}/portal")
        wait_for(watched.page, "ready")
        yield watched


@pytest.mark.parametrize("is_same_origin", [False, True])
def test_a_choice_scrolls_the_page_of_a_portal_only_where_what_was_chosen_is_out_of_sight(
    browser: Browser, consultancy: Consultancy, client: Client, *, is_same_origin: bool
) -> None:
    origin = consultancy.address if is_same_origin else PORTAL
    with page_of(browser, consultancy, client, origin) as watched:
        page = watched.page
        page.evaluate("document.body.style.padding = '700px 0 900px'")
        sheet = Sheet(page, page.frames[1])
        sheet.button("Begin with").press("Enter")
        page.evaluate(STILL)
        scroll_to(sheet, "legend", 200)
        before = page.evaluate("scrollY")
        sheet.choose(0)
        page.evaluate(STILL)
        assert page.evaluate("scrollY") == before
        scroll_to(sheet, ".card:has([value='5'])", 120)
        sheet.choose(5)
        page.evaluate(STILL)
        assert wait_for(page, "scroll-request")["top"] > 0
        frame_top = page.locator("iframe").evaluate(TOP)
        assert 0 <= frame_top + sheet.inside.locator("li.folded").nth(1).evaluate(TOP) < 20
        assert 0 < frame_top + sheet.question.evaluate(TOP) < 370
        assert watched.complaints == []
