"""The laws of several respondents: each holds for every valid questionnaire, policy and consensus."""

from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from scoring import Profile
from scoring.digests import answers_digest, result_digest
from scoring.respondents.consolidate import POLICIES
from tests.kit import profiles as reading
from tests.kit.derived import only
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels
from tests.kit.strategies import Answers, Case, build, cases, exclusions, option_answers
from tests.kit.variants import reordered, reweighted

UNKNOWN = {"dont_know", "unanswered"}


def extreme_option(question: Any, extreme: Any) -> str:  # noqa: ANN401 -- min or max
    option: str = extreme(question.options, key=lambda option: option.points).id
    return option


def filled(panel: Panel, choose: Any) -> Panel:  # noqa: ANN401 -- a function of a question
    """Everybody has answered: what was missing as chosen, and what nobody knows by a consensus."""
    for index, response in enumerate(panel.responses):
        missing = [q for q in panel.asked(index) if q.id not in response["answers"]]
        panel = panel.answered(index, {q.id: choose(q) for q in missing} | response["answers"])
    states = panel.score().questions
    unknown = [q for q in panel.form.questions if states[q.id].state in UNKNOWN]
    settled = {q.id: {"option": choose(q), "rationale": "Looked up."} for q in unknown}
    return replace(panel, consensus=panel.consensus | settled)


def everybody(panel: Panel, choose: Any) -> Panel:  # noqa: ANN401 -- a function of a question
    """Every question asked is answered as chosen, and nothing is settled; one more is asked everything."""
    for index in range(len(panel.responses)):
        panel = panel.answered(index, {q.id: choose(q) for q in panel.asked(index)})
    whole = {"answers": {q.id: choose(q) for q in panel.form.questions}}
    return replace(panel, responses=(*panel.responses, whole), consensus={})


def result_of(profile: Profile) -> str:
    return result_digest(profile, answers_digest(profile))


@law(Once(panels()))
def test_every_value_lies_between_its_bounds(panel: Panel) -> None:
    top = 1000 * panel.questionnaire.max_level
    profile = panel.score()
    questions = {name: q.score for name, q in profile.questions.items() if q.score is not None}
    for name, (value, low, high) in (reading.scores(profile) | questions).items():
        assert 0 <= low <= high <= top, name
        assert value is None or low <= value <= high, name
    for name, (low, high) in reading.levels(profile).items():
        assert low <= high, name


@law(st.data(), Once(panels()))
def test_raising_one_answer_never_lowers_anything(data: DataObject, panel: Panel) -> None:
    index = data.draw(st.integers(0, len(panel.responses) - 1))
    assume(asked := panel.asked(index))
    question = data.draw(st.sampled_from(asked))
    lower, higher = sorted(
        data.draw(st.lists(st.sampled_from(question.options), min_size=2, max_size=2)),
        key=lambda option: option.points,
    )
    rest = panel.responses[index]["answers"]
    before = panel.answered(index, rest | {question.id: lower.id}).score()
    after = panel.answered(index, rest | {question.id: higher.id}).score()
    assert reading.lowered(before, after) == []


@law(st.data(), Once(panels()))
def test_a_further_answer_never_widens_a_range(data: DataObject, panel: Panel) -> None:
    index = data.draw(st.integers(0, len(panel.responses) - 1))
    assume(asked := panel.asked(index))
    question = data.draw(st.sampled_from(asked))
    rest = {n: a for n, a in panel.responses[index]["answers"].items() if n != question.id}
    before = panel.answered(index, rest).score()
    answer = data.draw(st.sampled_from([*option_answers(question), "dont_know"]))
    after = panel.answered(index, rest | {question.id: answer}).score()
    assert reading.widened(before, after) == []


@law(st.data(), Once(panels()))
def test_the_order_of_respondents_changes_nothing(data: DataObject, panel: Panel) -> None:
    moved = replace(panel, responses=tuple(data.draw(st.permutations(panel.responses))))
    before, after = panel.score(), moved.score()
    assert result_of(after) == result_of(before)
    assert (after.spread, after.collaboration) == (before.spread, before.collaboration)
    assert after.self_rating == before.self_rating


@law(st.data(), Once(panels()))
def test_the_order_of_items_changes_no_number(data: DataObject, panel: Panel) -> None:
    before, after = panel.score(), panel.written(data.draw(reordered(panel.mapping))).score()
    assert reading.everything(after) == reading.everything(before)
    assert after.counts == before.counts
    assert before.spread
    assert after.spread
    assert set(after.spread.questions) == set(before.spread.questions)
    assert after.spread.alpha == before.spread.alpha
    assert set(after.collaboration.gaps) == set(before.collaboration.gaps)
    assert after.collaboration.apart == before.collaboration.apart


