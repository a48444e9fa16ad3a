import pytest

from scoring import Profile, score
from scoring.levels import Level
from scoring.method.verdict import clause_status
from scoring.presentation.notices import find_notices
from tests.kit.examples import questionnaire

EXCLUDED = {"not_applicable": "no_such_function"}


def statuses(profile: Profile) -> dict[str, str]:
    return {clause.function: clause.status for clause in profile.verdict.clauses}


@pytest.mark.parametrize(
    ("level", "status"),
    [
        (Level(4, 4), "met"),
        (Level(4, 5), "met"),
        (Level(5, 5), "met"),
        (Level(3, 4), "undetermined"),
        (Level(0, 5), "undetermined"),
        (Level(3, 3), "not_met"),
        (Level(0, 3), "not_met"),
        (None, "not_applicable"),
    ],
)
def test_a_clause_is_met_from_the_definitions_level_up(level: Level | None, status: str) -> None:
    assert clause_status(level, 4) == status


def test_every_scored_function_has_to_be_integrated() -> None:
    form = questionnaire({"sales": "a", "service": "a"})
    assert score(form, {"sales.a": "4", "service.a": "4"}).verdict.status == "met"
    profile = score(form, {"sales.a": "5", "service.a": "3"})
    assert profile.verdict.status == "not_met"
    assert statuses(profile) == {"sales": "met", "service": "not_met"}


def test_one_clause_not_met_decides_whatever_else_is_unknown() -> None:
    form = questionnaire({"sales": "a", "service": "a", "research": "a"})
    assert score(form, {"sales.a": "3"}).verdict.status == "not_met"
    assert score(form, {"sales.a": "4"}).verdict.status == "undetermined"
    assert score(form, {"sales.a": "4", "service.a": "5", "research.a": "4"}).verdict.status == "met"


def test_the_definition_says_which_level_is_integrated() -> None:
    form = questionnaire({"sales": "a"}, definition={"level": 3, "min_applicable": 1})
    assert score(form, {"sales.a": "3"}).verdict.status == "met"
    assert score(form, {"sales.a": "2"}).verdict.status == "not_met"


def test_unscored_functions_have_no_clause() -> None:
    form = questionnaire({"sales": "a", "aside": "a"}, unscored="aside")
    profile = score(form, {"sales.a": "4", "aside.a": "0"})
    assert statuses(profile) == {"sales": "met"}
    assert profile.verdict.status == "met"
    assert profile.verdict.blocking == ()


@pytest.mark.parametrize(("wanted", "status"), [(1, "not_met"), (2, "not_met"), (3, "not_assessable")])
def test_too_few_clauses_that_apply_give_no_verdict(wanted: int, status: str) -> None:
    form = questionnaire(
        {"sales": "a", "service": "a", "research": "a"}, definition={"level": 4, "min_applicable": wanted}
    )
    profile = score(form, {"sales.a": "4", "service.a": "1", "research.a": EXCLUDED})
    assert statuses(profile) == {"sales": "met", "service": "not_met", "research": "not_applicable"}
    assert profile.verdict.status == status


def test_nothing_applicable_is_never_a_pass() -> None:
    form = questionnaire({"sales": "a"}, definition={"level": 4, "min_applicable": 0})
    assert score(form, {"sales.a": EXCLUDED}).verdict.status == "not_assessable"


def test_a_tier_of_unscored_functions_alone_gives_no_verdict() -> None:
    form = questionnaire(
        {"sales": "a", "aside": "a"},
        unscored="aside",
        definition={"level": 4, "min_applicable": 0},
        tiers={"aside": {"questions": ["aside.a"]}},
    )
    profile = score(form, {"aside.a": "5"}, tier="aside")
    assert profile.verdict.status == "not_assessable"
    assert profile.verdict.clauses == ()
    assert profile.overall == (None, None)


def test_what_breaks_the_floor_blocks_alone() -> None:
    # Level 4 allows 3 at the least: b breaks that, c alone does not
    form = questionnaire({"sales": "a b c"})
    profile = score(form, {"sales.a": "5", "sales.b": "2", "sales.c": "3"})
    assert profile.verdict.blocking == (("sales", ("sales.b",)),)


def test_where_nothing_breaks_the_floor_all_below_the_level_block() -> None:
    # 2 of 4 at level 4 or above are too few
    form = questionnaire({"sales": "a b c d", "service": "a"})
    answers = {"sales.a": "5", "sales.b": "3", "sales.c": "3", "sales.d": "4", "service.a": "4"}
    assert score(form, answers).verdict.blocking == (("sales", ("sales.b", "sales.c")),)


def test_what_may_still_rise_does_not_block() -> None:
    # b is at most 5 while nothing is known of it; a denies the clause
    form = questionnaire({"sales": "a b"})
    assert score(form, {"sales.a": "1"}).verdict.blocking == (("sales", ("sales.a",)),)
    assert score(form, {"sales.b": "4"}).verdict.blocking == ()


def test_the_tiers_shortfall_decides_what_blocks() -> None:
    tiers = {"strict": {"questions": ["sales.a", "sales.b"], "level_rule": {"max_shortfall": 0}}}
    form = questionnaire({"sales": "a b"}, tiers=tiers)
    answers = {"sales.a": "2", "sales.b": "3"}
    assert score(form, answers).verdict.blocking == (("sales", ("sales.a",)),)
    assert score(form, answers, tier="strict").verdict.blocking == (("sales", ("sales.a", "sales.b")),)


def codes(profile: Profile) -> set[str]:
    return {notice.code for notice in find_notices(profile)}


def test_leaving_out_the_weak_part_is_told_apart_from_passing() -> None:
    form = questionnaire({"sales": "a b", "service": "a"})
    profile = score(form, {"sales.a": "4", "sales.b": EXCLUDED, "service.a": "5"})
    assert profile.verdict.status == "met"
    # with sales.b at 0 the floor allows level 1, which half of sales does not reach alone
    assert profile.verdict.if_nothing_excluded == ("not_met", 0)
    assert "not_applicable_decides" in codes(profile)


def test_without_exclusions_there_is_no_notice() -> None:
    form = questionnaire({"sales": "a b"})
    profile = score(form, {"sales.a": "4"})
    # b at its least: half of sales stands at 1
    assert profile.verdict.if_nothing_excluded == ("undetermined", 0)
    assert "not_applicable_decides" not in codes(profile)


def test_an_excluded_function_counts_as_absent_if_nothing_were_excluded() -> None:
    form = questionnaire({"sales": "a", "service": "a"}, definition={"level": 4, "min_applicable": 2})
    profile = score(form, {"sales.a": "4", "service.a": EXCLUDED})
    assert profile.verdict.status == "not_assessable"
    assert profile.verdict.if_nothing_excluded == ("not_met", 0)
