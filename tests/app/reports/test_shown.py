"""What is asked and not counted is told in words, by role and by side; no chart and no mean has it."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.core.editions import Edition
from app.reports import parts
from app.reports.about import NOBODY, About
from app.reports.charts.perception import perception_chart
from app.reports.charts.spread import widest
from app.reports.content import report_content
from app.reports.page import profile_page
from app.reports.reading import Reading
from app.reports.shown import only_shown, sides_shown
from app.reports.summary import summarize
from scoring import Response
from scoring.engine import score_responses
from scoring.presentation.document import present
from scoring.respondents.consolidate import Consolidation
from tests.kit.folders import QUESTIONNAIRES, load

SHIPPED = load(QUESTIONNAIRES / "social-business" / "2.0.0")
EDITION = Edition(SHIPPED, released=True)
DATA, TREND, PEOPLE = "conduct.data", "collaboration.trend", "collaboration.people"
Said = dict[str, Any]


def read(
    said: Sequence[tuple[str, Said]], language: str = "en", about: About = NOBODY, *, anonymous: bool = False
) -> Reading:
    responses = [Response(role=role, answers=answers) for role, answers in said]
    profile = score_responses(SHIPPED, responses, consolidation=Consolidation(anonymous=anonymous))
    return Reading(present(profile, EDITION.words(language)), EDITION, language, about)


def told(reading: Reading, name: str) -> str:
    return next(one.said for one in only_shown(reading) if one.name == name)


APART: list[tuple[str, Said]] = [
    ("cmo", {DATA: "no", TREND: "improved", PEOPLE: "3"}),
    ("cio", {DATA: "yes", TREND: "worse", PEOPLE: "1"}),
]


@pytest.mark.parametrize(
    ("language", "by_role", "by_side"),
    [
        (
            "en",
            "Chief marketing officer: No. Chief information officer, Chief executive officer: Yes.",
            "Marketing: No. IT: Yes.",
        ),
        (
            "it",
            "Direzione marketing: No. Direzione sistemi informativi, Direzione generale: Sì.",
            "Marketing: No. IT: Sì.",
        ),
    ],
)
def test_who_said_what_is_told_in_words(language: str, by_role: str, by_side: str) -> None:
    reading = read([*APART, ("ceo", {DATA: "yes"})], language)
    name = reading.question_name(DATA)
    assert told(reading, name) == by_role
    assert dict(sides_shown(reading))[name] == by_side


def test_what_the_sides_alone_were_asked_is_told_once() -> None:
    reading, third = read(APART), read([*APART, ("ceo", {DATA: "yes"})])
    by_side = {name for name, _ in sides_shown(reading)}
    assert by_side == {reading.question_name(name) for name in (DATA, TREND)}
    assert by_side.isdisjoint(one.name for one in only_shown(reading))
    assert by_side & {one.name for one in only_shown(third)} == {reading.question_name(DATA)}


def test_neither_chart_nor_spread_has_what_has_no_levels() -> None:
    reading = read(APART)
    chart = perception_chart(reading)
    assert chart
    assert [" ".join(row.name) for row in chart.rows] == [reading.question_name(PEOPLE)]
    assert [question["id"] for question in widest(reading)] == [PEOPLE]
    assert [name for name, _ in sides_shown(reading)] == [reading.question_name(n) for n in (TREND, DATA)]
    # The document has them all by size, then in the questionnaire's order (§8).
    collaboration = reading.document["collaboration"]
    assert collaboration
    assert [gap["id"] for gap in collaboration["perception"]["questions"]] == [TREND, DATA, PEOPLE]


def test_page_and_paper_have_the_same_lists() -> None:
    reading = read(APART)
    page = profile_page(reading.document, EDITION, "en", About("Studio")).html
    sides = next(
        part for part in report_content(reading, About("Studio"), "a4")["parts"] if part["kind"] == "sides"
    )
    assert sides["shown"] == sides_shown(reading)
    for _, said in sides["shown"]:
        assert f"<dd>{said}</dd>" in page
    assert "5 levels" not in page


def test_a_role_of_several_is_quoted_only_where_all_must_have_said_it() -> None:
    yes, no = {DATA: "yes"}, {DATA: "no"}
    name = read([("cmo", yes)]).question_name(DATA)
    assert told(read([("cmo", yes), ("cmo", yes), ("ceo", no)]), name).count("Yes.") == 1
    assert "The answers differ." in told(read([("cmo", yes), ("cmo", no), ("ceo", no)]), name)
    both = dict(sides_shown(read([("cmo", yes), ("cmo", no), ("cio", no)])))[name]
    assert both == "Marketing: No (1), Yes (1). IT: No."


def test_of_anonymous_answers_nothing_is_told_that_is_not_in_the_document() -> None:
    four = [("cmo", {DATA: "yes"})] * 2 + [("cio", {DATA: "no"})] * 2
    hidden = read(four, anonymous=True)
    name = hidden.question_name(DATA)
    assert told(hidden, name) == "Not known."
    assert sides_shown(hidden) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "7 invited, 1 submitted; "), ("it", "invitate 7, con risposte inviate 1; ")],
)
def test_who_was_invited_is_told_beside_who_submitted(language: str, said: str) -> None:
    whole = {q.id: q.options[-1].id for q in SHIPPED.forms["full"].questions}
    lines = dict(parts.basis(read([("ceo", whole)], language, About("Studio", invited=7))))
    assert lines["People" if language == "en" else "Persone"].startswith(said)


def test_who_can_still_answer_is_told_beside_what_is_open() -> None:
    whole = {q.id: q.options[-1].id for q in SHIPPED.forms["full"].questions}
    left = {name: option for name, option in whole.items() if name != "internal.leaders"}
    said = summarize(read([("ceo", left), ("cmo", {})])).is_open
    assert said
    assert said.startswith("One question is open: ")
    assert said.endswith(" 2 of 2 people have not finished yet.")


@pytest.mark.parametrize(
    ("language", "is_open", "given"),
    [
        ("en", "The only person invited has not finished yet.", "nobody has submitted yet; none excluded"),
        ("it", "L’unica persona invitata non ha ancora finito.", "nessuno ha ancora inviato le risposte; "),
    ],
)
def test_one_person_alone_who_has_not_submitted_is_not_counted(
    language: str, is_open: str, given: str
) -> None:
    summary = summarize(read([("ceo", {"internal.leaders": "3"})], language))
    assert summary.is_open
    assert summary.is_open.endswith(is_open)
    assert any(fact.remark.startswith(given) for fact in summary.facts)


def test_a_level_that_answers_can_still_move_is_no_certain_sentence() -> None:
    low = {q.id: q.options[0].id for q in SHIPPED.forms["full"].questions}
    held = parts.held_back(read([("ceo", low), ("ceo", {})]))
    said = [hold.today for function in held for hold in function.holds]
    assert said
    assert all(today.endswith("(So far; answers are still missing.)") for today in said)
