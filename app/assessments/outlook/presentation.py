"""The history of a company as the API shows it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from scoring.arithmetic import POINTS_PER_LEVEL, Score
from scoring.comparison.document import show_difference
from scoring.comparison.parts import Node, score_change

Json = dict[str, Any]
RULES = ("questionnaire", "version", "tier", "scope")


def present_history(rows: Sequence[Any]) -> list[Json]:
    """Results from the newest to the oldest, each with what became of the figures since the one before."""
    return [_entry(row, before) for row, before in pairwise([*rows, None])]


def _entry(row: Any, before: Any) -> Json:  # noqa: ANN401 -- rows of the history
    is_alike = before is not None and before.questionnaire == row.questionnaire
    return {
        "number": row.number,
        "name": row.name,
        "created_at": row.created_at,
        "verdict": row.summary["verdict"],
        "overall": row.summary["overall"],
        "assessment": row.assessment_id,
        "assessment_name": row.assessment_name,
        "questionnaire": row.questionnaire,
        "version": row.version,
        "tier": row.tier,
        "change": _change(before, row) if is_alike else None,
    }


def _change(before: Any, row: Any) -> Json:  # noqa: ANN401 -- the same
    nodes = [_node(before.summary["overall"]), _node(row.summary["overall"])]
    return {
        "before": f"{before.assessment_id}/{before.number}",
        "overall": show_difference(score_change(nodes).change, POINTS_PER_LEVEL),
        "verdict": {"from": before.summary["verdict"], "to": row.summary["verdict"]},
        "same_rules": all(getattr(before, name) == getattr(row, name) for name in RULES),
    }


def _node(shown: Mapping[str, float | None] | None) -> Node:
    """The score that a summary shows in levels."""
    if shown is None:
        return Node(None, None)
    value, low, high = (
        None if part is None else round(part * POINTS_PER_LEVEL)
        for part in (shown["value"], shown["low"], shown["high"])
    )
    return Node(Score(value, low or 0, high or 0), None)