@law(st.data(), Once(panels()))
def test_multiplying_the_weights_of_all_siblings_changes_no_score_level_or_verdict(
    data: DataObject, panel: Panel
) -> None:
    heavier = panel.written(data.draw(reweighted(panel.mapping)))
    assert reading.everything(heavier.score()) == reading.everything(panel.score())


@law(Once(panels()))
def test_all_at_the_lowest_is_level_0_and_not_met(panel: Panel) -> None:
    profile = everybody(panel, lambda question: extreme_option(question, min)).score()
    assert set(reading.levels(profile).values()) <= {(0, 0)}
    assert set(reading.scores(profile).values()) <= {(0, 0, 0)}
    scored = [f for f in profile.functions if f.function.scored and f.function.counted]
    assert profile.verdict.status == ("not_met" if scored else "not_assessable")


@law(Once(panels()))
def test_all_at_the_highest_is_the_top_level_and_met(panel: Panel) -> None:
    profile = everybody(panel, lambda question: extreme_option(question, max)).score()
    top = panel.questionnaire.max_level
    assert set(reading.levels(profile).values()) <= {(top, top)}
    assert set(reading.scores(profile).values()) <= {(1000 * top,) * 3}
    scored = [f for f in profile.functions if f.function.scored and f.function.counted]
    assert profile.verdict.status == ("met" if scored else "not_assessable")
    assert profile.gaps == ()


@law(st.data(), Once(panels()))
def test_what_nobody_finds_applicable_counts_as_if_it_were_not_in_the_questionnaire(
    data: DataObject, panel: Panel
) -> None:
    allowed = [q for q in panel.form.questions if q.not_applicable and q.id not in panel.consensus]
    out = data.draw(st.lists(st.sampled_from(allowed), unique_by=lambda q: q.id)) if allowed else []
    for index, response in enumerate(panel.responses):
        excluded = {q.id: exclusions(q)[0] for q in out if q in panel.asked(index)}
        panel = panel.answered(index, response["answers"] | excluded)
    profile = panel.score()
    kept = {name for name, question in profile.questions.items() if question.state != "not_applicable"}
    case = Case(panel.mapping, panel.questionnaire, panel.tier, {}, panel.targets)
    mapping = only(case, kept)
    if mapping is None:
        assert not reading.scores(profile)
        return
    expected = reading.everything(_restricted(panel, mapping, kept).score())
    applicable = sum(f.function.scored and f.level is not None for f in profile.functions)
    if applicable < panel.questionnaire.definition.min_applicable:
        expected["clauses"]["verdict"] = "not_assessable"
    assert reading.everything(profile) == expected


def _restricted(panel: Panel, mapping: dict[str, Any], kept: set[str]) -> Panel:
    """The panel by a questionnaire of the kept questions only, asked what is left."""
    questionnaire = build(mapping)
    form = questionnaire.forms["full"]
    asked = [{q.id for q in panel.asked(index)} & kept for index in range(len(panel.responses))]
    # A role of its own for each respondent, asked exactly what is left.
    roles = [{"id": f"own{n}", "asked": sorted(ids)} for n, ids in enumerate(asked)]
    own = mapping | {"roles": roles}
    given = tuple(
        {"role": f"own{n}", "answers": {i: a for i, a in r["answers"].items() if i in kept}}
        for n, r in enumerate(panel.responses)
    )
    there = {*form.function_of, *form.capability_of}
    return Panel(
        own,
        build(own),
        "full",
        given,
        panel.policy,
        {name: settled for name, settled in panel.consensus.items() if name in kept},
        {name: level for name, level in panel.targets.items() if name in there},
    )


@law(Once(panels()))
def test_low_and_high_are_reached_when_the_rest_answers_with_the_extremes(panel: Panel) -> None:
    profile = panel.score()
    for extreme, bound in ((min, "low"), (max, "high")):
        reached = filled(panel, lambda q, extreme=extreme: extreme_option(q, extreme)).score()
        for name, score in reading.scores(profile).items():
            assert set(reading.scores(reached)[name]) == {getattr(score, bound)}, name
        for name, level in reading.levels(profile).items():
            assert set(reading.levels(reached)[name]) == {getattr(level, bound)}, name


@law(st.data(), Once(panels()))
def test_met_and_not_met_survive_whoever_answers_last(data: DataObject, panel: Panel) -> None:
    completed = filled(panel, lambda question: data.draw(st.sampled_from(question.options)).id).score()
    for name, status in reading.clauses(panel.score()).items():
        assert reading.clauses(completed)[name] == status or status == "undetermined", name


