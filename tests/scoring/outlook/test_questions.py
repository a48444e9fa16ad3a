"""What to find out next, against every way in which the open questions can come out."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from scoring import Consolidation, Questionnaire, Response, score, score_responses
from scoring.outlook import next_questions
from tests.kit.effort import THOROUGH
from tests.kit.ways import Way, ways

SEEDS = range(20_000, 21_500 if THOROUGH else 20_600)
MOST_OPEN = 6


def half_open(seed: int) -> Way:
    """A small questionnaire of which every other question is open."""
    way = ways(seed)
    said = enumerate(way.answers.items(), seed)
    return way._replace(answers={name: a for n, (name, a) in said if n % 2 or isinstance(a, dict)})


def answered(way: Way, names: tuple[str, ...], *, best: bool) -> str:
    """The verdict if these questions come out at their greatest, or at their least."""
    top = 1000 * way.questionnaire.max_level
    said = dict.fromkeys(names, str(top if best else 0))
    return score(way.questionnaire, way.answers | said).verdict.status


def test_no_smaller_set_decides() -> None:
    seen = set()
    for seed in SEEDS:
        way = half_open(seed)
        profile = way.profile
        outlook = next_questions(profile)
        names = tuple(question.question for question in outlook.questions)
        if profile.verdict.status != "undetermined":
            assert outlook.deciding is None
            continue
        assert outlook.deciding is not None
        verdict, deciding = outlook.deciding
        seen.add((verdict, min(2, len(deciding))))
        assert answered(way, deciding, best=verdict == "met") == verdict
        assert {*deciding} == {*names[: len(deciding)]}
        if len(names) <= MOST_OPEN:
            for smaller in combinations(names, len(deciding) - 1):
                assert answered(way, smaller, best=True) != "met"
                assert answered(way, smaller, best=False) != "not_met"
    assert seen >= {("met", 1), ("not_met", 1), ("met", 2)}


def test_two_that_are_low_deny_what_three_that_are_high_would_give() -> None:
    questionnaire = Questionnaire.model_validate(
        {
            "id": "small",
            "version": "1.0.0",
            "level_rule": {"coverage_percent": 75, "max_shortfall": 5},
            "definition": {"min_applicable": 1},
            "functions": [{"id": "f", "capabilities": [{"id": name} for name in "abcd"]}],
        }
    )
    assert next_questions(score(questionnaire, {})).deciding == ("not_met", ("f.a", "f.b"))


def test_what_one_answer_settles_is_what_the_engine_says() -> None:
    for seed in SEEDS[::5]:
        way = half_open(seed)
        before = way.profile.overall.score
        for question in next_questions(way.profile).questions:
            for points, narrowed in (
                (0, question.if_least),
                (way.questionnaire.max_level, question.if_greatest),
            ):
                answers = way.answers | {question.question: str(1000 * points)}
                after = score(way.questionnaire, answers)
                now = after.overall.score
                if before and now:
                    assert narrowed == (now.low - before.low) + (before.high - now.high)
                clause = {c.function: c.status for c in after.verdict.clauses}
                status = clause.get(question.question.partition(".")[0])
                was = {c.function: c.status for c in way.profile.verdict.clauses}
                if (
                    was.get(question.question.partition(".")[0]) == "undetermined"
                    and status != "undetermined"
                ):
                    assert status in question.decides


def test_each_role_gets_the_questions_that_it_is_asked() -> None:
    questionnaire = Questionnaire.model_validate(
        {
            "id": "small",
            "version": "1.0.0",
            "definition": {"min_applicable": 1},
            "functions": [
                {"id": "f", "capabilities": [{"id": "a"}, {"id": "b", "weight": 3}]},
                {"id": "g", "capabilities": [{"id": "a"}]},
            ],
            "roles": [{"id": "cmo", "asked": ["f.*"]}, {"id": "cio", "asked": ["g.*", "f.b"]}],
        }
    )
    outlook = next_questions(score(questionnaire, {}))
    assert [q.question for q in outlook.questions] == ["f.a", "g.a", "f.b"]
    assert outlook.by_role == {"cmo": ("f.a", "f.b"), "cio": ("g.a", "f.b")}
    assert outlook.deciding is not None
    assert outlook.deciding.questions == ("f.a",)


PANEL = Questionnaire.model_validate(
    {
        "id": "small",
        "version": "1.0.0",
        "definition": {"min_applicable": 1},
        "functions": [
            {"id": "f", "capabilities": [{"id": "a"}, {"id": "b"}]},
            {"id": "g", "capabilities": [{"id": "a"}]},
        ],
        "roles": [
            {"id": "sales", "asked": ["f.*"]},
            {"id": "ceo", "asked": ["*"]},
            {"id": "consultant", "asked": ["*"]},
        ],
    }
)


def test_who_is_asked_everything_is_to_be_asked_only_where_nobody_else_is() -> None:
    assert next_questions(score(PANEL, {})).by_role == {"sales": ("f.a", "f.b"), "ceo": ("g.a",)}


def test_those_who_take_part_are_asked_before_others() -> None:
    def whom(*roles: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
        profile = score_responses(PANEL, [Response.model_validate({"answers": {}} | role) for role in roles])
        return next_questions(profile).by_role

    sales, consultant = {"role": "sales"}, {"role": "consultant"}
    assert whom(consultant) == {"consultant": ("f.a", "g.a", "f.b")}
    assert whom(sales, consultant) == {"sales": ("f.a", "f.b"), "consultant": ("g.a",)}
    # Nobody of them is asked the other function.
    assert whom(sales, {"functions": ["f"]}) == {"sales": ("f.a", "f.b"), "ceo": ("g.a",)}


def test_whom_to_ask_is_somebody_who_has_not_said_yet() -> None:
    def whom(*given: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
        profile = score_responses(PANEL, [Response.model_validate(each) for each in given])
        return next_questions(profile).by_role

    everything = {"f.a": "3", "f.b": "dont_know", "g.a": "2"}
    answered, silent = {"role": "ceo", "answers": everything}, {"role": "sales", "answers": {}}
    # The chief executive has answered all; what is open is for sales to say.
    assert whom(answered, silent) == {"sales": ("f.b", "f.a")}
    # Of two with one role one is silent; nobody is asked the other function.
    both = {"role": "sales", "answers": {"f.a": "1", "f.b": "1"}}
    assert whom(both, silent) == {"sales": ("f.a", "f.b"), "ceo": ("g.a",)}
    # Sales has answered, though the chief executive is asked everything.
    assert whom(both, {"role": "ceo", "answers": {"g.a": "3"}}) == {"ceo": ("f.a", "f.b")}


def test_where_all_have_said_that_they_do_not_know_a_role_that_nobody_has_is_asked() -> None:
    def whom(*given: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
        profile = score_responses(PANEL, [Response.model_validate(each) for each in given])
        return next_questions(profile).by_role

    ceo = {"role": "ceo", "answers": {"f.a": "3", "f.b": "dont_know", "g.a": "dont_know"}}
    # Nobody but who is asked everything could know the other function: it is for him to find out.
    assert whom(ceo) == {"sales": ("f.b",), "ceo": ("g.a",)}
    sales = {"role": "sales", "answers": {"f.a": "3", "f.b": "dont_know"}}
    assert whom(ceo, sales) == {"sales": ("f.b",), "ceo": ("g.a",)}


def test_who_takes_part_without_a_role_is_named_by_what_is_asked() -> None:
    def whom(*given: dict[str, Any], anonymous: bool = False) -> tuple[Any, Any]:
        how = Consolidation(anonymous=anonymous)
        found = next_questions(score_responses(PANEL, [Response.model_validate(each) for each in given], how))
        return found.by_role, found.by_functions

    sales, about_f = {"role": "sales", "answers": {}}, {"functions": ["f"], "answers": {"f.a": "1"}}
    # Who is asked about functions and has not answered yet comes before a role that nobody has.
    assert whom(about_f, {"role": "ceo"}) == ({"ceo": ("g.a", "f.a")}, {("f",): ("f.b",)})
    assert whom(sales, about_f) == ({"sales": ("f.b", "f.a"), "ceo": ("g.a",)}, {("f",): ("f.b",)})
    # All is asked of somebody with neither role nor functions, in the questionnaire's order of them.
    assert whom({}) == ({}, {("f", "g"): ("f.a", "g.a", "f.b")})
    assert whom({"functions": ["g", "f"]}, sales) == (
        {"sales": ("f.a", "f.b")},
        {("f", "g"): ("g.a",)},
    )
    # Nobody is shown of an anonymous assessment.
    assert whom(*[about_f] * 6, anonymous=True)[1] == {}
