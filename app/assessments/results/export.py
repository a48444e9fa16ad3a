"""The latest result of every assessment, as one table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.assessments.results import store
from app.assessments.results.figures import kept_figures
from app.companies import service as companies
from app.core.errors import InvalidError
from app.core.resources import Work
from app.portfolio.tables import Cell, Table
from scoring import Fault

Json = dict[str, Any]

ABOUT: Mapping[str, type] = {
    "company": str,
    "reference": str,
    "assessment": str,
    "assessment_name": str,
    "result": int,
    "result_name": str,
    "day": date,
    "questionnaire": str,
    "version": str,
    "tier": str,
    "anonymous": bool,
    "invited": int,
    "submitted": int,
    "verdict": str,
    **{f"overall.index.{part}": float for part in ("value", "low", "high")},
    **{f"overall.level.{part}": int for part in ("low", "high")},
}


def table(work: Work, company: str | None, changed_since: datetime | None) -> Table:
    """A row for each assessment that has a result: of a company, with a result kept then or later.

    Raises `MissingError` for a company that there is not, and `InvalidError` for more rows than the service
    gives at once.
    """
    if company is not None:
        companies.get(work, company, ("query", "company"))
    given = {"company": company, "changed_since": changed_since}
    narrowed = {name: value for name, value in given.items() if value is not None}
    most = work.settings.max_export_rows
    rows = store.latest(work.session, work.workspace, narrowed, most + 1)
    if len(rows) > most:
        detail = f"at most {most} assessments at once: narrow it by company or changed_since"
        raise InvalidError([Fault(("query",), "too_many_rows", detail)])
    figures = [kept_figures(work, row) for row in rows]
    functions = list(dict.fromkeys(name for told in figures for name in told["functions"]))
    columns = dict(ABOUT) | dict(_columns(functions))
    return Table(columns, [_row(row, told, functions) for row, told in zip(rows, figures, strict=True)])


def _columns(functions: Sequence[str]) -> Iterator[tuple[str, type]]:
    for function in functions:
        for part in ("value", "low", "high"):
            yield f"{function}.score.{part}", float
        for part in ("low", "high"):
            yield f"{function}.level.{part}", int


def _row(row: Any, told: Json, functions: Sequence[str]) -> list[Cell]:  # noqa: ANN401 -- a row of the store
    known = told["functions"]
    cells: list[Cell] = [
        row.company,
        row.reference,
        row.assessment_id,
        row.assessment_name,
        row.number,
        row.name,
        row.created_at.date(),
        row.questionnaire,
        row.version,
        row.tier,
        row.anonymous,
        row.participants["invited"],
        row.participants["submitted"],
        row.summary["verdict"],
        *_parts(told["index"], "value", "low", "high"),
        *_parts(told["level"], "low", "high"),
    ]
    for function in functions:
        of = known.get(function, {"score": None, "level": None})
        cells += [*_parts(of["score"], "value", "low", "high"), *_parts(of["level"], "low", "high")]
    return cells


def _parts(of: Mapping[str, Any] | None, *names: str) -> list[Cell]:
    """Nothing where it does not apply."""
    return [None if of is None else of[name] for name in names]
