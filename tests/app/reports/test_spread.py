"""The chart `spread` names every role beside its dot, however many there are and however long their names."""

from itertools import combinations
from typing import Any

import pytest

from app.core.editions import Edition
from app.reports.about import About
from app.reports.charts.spread import LABEL, PAPER, SCREEN, Columns, spread_chart
from app.reports.charts.text import width_of
from app.reports.reading import Reading
from scoring import Response
from scoring.engine import score_responses
from scoring.presentation.document import present
from tests.kit.folders import QUESTIONNAIRES, load

EDITION = Edition(load(QUESTIONNAIRES / "social-business" / "2.0.0"), released=True)


def reading(language: str) -> Reading:
    """Every role answers one question: one says 3, another 5, all others 4."""
    roles = [role.id for role in EDITION.questionnaire.roles]
    said: list[dict[str, Any]] = [{"internal.leaders": level} for level in ("3", "5")]
    said += [{"internal.leaders": "4"}] * (len(roles) - 2)
    responses = [
        Response(answers=answers, role=role, functions=("internal",))
        for role, answers in zip(roles, said, strict=True)
    ]
    profile = score_responses(EDITION.questionnaire, responses)
    return Reading(present(profile, EDITION.words(language)), EDITION, language, About("Studio"))


@pytest.mark.parametrize("columns", [SCREEN, PAPER])
@pytest.mark.parametrize("language", ["en", "it"])
def test_names_of_roles_stand_between_the_columns_and_apart(language: str, columns: Columns) -> None:
    told = reading(language)
    chart = spread_chart(told, columns)
    assert chart
    (row,) = chart.rows
    labels = [label for dot in row.dots for label in dot.labels]
    halves = {label: width_of(label.text, LABEL) / 2 for label in labels}
    for label in labels:
        assert columns.names < label.x - halves[label]
        assert label.x + halves[label] < columns.counts
        assert row.y - 13 - 16 * label.tier > row.top + LABEL
    for one, other in combinations(labels, 2):
        if one.tier == other.tier:
            assert abs(one.x - other.x) > halves[one] + halves[other]
    named = " ".join(label.text for dot in row.dots for label in reversed(dot.labels))
    for role in EDITION.questionnaire.roles:
        assert told.role_name(role.id) in named
