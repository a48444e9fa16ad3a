"""Anonymous assessments show nothing about fewer than five people, nor anything it follows from."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from scoring import Consensus, Consolidation, Profile, Questionnaire, Response, score_responses
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from scoring.respondents.anonymity import may_show
from scoring.respondents.consolidate import POLICIES, Policy
from scoring.trace.method import trace
from tests.kit.effort import THOROUGH
from tests.kit.examples import written
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels

SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "1.0.0")
ANONYMOUS = Consolidation("mean", anonymous=True)

TWO_SIDES = Questionnaire.model_validate(
    written({"sales": "a", "together": "b"}, unscored="together")
    | {
        "roles": [
            {"id": "cmo", "side": "marketing", "asked": ["*"]},
            {"id": "seller", "side": "marketing", "asked": ["*"]},
            {"id": "cio", "side": "it", "asked": ["*"]},
            {"id": "ceo", "asked": ["*"]},
        ]
    }
)


def answering(questionnaire: Questionnaire, answers: dict[str, list[str]], **rest: Any) -> Profile:  # noqa: ANN401
    """An anonymous assessment: by role, what its members answer to every question."""
    form = questionnaire.forms["full"]
    responses = [
        Response(role=role, answers=dict.fromkeys(form.question_ids, option), **rest)
        for role, options in answers.items()
        for option in options
    ]
    return score_responses(questionnaire, responses, ANONYMOUS)


def parts_of_the_whole(profile: Profile, people: dict[str, int]) -> list[int]:
    """How many people each part is about that follows from the figures on the first question."""
    side_of = {role.id: role.side for role in profile.questionnaire.roles}
    assert profile.spread
    roles = {role.role for role in profile.spread.questions[0].by_role}
    sides = {side.id for side in profile.collaboration.sides if side.answers}
    left_of_whole, parts = Counter(people), [people[role] for role in roles]
    for side in sides:
        members = [role for role in people if side_of[role] == side]
        parts.append(sum(people[role] for role in members if role not in roles))
        for role in members:
            del left_of_whole[role]
    parts.append(sum(n for role, n in left_of_whole.items() if role not in roles))
    return parts


def shown(profile: Profile) -> dict[str, Any]:
    return dict(present(profile, Words(profile.questionnaire, None)))


@given(st.lists(st.integers(0, 12), max_size=6), st.integers(0, 12))
def test_what_is_hidden_is_nobody_or_at_least_five(sizes: list[int], others: int) -> None:
    visible = may_show(sizes, others)
    assert all(size >= 5 for size, is_shown in zip(sizes, visible, strict=True) if is_shown)
    hidden = others + sum(size for size, is_shown in zip(sizes, visible, strict=True) if not is_shown)
    assert hidden == 0 or hidden >= 5 or not any(visible)


@law(st.data(), Once(panels(least=5, most=9)))
@settings(max_examples=400 if THOROUGH else 40)
def test_what_fewer_than_five_people_answer_shows_nowhere(data: DataObject, panel: Panel) -> None:
    """Were their answers others, everything shown would be the same."""
    panel = replace(panel, anonymous=True)
    options = {question.id: list(question.points) for question in panel.form.questions}
    known: Counter[str] = Counter()
    for response in panel.responses:
        known.update(name for name, answer in response["answers"].items() if chosen(answer))
    changed = panel
    seen: set[str] = set()
    for index, response in enumerate(panel.responses):
        others = {}
        for name, answer in response["answers"].items():
            if chosen(answer) and known[name] < 5:
                # All but one of those who know may as well not know.
                unknown = ["dont_know"] if name in seen else []
                others[name] = data.draw(st.sampled_from([*options[name], *unknown]))
                seen.add(name)
        changed = changed.answered(index, response["answers"] | others)
    assert shown(changed.score()) == shown(panel.score())
    assert trace(changed.score()) == trace(panel.score())


def chosen(answer: Any) -> bool:  # noqa: ANN401 -- an answer of any form
    return answer != "dont_know" and "not_applicable" not in answer


@law(Once(panels(least=5, most=9)))
@settings(max_examples=400 if THOROUGH else 40)
def test_the_ranges_of_an_anonymous_assessment_hold_the_named_one(panel: Panel) -> None:
    named, anonymous = panel.score(), replace(panel, anonymous=True).score()
    for name, (_, question) in named.questions.items():
        other = anonymous.questions[name].score
        if question and other:
            assert other.low <= question.low <= question.high <= other.high


@pytest.mark.parametrize("policy", POLICIES)
def test_ranges_do_not_say_how_many_are_missing(policy: Policy) -> None:
    answers = {"sales.a": "3", "together.b": "2"}
    shown_with = [
        shown(
            score_responses(
                TWO_SIDES,
                [*[Response(role="ceo", answers=answers)] * 5, *[Response(role="ceo")] * missing],
                Consolidation(policy, anonymous=True),
            )
        )
        for missing in (1, 2, 4)
    ]
    assert shown_with[0] == shown_with[1] == shown_with[2]
    assert shown_with[0]["respondents"]["asked"] is None


@pytest.mark.parametrize(("dont_know", "excluded", "state"), [(5, 0, "dont_know"), (0, 5, "not_applicable")])
def test_five_who_know_nothing_are_shown(dont_know: int, excluded: int, state: str) -> None:
    assert unknowing(dont_know, excluded) == state


@pytest.mark.parametrize(("dont_know", "excluded"), [(1, 4), (4, 5), (5, 1), (4, 0), (0, 4)])
def test_fewer_than_five_who_know_nothing_are_not_shown(dont_know: int, excluded: int) -> None:
    assert unknowing(dont_know, excluded) == "unanswered"


def unknowing(dont_know: int, excluded: int) -> str:
    """The state of a question that so many do not know, and so many call not applicable."""
    said = [*["dont_know"] * dont_know, *[{"not_applicable": "other"}] * excluded]
    responses = [Response(answers={"sales.a": answer}) for answer in said]
    return score_responses(TWO_SIDES, responses, ANONYMOUS).questions["sales.a"].state


def test_five_answers_are_shown_and_four_are_not() -> None:
    five = answering(TWO_SIDES, {"ceo": ["1", "2", "3", "4", "5"]})
    four = answering(TWO_SIDES, {"ceo": ["1", "2", "3", "4"]})
    assert five.questions["sales.a"] == ("answered", (3000, 3000, 3000))
    assert four.questions["sales.a"] == ("unanswered", (None, 0, 5000))
    assert five.spread
    assert four.spread
    assert five.spread.questions[0][1:4] == (5, 1000, 5000)
    assert four.spread.questions[0][1:8] == (None, None, None, None, None, None, ())
    assert four.spread.questions[0].r_wg is None


def test_one_who_does_not_know_is_not_counted_and_does_not_follow() -> None:
    profile = answering(TWO_SIDES, {"ceo": ["3"] * 6, "cio": ["dont_know"]})
    assert profile.questions["sales.a"] == ("answered", (3000, 3000, 3000))
    assert profile.spread
    (sales, _) = profile.spread.questions
    assert (sales.n, sales.dont_know, sales.not_applicable, sales.unanswered) == (None,) * 4
    assert [(role.role, role.n) for role in sales.by_role] == [("ceo", None)]


@pytest.mark.parametrize(
    ("people", "roles"),
    [
        ({"cmo": 5, "cio": 5}, ["cmo", "cio"]),
        # Four would follow from the whole.
        ({"cmo": 5, "cio": 4}, []),
        ({"cmo": 5, "ceo": 1}, []),
        # Marketing's five are shown as a side; with the CEOs' seven, three would follow.
        ({"cmo": 5, "cio": 3, "ceo": 7}, ["cmo"]),
        # Beside the side's seven, the two sellers would follow from the five CMOs.
        ({"cmo": 5, "seller": 2, "cio": 5}, ["cio"]),
        ({"cmo": 6, "seller": 5, "cio": 5}, ["cmo", "seller", "cio"]),
    ],
)
def test_a_role_is_shown_from_five_up_unless_others_would_follow(
    people: dict[str, int], roles: list[str]
) -> None:
    profile = answering(TWO_SIDES, {role: ["3"] * n for role, n in people.items()})
    assert profile.spread
    by_role = profile.spread.questions[0].by_role
    assert [role.role for role in by_role] == roles


@pytest.mark.parametrize(
    ("people", "sides"),
    [
        ({"cmo": 5, "cio": 5}, [3000, 1000]),
        ({"cmo": 5, "cio": 4}, [None, None]),
        ({"cmo": 6, "cio": 5, "ceo": 1}, [3000, None]),
        ({"cmo": 6, "cio": 5, "ceo": 5}, [3000, 1000]),
        ({"cmo": 4, "seller": 1, "cio": 5}, [3000, 1000]),
    ],
)
def test_a_side_is_shown_from_five_up_unless_others_would_follow(
    people: dict[str, int], sides: list[int | None]
) -> None:
    said = {"cmo": "3", "seller": "3", "cio": "1", "ceo": "2"}
    answers = {role: [said[role]] * n for role, n in people.items()}
    profile = answering(TWO_SIDES, answers)
    found = [side.answers[0].points if side.answers else None for side in profile.collaboration.sides]
    assert found == sides
    assert bool(profile.collaboration.gaps) == (None not in sides)
    assert [side.score and side.score.value for side in profile.collaboration.sides] == sides


@given(st.dictionaries(st.sampled_from(["cmo", "seller", "cio", "ceo"]), st.integers(1, 8), min_size=1))
def test_nobody_follows_from_roles_sides_and_the_whole(people: dict[str, int]) -> None:
    profile = answering(TWO_SIDES, {role: ["3"] * n for role, n in people.items()})
    if sum(people.values()) >= 5:
        assert [part for part in parts_of_the_whole(profile, people) if 0 < part < 5] == []


def test_options_that_fewer_than_five_chose_are_not_counted() -> None:
    mixed = answering(TWO_SIDES, {"cmo": ["3"] * 5 + ["4"], "cio": ["1"] * 5})
    marketing, it = mixed.collaboration.sides
    assert marketing.answers[0].chosen is None
    assert it.answers[0].chosen == {"1": 5}


def test_self_ratings_are_shown_together_from_five_up() -> None:
    four = answering(TWO_SIDES, {"ceo": ["3"] * 4}, self_rating=6)
    five = answering(TWO_SIDES, {"ceo": ["3"] * 5}, self_rating=6)
    assert four.self_rating is None
    assert five.self_rating
    assert (five.self_rating.values, five.self_rating.value) == ((), 6)


def test_a_consensus_is_shown_because_it_is_nobodys_answer() -> None:
    settled = {"sales.presence": Consensus(option="3", rationale="Agreed.")}
    responses = [Response(answers={"sales.presence": "5"})]
    profile = score_responses(SOCIAL_BUSINESS, responses, ANONYMOUS._replace(consensus=settled))
    assert profile.questions["sales.presence"] == ("answered", (3000, 3000, 3000))


def test_comments_evidence_and_who_wrote_them_are_left_out() -> None:
    told = {"option": "5", "comment": "I wrote this.", "evidence": ["https://intranet.example/me"]}
    responses = [Response(role="ceo", answers={"sales.presence": told})] * 5
    document = shown(score_responses(SOCIAL_BUSINESS, responses, ANONYMOUS))
    assert "I wrote this." not in str(document)
    assert "intranet" not in str(document)