@law(Once(cases()), st.integers(1, 5), st.sampled_from(list(POLICIES)))
def test_so_many_identical_respondents_equal_one(case: Case, n: int, policy: Any) -> None:  # noqa: ANN401
    same = tuple({"answers": case.answers} for _ in range(n))
    several = Panel(case.mapping, case.questionnaire, case.tier, same, policy, {}, case.targets).score()
    one = case.score()
    assert reading.everything(several) == reading.everything(one)
    assert reading.gaps(several) == reading.gaps(one)
    assert (several.counts, several.verdict, several.to_answer) == (one.counts, one.verdict, one.to_answer)
    assert {n: (q.state, q.score) for n, q in several.questions.items()} == dict(one.questions.items())


@law(Once(panels()))
def test_no_gain_is_negative(panel: Panel) -> None:
    assert [gap for gap in panel.score().gaps if gap.gain < 0] == []


@law(Once(panels()))
def test_a_consensus_is_exact_whatever_the_answers_are(panel: Panel) -> None:
    profile = panel.score()
    for name, settled in panel.consensus.items():
        points = panel.form.question_of[name].points[settled["option"]]
        assert profile.questions[name] == ("answered", (points, points, points))


@law(Once(panels()))
def test_originals_stay_beside_a_consensus(panel: Panel) -> None:
    without = replace(panel, consensus={}).score()
    settled = panel.score()
    assert settled.spread == without.spread
    assert settled.collaboration == without.collaboration


@law(Once(panels()))
def test_the_lowest_policy_lies_below_the_others(panel: Panel) -> None:
    lowest = replace(panel, policy="lowest").score()
    for policy in ("median", "mean"):
        other = replace(panel, policy=policy).score()
        for name, question in lowest.questions.items():
            if question.score and question.score.value is not None:
                value = (other.questions[name].score or question.score).value
                assert question.score.value <= (value or 0), name


@law(Once(panels()))
def test_states_add_up_and_are_counted_apart(panel: Panel) -> None:
    profile = panel.score()
    assert profile.spread
    for question in profile.spread.questions:
        asked = [
            i for i in range(len(panel.responses)) if question.question in {q.id for q in panel.asked(i)}
        ]
        counts = (question.n, question.dont_know, question.not_applicable, question.unanswered)
        assert sum(count or 0 for count in counts) == len(asked)
        given = [panel.responses[i]["answers"].get(question.question) for i in asked]
        assert question.unanswered == given.count(None)
        assert question.dont_know == given.count("dont_know")


@law(Once(panels()), st.integers(1, 10))
def test_self_ratings_change_no_score(panel: Panel, rating: int) -> None:
    told = tuple(response | {"self_rating": rating} for response in panel.responses)
    rated = replace(panel, responses=told).score()
    assert reading.everything(rated) == reading.everything(panel.score())


@law(Once(panels()), st.integers(1, 10))
def test_how_important_it_is_changes_no_score_level_verdict_or_gap(panel: Panel, importance: int) -> None:
    asking = panel.written(panel.mapping | {"importance": {}})
    told = tuple(response | {"importance": importance} for response in panel.responses)
    untold = tuple({k: v for k, v in response.items() if k != "importance"} for response in panel.responses)
    rated, unrated = replace(asking, responses=told).score(), replace(asking, responses=untold).score()
    assert reading.everything(rated) == reading.everything(unrated)
    assert (rated.gaps, rated.spread, rated.self_rating) == (
        unrated.gaps,
        unrated.spread,
        unrated.self_rating,
    )
    assert (unrated.importance, rated.importance and rated.importance.value) == (None, importance)


@law(st.data(), Once(panels()))
def test_another_answer_of_anybody_gives_another_digest(data: DataObject, panel: Panel) -> None:
    index = data.draw(st.integers(0, len(panel.responses) - 1))
    assume(asked := panel.asked(index))
    question = data.draw(st.sampled_from(asked))
    rest: Answers = {n: a for n, a in panel.responses[index]["answers"].items() if n != question.id}
    given = [{}, {question.id: "dont_know"}, *({question.id: option.id} for option in question.options)]
    digests = {answers_digest(panel.answered(index, rest | answer).score()) for answer in given}
    assert len(digests) == len(given)


@law(Once(panels()))
def test_the_policy_is_part_of_the_result(panel: Panel) -> None:
    digests = {result_of(replace(panel, policy=policy).score()) for policy in POLICIES}
    assert len(digests) == len(POLICIES)
