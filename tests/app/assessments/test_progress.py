"""Reports of a company's results say what has moved since the one before, to whoever sees those."""

import pytest
from sqlalchemy import text

from tests.kit.portal import Portal, database_of

LOW, HIGH = {"marketing.dialogue": "1"}, {"marketing.dialogue": "4"}


def kept(portal: Portal, company: str, answers: dict[str, str], name: str, **given: object) -> str:
    """A new assessment with a result, as its path."""
    assessment = portal.assessment(company=company, **given)
    one_more(portal, assessment, answers, name)
    return assessment


def one_more(portal: Portal, assessment: str, answers: dict[str, str], name: str) -> None:
    """Somebody more submits, and another result is kept."""
    participant = portal.participant(assessment, role="cmo")
    portal.answer(participant, answers)
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": name})


@pytest.fixture
def company(portal: Portal) -> str:
    return portal.company("Officine Bellandi")


def test_a_result_is_compared_with_the_last_one_before_it(portal: Portal, company: str) -> None:
    kept(portal, portal.company("Another"), HIGH, "Of another company")
    first = kept(portal, company, LOW, "Baseline")
    assert portal.ask("GET", f"{first}/results/1/charts/progress.svg").json()["code"] == "not_found"
    assert "Since “" not in portal.ask("GET", f"{first}/results/1/report").text
    second = kept(portal, company, HIGH, "Spring")
    chart = portal.ask("GET", f"{second}/results/1/charts/progress.svg?lang=it")
    assert chart.headers["content-type"] == "image/svg+xml"
    assert "Marketing: prima" in chart.text
    pixels = portal.ask("GET", f"{second}/results/1/charts/progress.png")
    assert pixels.content.startswith(b"\x89PNG")
    for view in ("full", "summary"):
        page = portal.ask("GET", f"{second}/results/1/report?view={view}")
        assert "Since “Baseline”" in page.text
    portal.post(f"{second}/results", {"name": "Summer"})
    assert "Since “Spring”" in portal.ask("GET", f"{second}/results/2/report").text
    # What was kept later moves nothing in an earlier report.
    assert portal.ask("GET", f"{second}/results/1/report?view=summary").text == page.text
    live = portal.ask("GET", f"{first}/profile/report")
    assert "Since “Summer”" in live.text
    assert "Compared with the result before: “Summer”" in live.text
    assert (
        "Compared with the result before"
        not in portal.ask("GET", f"{first}/profile/report?view=summary").text
    )


def test_a_closed_one_is_not_compared_with_what_was_kept_after_it(portal: Portal, company: str) -> None:
    first = kept(portal, company, LOW, "Baseline")
    portal.patch(first, {"status": "closed"})
    kept(portal, company, HIGH, "Spring")
    for view in ("full", "summary"):
        live = portal.ask("GET", f"{first}/profile/report?view={view}").text
        assert "Since “Baseline”" in live
        assert "Spring" not in live


def test_a_new_assessment_of_a_company_has_a_report_before_anybody_is_asked(
    portal: Portal, company: str
) -> None:
    kept(portal, company, LOW, "Baseline")
    page = portal.ask("GET", f"{portal.assessment(company=company)}/profile/report")
    assert page.status_code == 200
    assert "Since “Baseline”" in page.text
    assert "Compared with the result before" not in page.text


def test_every_part_of_a_report_has_one_result_before_it_also_of_those_kept_at_one_moment(
    portal: Portal, company: str
) -> None:
    assessment = kept(portal, company, LOW, "Baseline")
    one_more(portal, assessment, {"marketing.listening": "2"}, "Spring")
    one_more(portal, assessment, HIGH, "Summer")
    with database_of(portal).writing() as session:
        moment = session.connection().execute(text("SELECT max(created_at) FROM result")).scalar_one()
        session.connection().execute(text("UPDATE result SET created_at = :moment"), {"moment": moment})
    for number, before in ((2, "Baseline"), (3, "Spring")):
        page = portal.ask("GET", f"{assessment}/results/{number}/report").text
        assert f"Since “{before}”" in page
        assert f"Compared with the result before: “{before}”" in page


def test_one_by_another_questionnaire_is_no_result_before(portal: Portal, company: str) -> None:
    first = kept(portal, company, LOW, "Baseline")
    with database_of(portal).writing() as session:
        session.connection().execute(text("UPDATE assessment SET questionnaire = 'other'"))
    second = kept(portal, company, HIGH, "Spring")
    assert first != second
    assert portal.ask("GET", f"{second}/results/1/charts/progress.svg").status_code == 404


def test_one_by_another_version_says_so(portal: Portal, company: str) -> None:
    kept(portal, company, LOW, "Baseline", version="1.0.0")
    second = kept(portal, company, HIGH, "Spring", version="1.1.0")
    page = portal.ask("GET", f"{second}/results/1/report").text
    assert "from version 1.0.0 to 1.1.0: compare the direction only." in page


def test_what_was_kept_without_figures_is_read_from_its_profile(portal: Portal, company: str) -> None:
    kept(portal, company, LOW, "Baseline")
    second = kept(portal, company, HIGH, "Spring")
    path = f"{second}/results/1/report"
    page = portal.ask("GET", path).text
    with database_of(portal).writing() as session:
        session.connection().execute(text('UPDATE result SET summary = \'{"verdict": "not_met"}\''))
    assert portal.ask("GET", path).text == page


def test_respondents_are_not_told_of_other_results(portal: Portal, company: str) -> None:
    portal.patch("/workspace", {"respondents_see_profile": True})
    kept(portal, company, LOW, "Baseline")
    respondent = portal.invited(portal.assessment(company=company), role="cmo")
    respondent.post("/respondent/submission", {"incomplete": True})
    assert "Baseline" not in respondent.ask("GET", "/respondent/profile/report").text
