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

SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "1.1.0")
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


def changes(data: DataObject, panel: Panel) -> Panel:
    """The same panel, where fewer than five people say otherwise, more, or less, to some questions.

    They are questions that fewer than five people have answered, and still have.
    """
    known = Counter(
        name for response in panel.responses for name, said in response["answers"].items() if chosen(said)
    )
    few = {question.id: question for question in panel.form.questions if known[question.id] < 5}
    left = dict.fromkeys(few, 4)
    changed = panel
    for index, response in enumerate(panel.responses):
        answers = dict(response["answers"])
        for question in panel.asked(index):
            if question.id not in few:
                continue
            unknown: list[Any] = ["dont_know", None]
            if question.not_applicable:
                unknown.append({"not_applicable": "other"})
            options = list(question.points) if left[question.id] else []
            said: Any = data.draw(st.sampled_from([*options, *unknown]))
            if isinstance(said, str) and said != "dont_know":
                left[question.id] -= 1
                commented = {"option": said, "comment": "Mine.", "evidence": ["https://mine.example/"]}
                said = data.draw(st.sampled_from([said, commented]))
            answers.pop(question.id, None)
            if said is not None:
                answers[question.id] = said
        changed = changed.answered(index, answers)
    for rating in ("importance", "self_rating"):
        if sum(rating in response for response in panel.responses) < 5:
            changed = replace(
                changed,
                responses=tuple(
                    {name: part for name, part in response.items() if name != rating}
                    for response in changed.responses
                ),
            )
    return changed


@law(st.data(), Once(panels(least=1, most=9)))
@settings(max_examples=2000 if THOROUGH else 30)
def test_what_fewer_than_five_people_answer_shows_nowhere(data: DataObject, panel: Panel) -> None:
    """Were there other answers, more or fewer of them, every word and number would be the same."""
    panel = replace(panel, anonymous=True)
    changed = changes(data, panel)
    assert shown(changed.score()) == shown(panel.score())
    assert trace(changed.score()) == trace(panel.score())


@law(Once(panels(least=1, most=9)))
def test_nothing_of_an_anonymous_profile_is_computed_from_anything_else(panel: Panel) -> None:
    profile = replace(panel, anonymous=True).score()
    assert profile.respondents == ()
    assert {len(voices.known) for voices in profile.heard.values()} <= {0, *range(5, 10)}
    assert {
        answer and (answer.comment, answer.evidence) for v in profile.heard.values() for answer in v.answers
    } <= {
        None,
        (None, ()),
    }


def chosen(answer: Any) -> bool:  # noqa: ANN401 -- an answer of any form
    return answer != "dont_know" and "not_applicable" not in answer


@law(Once(panels(least=5, most=9)))
@settings(max_examples=400 if THOROUGH else 12)
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


@pytest.mark.parametrize(("dont_know", "excluded"), [(0, 0), (5, 0), (0, 5), (1, 4), (4, 0), (0, 1)])
def test_without_five_known_answers_a_question_is_open_whatever_stands_behind_it(
    dont_know: int, excluded: int
) -> None:
    said: list[dict[str, Any]] = [
        *[{"sales.a": "dont_know"}] * dont_know,
        *[{"sales.a": {"not_applicable": "other"}}] * excluded,
    ]
    responses = [Response(answers=answers) for answers in [*said, {}]]
    nobody = score_responses(TWO_SIDES, [Response()], ANONYMOUS)
    assert shown(score_responses(TWO_SIDES, responses, ANONYMOUS)) == shown(nobody)


def test_the_notice_names_open_questions_whether_anybody_answered_them_or_not() -> None:
    answers = {"sales.presence": "3"}
    five = [Response(answers=answers)] * 5
    one_more = [*five, Response(answers=answers | {"sales.enablement": "5"})]
    (alone,) = [
        notice
        for notice in shown(score_responses(SOCIAL_BUSINESS, one_more, ANONYMOUS))["notices"]
        if notice["code"] == "too_few_to_show"
    ]
    assert len(alone["concerns"]) == len(SOCIAL_BUSINESS.forms["full"].questions) - 1
    assert "sales.presence" not in alone["concerns"]


@pytest.mark.parametrize(
    ("done", "open_", "missing", "expected"),
    [
        (5, 0, 0, 5),
        (5, 0, 1, None),
        (5, 0, 4, None),
        (5, 0, 5, 5),
        (5, 1, 0, None),
        (5, 2, 3, 5),
        (4, 0, 0, None),
        (0, 0, 0, None),
    ],
)
def test_how_many_handed_in_is_said_where_nobody_or_five_are_missing(
    done: int, open_: int, missing: int, expected: int | None
) -> None:
    answers = {"sales.a": "3", "together.b": "3"}
    people = [Response(answers=answers, submitted=True)] * done + [Response(submitted=False)] * open_
    profile = score_responses(TWO_SIDES, people or [Response()], ANONYMOUS._replace(missing=missing))
    respondents = shown(profile)["respondents"]
    assert (respondents["asked"], respondents["submitted"]) == (None, expected)


def test_nobody_is_counted_where_it_was_not_said_who_has_handed_in() -> None:
    profile = answering(TWO_SIDES, {"ceo": ["3"] * 5})
    assert shown(profile)["respondents"]["submitted"] is None


def test_five_answers_are_shown_and_four_are_not() -> None:
    five = answering(TWO_SIDES, {"ceo": ["1", "2", "3", "4", "5"]})
    four = answering(TWO_SIDES, {"ceo": ["1", "2", "3", "4"]})
    assert five.questions["sales.a"] == ("answered", (3000, 3000, 3000))
    assert four.questions["sales.a"] == ("unanswered", (None, 0, 5000))
    assert five.spread
    assert four.spread
    assert five.spread.questions[0][1:4] == (None, 1000, 5000)
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
    assert (marketing.n, it.n, it.answers[0].n) == (None, None, None)


@pytest.mark.parametrize(("others", "missing"), [(1, 0), (0, 1)])
def test_options_are_not_counted_where_it_would_say_whose_answer_is_missing(
    others: int, missing: int
) -> None:
    said = dict.fromkeys(TWO_SIDES.forms["full"].question_ids, "1")
    people = [Response(role="cio", answers=said)] * 5 + [Response(role="cio", answers={})] * others
    profile = score_responses(TWO_SIDES, people, ANONYMOUS._replace(missing=missing))
    assert [side.answers[0].chosen for side in profile.collaboration.sides if side.answers] == [None]


def test_self_ratings_are_shown_together_from_five_up() -> None:
    four = answering(TWO_SIDES, {"ceo": ["3"] * 4}, self_rating=6)
    five = answering(TWO_SIDES, {"ceo": ["3"] * 5}, self_rating=6)
    assert four.self_rating is None
    assert five.self_rating
    assert (five.self_rating.values, five.self_rating.value) == ((), 6)


def test_importance_is_shown_from_five_up_whatever_else_they_rated() -> None:
    asking = Questionnaire.model_validate(written({"sales": "a"}) | {"importance": {}})
    rated = [{"importance": 8}] * 4 + [{"self_rating": 3}]
    for more, shown in (({}, None), ({"importance": 2}, ((), 8))):
        said = [{"answers": {"sales.a": "1"}} | own for own in (*rated, more)]
        responses = [Response.model_validate(one) for one in said]
        profile = score_responses(asking, responses, ANONYMOUS)
        assert (profile.importance and profile.importance[:2], profile.self_rating) == (shown, None)


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
