"""A profile as a page: whose it is, in which language, the same each time, and only for who may see it."""

from fastapi.testclient import TestClient

from app.reports.page import POLICY
from tests.kit.operations import assessment_input, company_input, invite
from tests.kit.portal import Portal


def test_a_kept_profile_is_the_same_page_each_time(client: TestClient) -> None:
    portal = Portal.new(client, "Studio Marani")
    company = portal.post("/companies", company_input("Officine Bellandi"))["id"]
    given = assessment_input(company, "Prima", 2, submit=True, incomplete=True, status="closed")
    assessment = portal.post("/assessments", given)["id"]
    portal.post(f"/assessments/{assessment}/results", {"name": "Situazione di partenza"})
    path = f"/assessments/{assessment}/results/1/report?lang=it"
    first = portal.ask("GET", path)
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert first.headers["content-security-policy"] == POLICY
    assert first.headers["content-language"] == "it"
    for said in ("Studio Marani", "Officine Bellandi", "Situazione di partenza", '<html lang="it">'):
        assert said in first.text
    again = portal.ask("GET", path)
    assert again.content == first.content
    kept = portal.ask("GET", path, headers={"If-None-Match": first.headers["etag"]})
    assert kept.status_code == 304


def test_the_page_is_shown_to_whom_the_profile_is(client: TestClient) -> None:
    portal = Portal.new(client, "Studio")
    company = portal.post("/companies", company_input("Company"))["id"]
    assessment = portal.post("/assessments", assessment_input(company, "First", 2))["id"]
    _, token = invite(portal, assessment, "Ada")
    respondent = portal.with_token(token)
    hidden = respondent.ask("GET", "/respondent/profile/report")
    assert hidden.json()["code"] == "profile_not_shown"
    portal.patch("/workspace", {"respondents_see_profile": True})
    assert respondent.ask("GET", "/respondent/profile/report").json()["code"] == "not_submitted"
    respondent.post("/respondent/submission", {"incomplete": True})
    assert "Company" in respondent.ask("GET", "/respondent/profile/report").text
