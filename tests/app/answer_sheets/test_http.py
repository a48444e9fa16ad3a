"""Answer sheets over HTTP: downloaded with what was said, uploaded whole or not at all."""

import pytest
from httpx2 import Response

from tests.kit.answer_sheets import AS_XLSX, XLSX, answered, blank_sheet, filled, place_of, tables, text
from tests.kit.portal import Portal
from tests.kit.reading import faults_of, problem_of

DIALOGUE, PRESENCE = "marketing.dialogue", "sales.presence"
SAID = {
    DIALOGUE: {"option": "3", "comment": "=1+1\n\x07", "evidence": ["https://example.com/?q=1"]},
    PRESENCE: {"not_applicable": "other", "comment": "We sell to one customer."},
    "sales.crm_link": "dont_know",
}


@pytest.fixture
def assessment(portal: Portal) -> str:
    return portal.assessment(tier="express", due_date="2026-09-25")


@pytest.fixture
def path(portal: Portal, assessment: str) -> str:
    participant = portal.participant(assessment, name="Ada Bruni", language="it")
    portal.answer(participant, SAID)
    return f"{participant}/answers-sheet"


def download(portal: Portal, path: str) -> Response:
    response = portal.ask("GET", path)
    assert response.status_code == 200, response.text
    return response


def upload(portal: Portal, path: str, workbook: bytes, revision: int = 1) -> Response:
    return portal.ask("POST", path, workbook, AS_XLSX | {"If-Match": f'"{revision}"'})


def test_a_sheet_comes_with_the_answers_and_goes_back_as_it_was(portal: Portal, path: str) -> None:
    sheet = download(portal, path)
    assert (sheet.headers["content-type"], sheet.headers["etag"]) == (XLSX, '"1"')
    assert (sheet.headers["content-language"], sheet.headers["cache-control"]) == ("it", "no-store")
    assert "Foglio%20risposte.xlsx" in sheet.headers["content-disposition"]
    assert download(portal, path).content == sheet.content
    kept = upload(portal, path, sheet.content)
    assert (kept.status_code, kept.headers["etag"]) == (200, '"2"')
    assert (kept.json()["answers"], kept.json()["revision"]) == (SAID, 2)


def test_what_was_filled_in_takes_the_place_of_all_answers(portal: Portal, path: str) -> None:
    sheet = portal.ask("GET", f"{path}?lang=en").content
    cells = {place_of(sheet, PRESENCE, column): text("") for column in "CDE"}
    cells |= {place_of(sheet, "sales.crm_link"): text("2"), place_of(sheet, "self_rating"): text("7")}
    kept = upload(portal, path, filled(sheet, cells)).json()
    assert kept["answers"] == {DIALOGUE: SAID[DIALOGUE], "sales.crm_link": "2"}
    assert kept["self_rating"] == 7


def test_with_a_fault_nothing_is_changed(portal: Portal, path: str) -> None:
    sheet = answered(download(portal, path).content, {"sales.crm_link": "2", DIALOGUE: "Whenever"})
    assert faults_of(upload(portal, path, sheet)) == {("/Marketing/C3", "unknown_option")}
    answers = portal.get(path.removesuffix("-sheet"))
    assert (answers["answers"], answers["revision"]) == (SAID, 1)


def test_an_upload_names_the_revision_that_it_is_meant_for(portal: Portal, path: str) -> None:
    sheet = download(portal, path).content
    assert problem_of(portal.ask("POST", path, sheet, AS_XLSX), 428).code == "precondition_required"
    portal.answer(path.removesuffix("/answers-sheet"), {DIALOGUE: "1"}, 1)
    assert problem_of(upload(portal, path, sheet), 412).code == "stale"


def test_a_sheet_of_somebody_else_is_refused(portal: Portal, assessment: str, path: str) -> None:
    other = f"{portal.participant(assessment)}/answers-sheet"
    found = upload(portal, other, download(portal, path).content, 0)
    assert faults_of(found) == {("/participant", "other_answer_sheet")}
    elsewhere = f"{portal.participant(portal.assessment(tier='express'))}/answers-sheet"
    found = upload(portal, elsewhere, download(portal, path).content, 0)
    assert faults_of(found) == {("/assessment", "other_answer_sheet"), ("/participant", "other_answer_sheet")}


def test_what_is_no_workbook_or_too_long_is_refused(portal: Portal, path: str) -> None:
    headers = {"If-Match": '"1"'}
    assert problem_of(portal.ask("POST", path, {}, headers), 415).code == "unsupported_media_type"
    assert faults_of(upload(portal, path, b"PK")) == {("", "malformed_workbook")}
    assert problem_of(upload(portal, path, b"PK" * 3_000_000), 413).code == "body_too_large"


def test_what_was_handed_in_stays(portal: Portal, path: str) -> None:
    sheet = download(portal, path).content
    portal.post(f"{path.removesuffix('answers-sheet')}submission", {"incomplete": True})
    assert problem_of(upload(portal, path, sheet), 409).code == "submitted"


def test_of_an_anonymous_assessment_only_the_respondent_has_a_sheet(portal: Portal) -> None:
    assessment = portal.assessment(tier="express", anonymous=True)
    path = f"{portal.participant(assessment, role='cmo')}/answers-sheet"
    for refused in (portal.ask("GET", path), upload(portal, path, blank_sheet(tier="express"))):
        assert problem_of(refused, 403).code == "anonymous_assessment"
    invitee = portal.invitee(assessment, role="cmo")
    assert problem_of(invitee.ask("GET", "/respondent/answers-sheet"), 403).code == "not_claimed"
    respondent = invitee.claimed()
    sheet = download(respondent, "/respondent/answers-sheet").content
    first = " ".join(str(row[1]) for row in tables(sheet)["Start here"])
    assert "upload the file yourself with your link" in first
    kept = upload(respondent, "/respondent/answers-sheet", answered(sheet, {DIALOGUE: "4"}), 0)
    assert kept.json()["answers"] == {DIALOGUE: "4"}
    assert portal.get(f"{assessment}/participants")["data"][1]["progress"] is None
