"""The laws of a comparison: each holds for random pairs of profiles, whatever differs between them."""

from typing import Any

from scoring.comparison.parts import WordChange
from scoring.comparison.questions import ORDER, change_of
from scoring.comparison.replay import compare
from scoring.engine import rate
from tests.kit import profiles as reading
from tests.kit.comparisons import Pair, Pairs, check_states, nodes, score_changes
from tests.kit.laws import law

ALL = Pairs()
BOUNDS = ("value", "low", "high")


@law(ALL)
def test_the_parts_add_up_to_the_change_to_the_digit(pair: Pair) -> None:
    for name, change in score_changes(compare(pair.before, pair.after)).items():
        assert len(change.parts) == len(ORDER)
        for bound in BOUNDS:
            parts = [getattr(part, bound) for part in change.parts]
            if None not in parts:
                assert sum(parts) == getattr(change.change, bound), (name, bound)
                assert getattr(change.before, bound) + sum(parts) == getattr(change.after, bound)


@law(ALL)
def test_a_part_without_a_number_says_why_and_every_other_has_all_of_them(pair: Pair) -> None:
    for name, change in score_changes(compare(pair.before, pair.after)).items():
        for part in (change.change, *change.parts):
            assert (part.undefined is None) == (None not in part[:3]), name
            if part.undefined is not None:
                assert part.undefined != (None, None), name
                has_bounds = {*part.undefined} <= {None, "not_known"}
                assert has_bounds == (part.low is not None) == (part.high is not None), name
                assert part.value is None


@law(ALL)
def test_both_ends_are_the_two_profiles(pair: Pair) -> None:
    comparison = compare(pair.before, pair.after)
    for side, profile in (("before", pair.before), ("after", pair.after)):
        scores = {name: getattr(c, side) for name, c in score_changes(comparison).items() if name != "index"}
        expected = {name: score for name, score in reading.scores(profile).items() if name in scores}
        assert {name: score for name, score in scores.items() if score is not None} == expected
        levels = {name: getattr(node.level, side) for name, node in nodes(comparison).items()}
        assert {name: level for name, level in levels.items() if level is not None} == reading.levels(profile)
        clauses = {clause.function: getattr(clause.status, side) for clause in comparison.clauses}
        verdict = {"verdict": getattr(comparison.verdict, side)}
        shown = {name: status for name, status in clauses.items() if status is not None} | verdict
        assert shown == reading.clauses(profile)


@law(ALL)
def test_levels_and_statuses_go_from_part_to_part_without_a_leap(pair: Pair) -> None:
    comparison = compare(pair.before, pair.after)
    clauses = [clause.status for clause in comparison.clauses]
    levels = [node.level for node in nodes(comparison).values()]
    changes: list[WordChange[Any]] = [comparison.verdict, *clauses, *levels]
    for change in changes:
        ends = [change.before, *(turn.end for turn in change.parts)]
        assert [turn.start for turn in change.parts] == ends[:-1]
        assert ends[-1] == change.after


@law(ALL)
def test_a_part_that_names_no_question_changes_nothing(pair: Pair) -> None:
    comparison = compare(pair.before, pair.after)
    for place, part in enumerate(ORDER[:-1]):
        for pairing in comparison.questions[part]:
            before, after = pair.before.questions[pairing.before], pair.after.questions[pairing.after]
            assert change_of(before, after) == part
        if not comparison.questions[part]:
            for change in score_changes(comparison).values():
                assert not any(change.parts[place][:3])
            assert comparison.verdict.parts[place].start == comparison.verdict.parts[place].end


@law(ALL)
def test_with_the_same_rules_and_questions_nothing_is_left_to_them(pair: Pair) -> None:
    before, after = pair.before, pair.after
    how = [profile.consolidation and profile.consolidation.scope for profile in (before, after)]
    if before.form != after.form or how[0] != how[1]:
        return
    for change in score_changes(compare(before, after)).values():
        assert not any(change.parts[-1][:3])


@law(ALL)
def test_nothing_moves_between_a_profile_and_itself(pair: Pair) -> None:
    comparison = compare(pair.before, pair.before)
    assert not any(comparison.questions.values())
    for change in score_changes(comparison).values():
        assert all(not any(part[:3]) for part in (change.change, *change.parts))


@law(ALL)
def test_there_and_back_the_whole_change_is_the_opposite(pair: Pair) -> None:
    there = score_changes(compare(pair.before, pair.after))
    back = score_changes(compare(pair.after, pair.before))
    for name, change in there.items():
        opposite = [None if number is None else -number for number in change.change[:3]]
        assert list(back[name].change[:3]) == opposite, name


@law(ALL)
def test_a_profile_is_rated_as_a_state_of_the_replay_is(pair: Pair) -> None:
    profile = pair.before
    outcome = rate(profile.questionnaire, profile.form, profile.questions)
    assert outcome == (profile.functions, profile.overall, profile.lenses, profile.verdict)


@law(ALL)
def test_each_state_is_what_the_engine_alone_comes_to(pair: Pair) -> None:
    check_states(compare(pair.before, pair.after))
