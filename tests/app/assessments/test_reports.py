"""A profile as a page: whose it is, in which language, the same each time, and only for who may see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import pytest
from fastapi import FastAPI

from app.core.processes import Processes
from app.core.web.resources import resources_of
from app.reports.page import POLICY
from app.scores.example import ANSWERS
from tests.kit.portal import Portal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_kept_profile_is_the_same_page_each_time(portal: Portal) -> None:
    portal.patch("/workspace", {"name": "Studio Marani"})
    assessment = portal.assessment(company=portal.company("Officine Bellandi"))
    participant = portal.participant(assessment, role="cmo")
    portal.participant(assessment, role="cio")
    portal.answer(participant, {"marketing.dialogue": "4"})
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": "Situazione di partenza"})
    path = f"{assessment}/results/1/report?lang=it"
    first = portal.ask("GET", path)
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert first.headers["content-security-policy"] == POLICY
    assert first.headers["content-language"] == "it"
    for said in (
        "Studio Marani",
        "Officine Bellandi",
        "Situazione di partenza",
        "invitate 2, con risposte inviate 1",
        '<html lang="it">',
    ):
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


def kept(portal: Portal) -> str:
    """The path of a result."""
    assessment = portal.assessment(company=portal.company("Officine Bellandi & Figli"))
    participant = portal.participant(assessment, role="cmo")
    portal.answer(participant, {"marketing.dialogue": "4"})
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": "Baseline"})
    return f"{assessment}/results/1"


@pytest.mark.parametrize("view", ["full", "summary"])
def test_a_report_comes_as_pdf_the_same_bytes_each_time(portal: Portal, view: str) -> None:
    result = kept(portal)
    asked = f"{result}/report?view={view}"
    first = portal.ask("GET", f"{asked}&format=pdf")
    assert first.status_code == 200, first.text
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-disposition"].startswith(
        "inline; filename*=UTF-8''Officine%20Bellandi%20%26%20Figli%20Baseline%20"
    )
    assert first.content.startswith(b"%PDF")
    again = portal.ask("GET", asked, headers={"Accept": "application/pdf"})
    assert again.content == first.content
    assert again.headers["vary"] == "Accept, Accept-Language"
    known = portal.ask("GET", f"{asked}&format=pdf", headers={"If-None-Match": first.headers["etag"]})
    assert known.status_code == 304


def test_charts_come_by_themselves_where_there_is_something_to_show(portal: Portal) -> None:
    result = kept(portal)
    for path in (f"{result}/charts", f"{result.rpartition('/results')[0]}/profile/charts"):
        chart = portal.ask("GET", f"{path}/functions.svg?lang=it")
        assert chart.headers["content-type"] == "image/svg+xml"
        assert chart.headers["content-language"] == "it"
        assert "Collaborazione" in chart.text
        for drawn in ("svg", "png"):
            assert portal.ask("GET", f"{path}/spread.{drawn}").json()["code"] == "not_found"
        assert portal.ask("GET", f"{path}/pie.svg").status_code == 422
        assert portal.ask("GET", f"{path}/functions.gif").status_code == 422


def test_the_chart_of_a_plan_comes_where_there_is_one(portal: Portal) -> None:
    assert portal.ask("GET", f"{kept(portal)}/charts/frontier.svg").json()["code"] == "not_found"
    assessment = portal.assessment(company=portal.company("Officine Bellandi"))
    participant = portal.participant(assessment, role="consultant")
    portal.answer(participant, ANSWERS)
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": "Baseline"})
    for path in ("results/1/charts", "profile/charts"):
        chart = portal.ask("GET", f"{assessment}/{path}/frontier.svg?lang=it")
        assert "Il piano: «socially-enabled»" in chart.text


def test_a_chart_comes_as_pixels_and_a_report_as_a_document(portal: Portal) -> None:
    result = kept(portal)
    chart = portal.ask("GET", f"{result}/charts/heatmap.png")
    assert chart.headers["content-type"] == "image/png"
    assert chart.headers["content-disposition"].endswith("heatmap.png")
    assert chart.content.startswith(b"\x89PNG")
    tag = {"If-None-Match": chart.headers["etag"]}
    assert portal.ask("GET", f"{result}/charts/heatmap.png", headers=tag).status_code == 304
    report = portal.ask("GET", f"{result}/report?view=summary", headers={"Accept": DOCX})
    assert report.headers["content-type"] == DOCX
    assert report.headers["content-disposition"].endswith(".docx")
    assert report.content.startswith(b"PK")
    table = portal.ask("GET", f"{result}/report?format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Officine Bellandi & Figli" in table.text
    assert portal.ask("GET", f"{result}/report?format=xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("query", ["format=docm", "view=half", "paper=a5"])
def test_what_a_report_cannot_be_is_refused(portal: Portal, query: str) -> None:
    response = portal.ask("GET", f"{kept(portal)}/report?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == f"unknown_{query.partition('=')[0]}"


@contextmanager
def impatient(portal: Portal) -> Iterator[None]:
    """The service gives no report the time that it takes."""
    app = cast("FastAPI", portal.client.app)
    usual = resources_of(app)
    app.state.resources = replace(usual, processes=Processes(1, seconds=0.001))
    try:
        yield
    finally:
        app.state.resources = usual


def test_a_report_that_takes_too_long_is_ended_and_holds_nobody_up(portal: Portal) -> None:
    result = kept(portal)
    with impatient(portal):
        refused = portal.ask("GET", f"{result}/report?format=pdf")
        assert refused.status_code == 503
        assert refused.json()["code"] == "report_too_slow"
        assert int(refused.headers["retry-after"]) >= 1
        assert portal.ask("GET", f"{result}/report").status_code == 200
