"""The answers as a workbook, on the page before submitting: downloaded, filled in, handed in again."""

import re
import tomllib

import pytest
from playwright.sync_api import Browser, expect

from app.embed.words import words_of
from tests.kit.answer_sheets import answered, blank_sheet
from tests.kit.answering import Asked, Consultancy, downloaded, hand_in
from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.embedding import PORTAL, portal_page, session_of, told, wait_for
from tests.kit.folders import ROOT

DIALOGUE, CRM = "marketing.dialogue", "sales.crm_link"
SAID = {DIALOGUE: {"option": "3", "comment": "Every month."}}
OF_A_SHEET = re.compile(r"answer sheet", re.IGNORECASE)


@pytest.fixture
def asked(consultancy: Consultancy) -> Asked:
    """Somebody who has answered one question."""
    asked = consultancy.asks(name="Ada Bruni")
    with consultancy.client() as client:
        client.patch(f"{asked.path}/answers", {"answers": SAID}, If_Match='"0"')
    return asked


def test_every_fault_of_a_sheet_has_words() -> None:
    faults = tomllib.loads((ROOT / "app" / "pages" / "errors.toml").read_text("utf-8"))["faults"]["answers"]
    of_a_sheet = {code for code, fault in faults.items() if OF_A_SHEET.search(fault["means"])}
    assert "unknown_reason" in of_a_sheet
    assert {f"sheet_{code}" for code in of_a_sheet} <= words_of("en").keys()


@IN_CHROMIUM[0]
@IN_CHROMIUM[1]
def test_a_sheet_is_downloaded_filled_in_by_keyboard_handed_in_and_taken_back(
    consultancy: Consultancy, browser: Browser, asked: Asked
) -> None:
    with Watched.opened(browser) as watched:
        page = watched.page
        page.goto(f"{asked.link}&at=review")
        name, sheet = downloaded(page, "Download the answer sheet")
        expect(page.get_by_text(f"Downloaded: {name}")).to_be_visible()
        hand_in(page, "Upload a filled-in sheet", answered(sheet, {CRM: "2", DIALOGUE: "4"}))
        expect(page.get_by_text("Taken over and saved. 2 answers have changed.")).to_be_visible()
        expect(page.get_by_text("2 of 18 answered")).to_be_visible()
        expect(page.get_by_role("button", name="Upload a filled-in sheet")).to_be_focused()
        assert consultancy.saved(asked) == {CRM: "2", DIALOGUE: {"option": "4", "comment": "Every month."}}
        page.get_by_role("button", name="Put back").press("Enter")
        expect(page.get_by_text("Your answers are as they were before.")).to_be_visible()
        consultancy.awaits(asked, SAID)
        with consultancy.client() as client:
            revision = consultancy.answers(asked)["revision"]
            client.patch(f"{asked.path}/answers", {"answers": {CRM: "1"}}, If_Match=f'"{revision}"')
        hand_in(page, "Upload a filled-in sheet", sheet)
        expect(page.get_by_role("alert").filter(has_text="changed elsewhere in the meantime")).to_be_visible()
        assert consultancy.saved(asked) == SAID | {CRM: "1"}
        assert [text for text in watched.complaints if "412" not in text] == []


@IN_CHROMIUM[0]
@IN_CHROMIUM[1]
def test_what_is_wrong_with_a_sheet_is_said_by_sheet_and_cell_and_changes_nothing(
    consultancy: Consultancy, browser: Browser, asked: Asked
) -> None:
    with Watched.opened(browser, viewport={"width": 320, "height": 740}) as watched:
        page, fault = watched.page, watched.page.get_by_role("alert").filter(has_text="Non acquisito")
        page.goto(f"{asked.link}&at=review&lang=it")
        _, sheet = downloaded(page, "Scaricate il foglio")
        hand_in(page, "Caricate un foglio", answered(sheet, {CRM: "2", DIALOGUE: "Forse"}))
        expect(fault).to_contain_text("una cosa da correggere")
        expect(page.locator(".queue li")).to_have_text(
            ["Marketing, cella C3Non è una delle risposte. Sceglietene una dall’elenco."]
        )
        assert faults(page) == []
        hand_in(page, "Caricate un foglio", blank_sheet())
        expect(page.locator(".queue li")).to_have_text([words_of("it")["sheet_other_answer_sheet"]])
        hand_in(page, "Caricate un foglio", b"PK")
        expect(page.locator(".queue li")).to_have_text([words_of("it")["sheet_malformed_workbook"]])
        page.context.set_offline(True)
        hand_in(page, "Caricate un foglio", sheet)
        expect(page.get_by_role("alert").filter(has_text="manca la connessione")).to_be_visible()
        assert consultancy.saved(asked) == SAID
        assert [text for text in watched.complaints if "422" not in text and "net::ERR_" not in text] == []


@IN_CHROMIUM[0]
@IN_CHROMIUM[1]
def test_in_a_portal_a_sheet_is_told_as_saved_and_the_profile_afterwards_is_gone_through(
    consultancy: Consultancy, browser: Browser, asked: Asked
) -> None:
    with consultancy.client() as client:
        client.patch("/workspace", {"allowed_origins": [PORTAL], "respondents_see_profile": True})
        session = session_of(client, asked)
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        frame = page.frames[1]
        frame.locator(".onward .btn").press("Enter")
        frame.get_by_role("button", name="Review and submit").press("Enter")
        _, sheet = downloaded(page, "Download the answer sheet", frame)
        hand_in(page, "Upload a filled-in sheet", answered(sheet, {CRM: "2"}), frame)
        assert wait_for(page, "saved") == {"revision": 2}
        assert told(page, "progress")[-1] == {"answered": 2, "total": 18}
        frame.get_by_role("button", name="Submit").press("Enter")
        frame.get_by_role("button", name="See the profile").press("Enter")
        frame.locator(".toc a").last.press("Enter")
        page.wait_for_function("told.some(([name, { top }]) => name === 'scroll-request' && top > 0)")
        assert watched.complaints == []
