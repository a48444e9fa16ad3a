"""The laws of one answer set (docs/method.md, Laws): each holds for every valid questionnaire."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from scoring.digests import answers_digest, result_digest
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from tests.kit import profiles as reading
from tests.kit.derived import only, with_option
from tests.kit.laws import Once, law
from tests.kit.strategies import (
    REASONS,
    Answers,
    Case,
    build,
    cases,
    complete_answers,
    option_answers,
    weights,
)
from tests.kit.variants import reordered, reweighted

UNKNOWN = {"dont_know", "unanswered"}


def a_question(case: Case) -> SearchStrategy[Any]:
    return st.sampled_from(case.form.questions)


def without(answers: Answers, *questions: str) -> Answers:
    return {name: answer for name, answer in answers.items() if name not in questions}


def unknown_questions(case: Case) -> list[Any]:
    states = case.score().questions
    return [question for question in case.form.questions if states[question.id].state in UNKNOWN]


def worth(case: Case, extreme: Any) -> Answers:  # noqa: ANN401 -- min or max
    """Every question answered by its option with the least or the greatest points."""
    return {q.id: extreme(q.options, key=lambda option: option.points).id for q in case.form.questions}


def result_digests(case: Case) -> tuple[str, str]:
    profile = case.score()
    answers = answers_digest(profile)
    return answers, result_digest(profile, answers)


@law(Once(cases()))
def test_every_value_lies_between_its_bounds(case: Case) -> None:
    top = 1000 * case.questionnaire.max_level
    for name, (value, low, high) in reading.scores(case.score()).items():
        assert 0 <= low <= high <= top, name
        assert value is None or low <= value <= high, name


@law(Once(cases()))
def test_every_level_lies_between_its_bounds(case: Case) -> None:
    for name, (low, high) in reading.levels(case.score()).items():
        assert 0 <= low <= high <= case.questionnaire.max_level, name


@law(st.data(), Once(cases()))
def test_with_nothing_unknown_value_and_bounds_are_equal(data: DataObject, case: Case) -> None:
    profile = case.answered(data.draw(complete_answers(case.form))).score()
    for name, (value, low, high) in reading.scores(profile).items():
        assert value == low == high, name
    for name, level in reading.levels(profile).items():
        assert level.low == level.high, name
    assert "undetermined" not in reading.clauses(profile).values()


@law(st.data(), Once(cases()))
def test_raising_one_answer_lowers_no_score_level_or_clause(data: DataObject, case: Case) -> None:
    question = data.draw(a_question(case))
    chosen = data.draw(st.lists(st.sampled_from(question.options), min_size=2, max_size=2))
    lesser, greater = sorted(chosen, key=lambda option: option.points)
    before = case.answered(case.answers | {question.id: lesser.id}).score()
    after = case.answered(case.answers | {question.id: greater.id}).score()
    assert reading.lowered(before, after) == []


@law(st.data(), Once(cases()))
def test_a_further_answer_never_widens_a_range(data: DataObject, case: Case) -> None:
    question = data.draw(a_question(case))
    missing = without(case.answers, question.id)
    unknown = missing | data.draw(st.sampled_from([{}, {question.id: "dont_know"}]))
    before = case.answered(unknown).score()
    after = case.answered(
        missing | {question.id: data.draw(st.sampled_from([*option_answers(question), "dont_know"]))}
    ).score()
    assert reading.widened(before, after) == []


@law(st.data(), Once(cases()))
def test_the_order_of_items_changes_no_number(data: DataObject, case: Case) -> None:
    moved = case.written(data.draw(reordered(case.mapping)))
    before, after = case.score(), moved.score()
    assert reading.everything(after) == reading.everything(before)
    assert reading.clauses(after) == reading.clauses(before)
    assert after.counts == before.counts
    assert after.verdict.if_nothing_excluded == before.verdict.if_nothing_excluded
    weighed = {f.function.id: f.next_level and f.next_level[:3] for f in before.functions}
    assert {f.function.id: f.next_level and f.next_level[:3] for f in after.functions} == weighed
    assert [urgency(gap) for gap in after.gaps] == [urgency(gap) for gap in before.gaps]


@law(st.data(), Once(cases()))
def test_the_order_of_answers_and_targets_changes_nothing(data: DataObject, case: Case) -> None:
    answers = dict(data.draw(st.permutations(list(case.answers.items()))))
    targets = dict(data.draw(st.permutations(list(case.targets.items()))))
    moved = Case(case.mapping, case.questionnaire, case.tier, answers, targets)
    assert reading.gaps(moved.score()) == reading.gaps(case.score())
    assert result_digests(moved) == result_digests(case)


@law(st.data(), Once(cases()))
def test_multiplying_the_weights_of_all_siblings_changes_no_score_level_or_verdict(
    data: DataObject, case: Case
) -> None:
    heavier = case.written(data.draw(reweighted(case.mapping)))
    assert reading.everything(heavier.score()) == reading.everything(case.score())
    assert reading.gaps(heavier.score()) == reading.gaps(case.score())


@law(st.data(), Once(cases()))
def test_the_weights_of_functions_play_no_part_in_the_verdict(data: DataObject, case: Case) -> None:
    functions = [function | {"weight": data.draw(weights())} for function in case.mapping["functions"]]
    reweighed = case.written(case.mapping | {"functions": functions})
    assert reweighed.score().verdict == case.score().verdict


@law(Once(cases()))
def test_all_answers_at_the_lowest_give_level_0_and_not_met(case: Case) -> None:
    profile = case.answered(worth(case, min)).score()
    assert set(reading.levels(profile).values()) <= {(0, 0)}
    assert set(reading.scores(profile).values()) <= {(0, 0, 0)}
    scored = [f for f in profile.functions if f.function.scored and f.function.counted]
    assert profile.verdict.status == ("not_met" if scored else "not_assessable")


@law(Once(cases()))
def test_all_answers_at_the_highest_give_the_top_level_and_met(case: Case) -> None:
    profile = case.answered(worth(case, max)).score()
    top = case.questionnaire.max_level
    assert set(reading.levels(profile).values()) <= {(top, top)}
    assert set(reading.scores(profile).values()) <= {(1000 * top,) * 3}
    scored = [f for f in profile.functions if f.function.scored and f.function.counted]
    assert profile.verdict.status == ("met" if scored else "not_assessable")
    assert profile.gaps == ()


def rewritten_without(case: Case, kept: set[str]) -> Case | None:
    """The case by a questionnaire that holds only the kept questions, with what it leaves of the targets."""
    mapping = only(case, kept)
    if mapping is None:
        return None
    questionnaire = build(mapping)
    form = questionnaire.forms["full"]
    answers = {name: answer for name, answer in case.answers.items() if name in kept}
    there = {*form.function_of, *form.capability_of}
    targets = {name: level for name, level in case.targets.items() if name in there}
    return Case(mapping, questionnaire, "full", answers, targets)


@law(st.data(), Once(cases()))
def test_a_question_that_is_not_applicable_counts_as_if_it_were_not_in_the_questionnaire(
    data: DataObject, case: Case
) -> None:
    allowed = [question.id for question in case.form.questions if question.not_applicable]
    more = data.draw(st.lists(st.sampled_from(allowed), unique=True)) if allowed else []
    reason = {"not_applicable": data.draw(st.sampled_from(REASONS))}
    excluding = case.answered(case.answers | dict.fromkeys(more, reason))
    profile = excluding.score()
    kept = {name for name, question in profile.questions.items() if question.state != "not_applicable"}
    smaller = rewritten_without(excluding, kept)
    if smaller is None:
        assert not reading.scores(profile)
        assert not reading.levels(profile)
        assert profile.verdict.status == "not_assessable"
        assert not profile.gaps
        assert not profile.to_answer
        return
    expected = reading.everything(smaller.score())
    applicable = sum(f.function.scored and f.level is not None for f in profile.functions)
    if applicable < case.questionnaire.definition.min_applicable:
        expected["clauses"]["verdict"] = "not_assessable"
    assert reading.everything(profile) == expected
    assert reading.gaps(profile) == reading.gaps(smaller.score())
    assert profile.to_answer == smaller.score().to_answer
    assert profile.counts[:3] == smaller.score().counts[:3]


@law(Once(cases()))
def test_a_tier_counts_as_if_it_were_the_whole_questionnaire(case: Case) -> None:
    smaller = rewritten_without(case, {question.id for question in case.form.questions})
    assert smaller is not None
    profile, expected = case.score(), smaller.score()
    assert reading.everything(profile) == reading.everything(expected)
    assert reading.gaps(profile) == reading.gaps(expected)
    assert profile.verdict == expected.verdict
    assert profile.counts == expected.counts


@law(Once(cases()))
def test_low_and_high_are_reached_by_filling_the_unknowns_with_their_extremes(case: Case) -> None:
    profile = case.score()
    missing = [question.id for question in unknown_questions(case)]
    for extreme, bound in ((min, "low"), (max, "high")):
        filled = {name: option for name, option in worth(case, extreme).items() if name in missing}
        reached = case.answered(case.answers | filled).score()
        for name, score in reading.scores(profile).items():
            assert set(reading.scores(reached)[name]) == {getattr(score, bound)}, name
        for name, level in reading.levels(profile).items():
            assert set(reading.levels(reached)[name]) == {getattr(level, bound)}, name


@law(st.data(), Once(cases()))
def test_met_and_not_met_survive_every_completion(data: DataObject, case: Case) -> None:
    missing = unknown_questions(case)
    completion = data.draw(st.fixed_dictionaries({q.id: st.sampled_from(option_answers(q)) for q in missing}))
    completed = reading.clauses(case.answered(case.answers | completion).score())
    for name, status in reading.clauses(case.score()).items():
        assert completed[name] == status or status == "undetermined", name


@law(Once(cases()))
def test_an_undetermined_clause_can_still_become_met_and_not_met(case: Case) -> None:
    missing = [question.id for question in unknown_questions(case)]
    undetermined = [
        name for name, status in reading.clauses(case.score()).items() if status == "undetermined"
    ]
    for extreme, status in ((min, "not_met"), (max, "met")):
        filled = {name: option for name, option in worth(case, extreme).items() if name in missing}
        completed = reading.clauses(case.answered(case.answers | filled).score())
        assert {completed[name] for name in undetermined} <= {status}


@law(Once(cases()))
def test_capabilities_known_to_lie_below_their_target_are_the_gaps(case: Case) -> None:
    profile = case.score()
    integrated = case.questionnaire.definition.level
    below = {}
    for function in profile.functions:
        own = case.targets.get(function.function.id, integrated if function.function.scored else None)
        for capability, rated in function.capabilities:
            target = case.targets.get(capability.id, own if capability.scored else None)
            known = rated is not None and rated.score.value is not None
            if (
                rated is not None
                and known
                and target is not None
                and 1000 * target > (rated.score.value or 0)
            ):
                below[capability.id] = target
    assert {gap.capability.id: gap.target for gap in profile.gaps} == below


@law(Once(cases()))
def test_capabilities_that_apply_and_are_not_known_at_all_are_to_be_answered(case: Case) -> None:
    profile = case.score()
    wanted = []
    for name, capability in case.form.capability_of.items():
        states = {profile.questions[question.id].state for question in capability.questions}
        if states & UNKNOWN and "answered" not in states:
            wanted.append(name)
    assert list(profile.to_answer) == wanted


@law(Once(cases()))
def test_no_gap_and_no_gain_is_negative(case: Case) -> None:
    for gap in case.score().gaps:
        assert gap.gain >= 0
        assert 0 <= gap.gap.low <= (gap.gap.value or 0) <= gap.gap.high
        assert gap.gap.value
        assert gap.effort >= 1


@law(st.data(), Once(cases()))
def test_gain_is_the_rise_of_the_low_overall_score_when_the_capability_alone_reaches_its_target(
    data: DataObject, case: Case
) -> None:
    profile = case.score()
    for gap in [data.draw(st.sampled_from(profile.gaps))] if profile.gaps else []:
        name = gap.capability.id
        option = {"id": "exactly-the-target", "points": 1000 * gap.target}
        states = {q.id: profile.questions[q.id].state for q in gap.capability.questions}
        raised = {q: option["id"] for q, state in states.items() if state != "not_applicable"}
        there = case.written(with_option(case.mapping, name, option))
        before, after = there.score(), there.answered(case.answers | raised).score()
        assert set(reading.scores(after)[name]) == {1000 * gap.target}
        lows = [p.overall.score.low if p.overall.score else 0 for p in (before, after)]
        assert gap.gain == lows[1] - lows[0]


def urgency(gap: Any) -> tuple[bool, Fraction]:  # noqa: ANN401 -- a gap
    return not gap.breaks_floor, -Fraction(gap.gain, gap.effort)


@law(Once(cases()))
def test_gaps_that_break_the_floor_come_first_then_more_gain_for_effort_then_questionnaire_order(
    case: Case,
) -> None:
    place = {name: n for n, name in enumerate(case.form.capability_of)}
    gaps = case.score().gaps
    for first, second in pairwise(gaps):
        assert (*urgency(first), place[first.capability.id]) < (*urgency(second), place[second.capability.id])


@law(Once(cases()))
def test_counts_add_up(case: Case) -> None:
    profile = case.score()
    for counts in (profile.counts, *(function.counts for function in profile.functions)):
        assert counts.answered + counts.dont_know + counts.unanswered + counts.not_applicable == counts.total
    summed = [sum(numbers) for numbers in zip(*(f.counts for f in profile.functions), strict=True)]
    assert list(profile.counts) == summed
    given = list(case.answers.values())
    assert profile.counts.total == len(case.form.questions)
    assert profile.counts.dont_know == given.count("dont_know")
    assert profile.counts.not_applicable == sum("not_applicable" in answer for answer in given)
    assert profile.counts.unanswered == len(case.form.questions) - len(given)


@law(Once(cases()))
def test_if_nothing_were_excluded_every_excluded_question_would_count_at_its_least(case: Case) -> None:
    profile = case.score()
    excluded = [name for name, question in profile.questions.items() if question.state == "not_applicable"]
    least = {name: option for name, option in worth(case, min).items() if name in excluded}
    expected = case.answered(case.answers | least).score()
    assert profile.verdict.if_nothing_excluded.status == expected.verdict.status
    assert profile.verdict.if_nothing_excluded.level == (
        expected.overall.level and expected.overall.level.low
    )


@law(Once(cases()))
def test_the_same_input_gives_the_same_result(case: Case) -> None:
    again = case.written(case.mapping)
    assert again.questionnaire.digest == case.questionnaire.digest
    assert again.score() == case.score()
    assert result_digests(again) == result_digests(case)


@law(Once(cases()))
def test_the_language_changes_no_digest(case: Case) -> None:
    texts = {"en": {"functions": {"f0": {"name": "Sales"}}}, "it": {"functions": {"f0": {"name": "Vendite"}}}}
    spoken = case.written(case.mapping | {"texts": texts})
    profile = spoken.score()
    english = present(profile, Words(spoken.questionnaire, "en"))
    italian = present(profile, Words(spoken.questionnaire, "it"))
    assert english["digests"] == italian["digests"]
    assert english["questionnaire"] == italian["questionnaire"]
    names = [{f["id"]: f["name"] for f in shown["functions"]} for shown in (english, italian)]
    assert all(name.get("f0") in {None, said} for name, said in zip(names, ("Sales", "Vendite"), strict=True))


@law(st.data(), Once(cases()))
def test_another_answer_gives_another_digest(data: DataObject, case: Case) -> None:
    question = data.draw(a_question(case))
    given = [{}, {question.id: "dont_know"}, *({question.id: option.id} for option in question.options)]
    if question.not_applicable:
        given += [{question.id: {"not_applicable": reason}} for reason in REASONS]
    rest = without(case.answers, question.id)
    digests = [result_digests(case.answered(rest | answer)) for answer in given]
    assert len(set(digests)) == len({answers for answers, _ in digests}) == len(given)


@law(st.data(), Once(cases()))
def test_comments_and_reasons_change_no_number(data: DataObject, case: Case) -> None:
    reasons = st.sampled_from([{"not_applicable": reason} for reason in REASONS])

    def told(answer: Any) -> Any:  # noqa: ANN401 -- an answer of any form
        if "not_applicable" in answer:
            return data.draw(reasons)
        return {"option": answer["option"] if isinstance(answer, dict) else answer, "comment": "told"}

    talkative = case.answered({name: told(answer) for name, answer in case.answers.items()})
    assert reading.everything(talkative.score()) == reading.everything(case.score())
    assert talkative.score().counts == case.score().counts
