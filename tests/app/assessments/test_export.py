"""The latest result of every assessment as a table: what stands in it, for whom, in which format."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any, cast
from urllib.parse import quote

import polars as pl
import pytest
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from app.core.web.resources import resources_of
from tests.kit.portal import Portal, database_of

FORMULA = "=HYPERLINK(1)"


def kept(portal: Portal, company: str, answers: dict[str, str], **given: object) -> str:
    """A new assessment with a result, as its id."""
    assessment = portal.assessment(company=company, **given)
    participant = portal.participant(assessment)
    portal.answer(participant, answers)
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": "First"})
    return assessment.rpartition("/")[2]


def rows(portal: Portal, query: str = "") -> list[dict[str, str]]:
    response = portal.ask("GET", f"/results{query}")
    assert response.status_code == 200, response.text
    return list(csv.DictReader(StringIO(response.text)))


@pytest.fixture
def filled(portal: Portal) -> Portal:
    """Two companies with a result each, the first with a later one, and an assessment without any."""
    first = portal.company(FORMULA)
    assessment = kept(portal, first, {"marketing.dialogue": "4"}, name="2026")
    portal.post(f"/assessments/{assessment}/results", {"name": "Second"})
    kept(portal, portal.company("Cantine Alte"), {"sales.presence": "2"}, tier="express")
    portal.assessment(company=first)
    return portal


def test_each_assessment_with_a_result_is_a_row_with_its_latest(filled: Portal) -> None:
    response = filled.ask("GET", "/results")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content == filled.ask("GET", "/results").content
    first, second = rows(filled)
    assert (first["company"], first["result"], first["result_name"]) == (f"'{FORMULA}", "2", "Second")
    assert (first["assessment_name"], first["tier"], second["tier"]) == ("2026", "full", "express")
    assert (first["anonymous"], first["invited"], first["submitted"]) == ("false", "1", "1")
    profile = filled.get(f"/assessments/{first['assessment']}/results/2")["profile"]
    assert first["verdict"] == profile["verdict"]["status"]
    assert float(first["overall.index.high"]) == profile["overall"]["index"]["high"]
    for function in profile["functions"]:
        score, level = function["score"], function["level"]
        found = [first[f"{function['id']}.score.{part}"] for part in ("value", "low", "high")]
        if score is None:  # a list of answers, without a mean
            assert found == ["", "", ""]
            continue
        assert [float(cell) if cell else None for cell in found] == [*score.values()]
        assert int(first[f"{function['id']}.level.high"]) == level["high"]


def test_it_is_narrowed_by_company_and_by_when_results_were_kept(filled: Portal) -> None:
    companies = {company["name"]: company["id"] for company in filled.get("/companies")["data"]}
    (row,) = rows(filled, f"?company={companies['Cantine Alte']}")
    assert row["company"] == "Cantine Alte"
    later = quote((datetime.now(UTC) + timedelta(minutes=5)).isoformat())
    assert rows(filled, f"?changed_since={later}") == []
    assert len(rows(filled, "?changed_since=2026-01-01T00:00:00Z")) == 2
    assert filled.ask("GET", "/results?company=cmp_none").status_code == 404


def test_nobody_sees_results_of_another_workspace(filled: Portal) -> None:
    assert rows(Portal.new(filled.client, "Bianchi Partners")) == []


@pytest.mark.parametrize("by", ["format", "accept"])
def test_it_comes_as_workbook_and_as_parquet(filled: Portal, by: str) -> None:
    def asked(name: str, media_type: str) -> bytes:
        path = "/results" if by == "accept" else f"/results?format={name}"
        headers = {"Accept": media_type if by == "accept" else "*/*"}
        first, second = (filled.ask("GET", path, headers=headers) for _ in range(2))
        assert first.headers["content-type"] == media_type
        assert first.content == second.content
        return first.content

    table = pl.read_parquet(BytesIO(asked("parquet", "application/vnd.apache.parquet")))
    assert table["company"].to_list() == [FORMULA, "Cantine Alte"]
    assert [str(table[name].dtype) for name in ("result", "day")] == ["Int64", "Date"]
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    workbook = CalamineWorkbook.from_filelike(BytesIO(asked("xlsx", office)))
    sheet: list[list[Any]] = workbook.get_sheet_by_index(0).to_python()
    assert sheet[0] == table.columns
    assert sheet[1][0] == FORMULA


def test_what_was_kept_without_figures_is_read_from_its_profile(filled: Portal) -> None:
    before = rows(filled)
    with database_of(filled).writing() as session:
        session.connection().execute(text('UPDATE result SET summary = \'{"verdict": "not_met"}\''))
    assert [row["sales.score.low"] for row in rows(filled)] == [row["sales.score.low"] for row in before]


def test_more_rows_than_are_given_at_once_are_refused(filled: Portal) -> None:
    app = cast("FastAPI", filled.client.app)
    usual = resources_of(app)
    app.state.resources = replace(usual, settings=usual.settings.model_copy(update={"max_export_rows": 1}))
    try:
        refused = filled.ask("GET", "/results")
    finally:
        app.state.resources = usual
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "too_many_rows"
