"""A small portfolio with all kinds of answers, and what the single engine makes of each of its rows."""

from typing import Any

from scoring import score
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from tests.kit.folders import QUESTIONNAIRES, load

SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "2.0.0")
ROWS = 40

Row = dict[str, Any]


def nothing(_rows: int) -> None:
    """Progress that nobody watches."""


def answers_of(row: Row) -> Row:
    """A row's answers as `POST /v1/score` takes them."""
    cells = {name: cell for name, cell in row.items() if "." in name and cell}
    return {
        name: {"not_applicable": cell.partition(":")[2] or "other"} if cell.startswith("not_a") else cell
        for name, cell in cells.items()
    }


def profile_of(row: Row, **how: Any) -> Row:  # noqa: ANN401 -- arguments of the engine
    """The profile that the single engine gives for a row, as `POST /v1/score` shows it."""
    return dict(present(score(SOCIAL_BUSINESS, answers_of(row), **how), Words(SOCIAL_BUSINESS, "en")))


def flat(profile: Row) -> Row:
    """A profile as a row of the table of profiles: dotted names, with gaps and without words."""
    row: Row = {"verdict": profile["verdict"]["status"]}
    for part in ("score", "index", "level"):
        row |= _fields(f"overall.{part}", profile["overall"][part], part)
    row |= _fields("counts", profile["counts"], "counts")
    unexcluded = profile["verdict"]["if_nothing_excluded"]
    row |= {
        "if_nothing_excluded.verdict": unexcluded["status"],
        "if_nothing_excluded.level": unexcluded["level"],
    }
    for lens in profile["lenses"]:
        row |= _fields(f"lenses.{lens['id']}", lens["score"], "score")
    row |= {f"{clause['function']}.clause": clause["status"] for clause in profile["verdict"]["clauses"]}
    gaps = {gap["capability"]: gap for gap in profile["gaps"]}
    for function in profile["functions"]:
        name = function["id"]
        for part in ("score", "level", "counts"):
            row |= _fields(f"{name}.{part}", function[part], part)
        for lens, cell in function["lenses"].items():
            row |= _fields(f"{name}.lenses.{lens}", cell, "score")
        for capability in function["capabilities"]:
            for part in ("score", "level"):
                row |= _fields(f"{capability['id']}.{part}", capability[part], part)
            gap = gaps.get(capability["id"], dict.fromkeys(("gap", "effort", "gain", "breaks_floor")))
            row |= _fields(f"{capability['id']}.gap", gap["gap"], "score")
            row |= {f"{capability['id']}.{field}": gap[field] for field in ("effort", "gain", "breaks_floor")}
    return row


FIELDS = {
    "score": ("value", "low", "high"),
    "index": ("value", "low", "high"),
    "level": ("low", "high"),
    "counts": ("answered", "dont_know", "unanswered", "not_applicable", "total"),
}


def _fields(node: str, values: Row | None, kind: str) -> Row:
    return {f"{node}.{field}": values and values[field] for field in FIELDS[kind]}
