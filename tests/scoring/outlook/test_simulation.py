"""What if is what the changed request comes to by itself, to the byte, whatever is taken over for it."""

from dataclasses import replace
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import strategies as st

from scoring.comparison.document import present_comparison
from scoring.comparison.requests import Side, compared_from
from scoring.method.scheme import Scheme
from scoring.outlook.simulation import simulated
from scoring.presentation.document import present
from scoring.presentation.prepared import Prepared
from scoring.profile import Profile
from scoring.questionnaire.form import Form, Question
from scoring.questionnaire.words import Words
from scoring.request import read
from tests.kit.comparisons import check_states
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels, scoped_panels
from tests.kit.strategies import Case, cases, exclusions, option_answers

ANYTHING = Once(cases(), panels(), scoped_panels())
RANDOM = st.integers(0, 9999).map(Random)
SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "2.0.0")

Json = dict[str, Any]
Said = Case | Panel


def said_by(role: str, people: str, process: str) -> Json:
    """What somebody says about marketing and IT."""
    return {"role": role, "answers": {"collaboration.people": people, "collaboration.process": process}}


SIDES = [said_by("cmo", "4", "1"), said_by("cmo", "2", "1"), said_by("cio", "3", "0")]


def body_of(said: Said) -> Json:
    """The body of a request."""
    if isinstance(said, Panel):
        return said.body
    return {"tier": said.tier, "answers": said.answers, "targets": said.targets}


def changes(said: Said, random: Random) -> Json:
    """Some of the answers, and now and then targets, weights and the gate."""
    form, top = said.form, said.questionnaire.max_level
    share = random.choice([0.1, 0.1, 0.5, 1])
    found: Json = {"answers": {q.id: change(q, said, random) for q in asked(said) if random.random() < share}}
    nodes = [*form.function_of, *form.capability_of]
    if random.random() < 0.3:
        found["targets"] = {name: random.randint(0, top) for name in random.sample(nodes, 1)}
    if random.random() < 0.5:
        found["weights"] = {name: random.randint(1, 9) for name in nodes}
    if random.random() < 0.2:
        found["level_rule"] = {"coverage_percent": random.randint(1, 100)}
    return found


def asked(said: Said) -> list[Question]:
    form: Form = said.form
    inside = form.within(said.scope) if isinstance(said, Panel) else form.question_ids
    return [question for question in form.questions if question.id in inside]


def change(question: Question, said: Said, random: Random) -> object:
    if isinstance(said, Panel):
        return random.choice(question.options).id
    noted = {"option": question.options[0].id, "comment": "Tried."}
    return random.choice([None, "dont_know", noted, *option_answers(question), *exclusions(question)])


def shown(profile: Profile) -> bytes:
    return orjson.dumps(present(profile, Words(profile.questionnaire, None)))


def encoded(part: object) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(part))


@law(ANYTHING, RANDOM, st.booleans(), st.integers(0, 5))
def test_it_comes_to_the_score_of_the_changed_request(
    said: Said,
    random: Random,
    anonymous: bool,  # noqa: FBT001 -- drawn
    missing: int,
) -> None:
    if isinstance(said, Panel):
        said = replace(said, anonymous=anonymous)
    request, faults = read(body_of(said))
    before = Side(said.questionnaire, request, faults, missing)
    was = before.score()
    changed, scheme, found = simulated(said.questionnaire, request, changes(said, random))
    assert not found
    after = before._replace(request=changed, scheme=scheme)
    alone, beside = after.score(), after.score(was)
    assert beside == alone
    assert shown(beside) == shown(alone)
    words, prepared = Words(said.questionnaire, None), Prepared(encoded)
    for pair in ((was, was), (beside, beside), (was, beside)):
        compared = compared_from(before, after, *pair)
        plain = orjson.dumps(present_comparison(compared, words, words))
        assert orjson.dumps(present_comparison(compared, words, words, prepared)) == plain
    check_states(compared.whole)
    expected = present_comparison(compared_from(before, after, was, alone), words, words)
    assert plain == orjson.dumps(expected)


@pytest.mark.parametrize(
    ("changed", "scheme"),
    [
        ({}, Scheme({"collaboration.people": 50})),
        ({"consolidation": "lowest"}, None),
        ({"responses": [said_by("cmo", "0", "1"), *SIDES[1:]]}, None),
    ],
    ids=["weights", "policy", "answers"],
)
def test_the_sides_are_heard_anew_where_anything_but_a_consensus_differs(
    changed: Json, scheme: Scheme | None
) -> None:
    before = Side(SOCIAL_BUSINESS, read({"responses": SIDES})[0])
    was = before.score()
    after = before._replace(request=read({"responses": SIDES} | changed)[0], scheme=scheme)
    beside = after.score(was)
    assert beside == after.score()
    assert beside.collaboration != was.collaboration


def test_where_only_a_consensus_differs_the_sides_are_what_they_were() -> None:
    before = Side(SOCIAL_BUSINESS, read({"responses": SIDES})[0])
    consensus = {"collaboration.people": {"option": "5", "rationale": "Agreed."}}
    after = before._replace(request=read({"responses": SIDES, "consensus": consensus})[0])
    was = before.score()
    beside = after.score(was)
    assert beside == after.score()
    assert beside.collaboration is was.collaboration
    assert beside.questions != was.questions


def test_who_does_not_know_is_counted_where_nobody_had_answered() -> None:
    before = Side(SOCIAL_BUSINESS, read({"answers": {}})[0])
    after = before._replace(request=read({"answers": {"service.finding": "dont_know"}})[0])
    beside = after.score(before.score())
    assert beside == after.score()
    assert beside.counts.dont_know == 1


def test_of_what_stays_only_what_an_option_is_worth_is_kept_encoded() -> None:
    responses = [{"answers": {"service.finding": option}} for option in ("2", "3")]
    side = Side(SOCIAL_BUSINESS, read({"responses": responses, "consolidation": "mean"})[0])
    was, words = side.score(), Words(SOCIAL_BUSINESS, "en")
    kept: list[str] = []

    def keep(part: Any) -> object:  # noqa: ANN401 -- a part of a document
        kept.append(part["id"])
        return part

    present_comparison(compared_from(side, side, was, was), words, words, Prepared(keep))
    assert {*kept} == {*was.form.capability_of} - {"service.finding"}
