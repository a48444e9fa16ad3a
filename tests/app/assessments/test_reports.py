"""A profile as a page: whose it is, in which language, the same each time, and only for who may see it."""

from app.reports.page import POLICY
from tests.kit.portal import Portal


def test_a_kept_profile_is_the_same_page_each_time(portal: Portal) -> None:
    portal.patch("/workspace", {"name": "Studio Marani"})
    assessment = portal.assessment(company=portal.company("Officine Bellandi"))
    participant = portal.participant(assessment, role="cmo")
    portal.answer(participant, {"marketing.dialogue": "4"})
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": "Situazione di partenza"})
    path = f"{assessment}/results/1/report?lang=it"
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


def test_the_page_is_shown_to_whom_the_profile_is(portal: Portal) -> None:
    respondent = portal.invited(portal.assessment(company=portal.company("Company")))
    path = "/respondent/profile/report"
    assert respondent.ask("GET", path).json()["code"] == "profile_not_shown"
    portal.patch("/workspace", {"respondents_see_profile": True})
    assert respondent.ask("GET", path).json()["code"] == "not_submitted"
    respondent.post("/respondent/submission", {"incomplete": True})
    assert "Company" in respondent.ask("GET", path).text
