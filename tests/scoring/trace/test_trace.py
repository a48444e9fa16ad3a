"""A client that knows the rules in `scoring/trace.py` only, and checks every number of a profile by them."""

import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import strategies as st

from app.scores.example import REQUEST, RESPONSES
from scoring import Consensus, Consolidation, Profile, Response, score, score_responses
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from scoring.request import read, score_request
from scoring.trace.method import trace
from scoring.trace.steps import Step
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels, scoped_panels
from tests.kit.strategies import Case, cases

Inputs = list[dict[str, Any]]


def half_up(numerator: int, denominator: int) -> int:
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def points(inputs: Inputs) -> list[Any]:
    return [part["points"] for part in inputs]


def median(inputs: Inputs) -> int:
    ordered = sorted(points(inputs))
    middle = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return half_up(sum(middle), 2)


def mean(inputs: Inputs) -> int:
    return half_up(sum(points(inputs)), len(inputs))


def state(inputs: Inputs) -> str:
    states = [part["state"] for part in inputs]
    in_order = ("answered", "unanswered", "dont_know", "not_applicable")
    return next((found for found in in_order if found in states), "unanswered")


def r_wg(inputs: Inputs, options: list[int], raters: int) -> int | None:
    if len(inputs) < raters:
        return None
    ratio = Fraction(statistics.variance(map(Fraction, points(inputs)))) / statistics.pvariance(
        map(Fraction, options)
    )
    agreed = max(Fraction(0), 1 - ratio) * 1000
    return half_up(agreed.numerator, agreed.denominator)


def alpha(inputs: Inputs) -> int | None:
    """From the coincidences of pairs within units, and of all pairs."""
    values = [value for part in inputs for value in part["points"]]
    if len(set(values)) < 2:
        return None
    counts = Counter(values)

    def apart(a: int, b: int) -> Fraction:
        low, high = sorted((a, b))
        between = sum(n for value, n in counts.items() if low <= value <= high)
        return (between - Fraction(counts[a] + counts[b], 2)) ** 2 if a != b else Fraction(0)

    observed = sum(
        apart(a, b) / (len(part["points"]) - 1) for part in inputs for a, b in permutations(part["points"], 2)
    )
    expected = Fraction(sum(apart(a, b) for a, b in permutations(values, 2)), len(values) - 1)
    agreed = 1000 * (1 - Fraction(observed) / expected)
    return half_up(agreed.numerator, agreed.denominator)


def weighted_mean(inputs: Inputs) -> int | None:
    known = [part for part in inputs if part["points"] is not None]
    weights = sum(part["weight"] for part in known)
    return half_up(sum(part["weight"] * part["points"] for part in known), weights) if weights else None


def gate(inputs: Inputs, coverage_percent: int, max_shortfall: int, max_level: int) -> int:
    weights = sum(part["weight"] for part in inputs)
    return max(
        level
        for level in range(max_level + 1)
        if 100 * weight_reached(inputs, level) >= coverage_percent * weights
        and all(part["level"] >= level - max_shortfall for part in inputs)
    )


def weight_reached(inputs: Inputs, level: int) -> int:
    weights: list[int] = [part["weight"] for part in inputs if part["level"] >= level]
    return sum(weights)


def share(inputs: Inputs, coverage_percent: int) -> int:
    weights: int = sum(part["weight"] for part in inputs)
    return -(-coverage_percent * weights // 100)


def whole_levels(inputs: Inputs) -> int | None:
    (part,) = inputs
    return None if part["points"] is None else part["points"] // 1000


def index(inputs: Inputs, max_level: int) -> int | None:
    (part,) = inputs
    return None if part["points"] is None else half_up(part["points"], max_level)


def difference(inputs: Inputs, least: int) -> int | None:
    first, second = (part["points"] for part in inputs)
    return None if first is None or second is None else max(least, first - second)


def minus(inputs: Inputs) -> int | None:
    first, second = points(inputs)
    return None if first is None or second is None else first - second


def count(inputs: Inputs, state: str | None = None, option: str | None = None) -> int:
    return sum(
        (state is None or part["state"] == state) and (option is None or part["option"] == option)
        for part in inputs
    )


def least(inputs: Inputs) -> int | None:
    return min(points(inputs), default=None)


def greatest(inputs: Inputs) -> int | None:
    return max(points(inputs), default=None)


def equivalent(inputs: Inputs, max_level: int) -> int | None:
    points = inputs[0]["points"] if inputs else None
    return None if points is None else 1000 + half_up(9 * points, max_level)


def clause(inputs: Inputs, level: int) -> str:
    if not inputs:
        return "not_applicable"
    if inputs[0]["low"] >= level:
        return "met"
    return "not_met" if inputs[0]["high"] < level else "undetermined"


def verdict(inputs: Inputs, min_applicable: int, level: int | None = None) -> str:
    """Over statuses; where levels are given, over the clauses of those."""
    statuses = [part["status"] if level is None else clause([part], level) for part in inputs]
    applicable = [status for status in statuses if status != "not_applicable"]
    if len(applicable) < max(1, min_applicable):
        return "not_assessable"
    return next((s for s in ("not_met", "undetermined") if s in applicable), "met")


def below_floor(inputs: Inputs, floor: int) -> bool:
    return any(part["level"] < floor for part in inputs)


def chosen(inputs: Inputs) -> int:
    (part,) = inputs
    points: int = part["points"]
    return points


def constant(inputs: Inputs) -> int:
    (part,) = inputs
    value: int = part["level"] if "level" in part else part["points"]
    return value


RULES: dict[str, Callable[..., int | str | bool | None]] = {
    "answer": chosen,
    "median": median,
    "mean": mean,
    "lowest": least,
    "consensus": lambda inputs, rationale: chosen(inputs) if rationale else None,
    "state": state,
    "out_of_scope": lambda inputs: "not_applicable" if not inputs else None,
    "consensus_state": lambda inputs: "answered" if inputs else "unanswered",
    "r_wg": r_wg,
    "alpha": alpha,
    "minus": minus,
    "percent": lambda inputs: half_up(100 * points(inputs)[0], points(inputs)[1]),
    "asked": lambda inputs: sum(part["asked"] > 0 for part in inputs),
    "submitted": lambda inputs: sum(part["submitted"] and part["asked"] > 0 for part in inputs),
    "answering": lambda inputs: sum(part["answered"] > 0 for part in inputs),
    "least": least,
    "greatest": greatest,
    "unknown": lambda inputs: None,  # noqa: ARG005 -- rules are called alike
    "weighted_mean": weighted_mean,
    "whole_levels": whole_levels,
    "gate": gate,
    "least_level": lambda inputs: min(part["level"] for part in inputs),
    "share": share,
    "weight_reached": weight_reached,
    "index": index,
    "count": count,
    "difference": difference,
    "effort": lambda inputs: sum(part["effort"] for part in inputs),
    "constant": constant,
    "clause": clause,
    "verdict": verdict,
    "below_floor": below_floor,
    "equivalent": equivalent,
}


def recompute(step: Step) -> int | str | bool | None:
    return RULES[step["rule"]](list(step["inputs"]), **step["parameters"])


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 -- any JSON value
    """Every number, flag and status of a profile by its JSON pointer; nulls too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{pointer}/{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{number}")
    else:
        yield pointer, value


SPREAD = {"min", "max", "mean", "r_wg", "alpha"}
SCORES = ("value", "low", "high")
RATINGS = ("importance", "self_rating")


def unit(pointer: str) -> int:
    """By what a step's whole result is divided to be shown at the pointer."""
    steps = pointer.split("/")
    if "index" in steps:
        return 10
    if "perception" in steps or (steps[1] == "respondents" and steps[-1] in SPREAD):
        return 1000
    if pointer in {"/importance/value", "/self_rating/value"}:
        return 1
    in_points = "level" not in steps and (steps[-1] in SCORES or steps[-1] in {"gain", "points"})
    return 1000 if in_points or steps[1] in RATINGS else 1


def explained(document: dict[str, Any]) -> dict[str, Any]:
    """The numbers that have to be explained: all but what the caller or a study said, and blocks repeated."""
    parts = {key: document[key] for key in ("verdict", "overall", "counts", "functions", "lenses", "gaps")}
    for name in RATINGS:
        if (rating := document.get(name)) is not None:
            parts[name] = {k: rating[k] for k in ("value", "scored_equivalent", "difference")}
    if document["collaboration"] is not None:
        parts["collaboration"] = {k: document["collaboration"][k] for k in ("sides", "perception")}
        parts["collaboration"]["study"] = [
            {"company": figure["company"]} for figure in document["collaboration"]["study"]
        ]
    if document["respondents"] is not None:
        parts["respondents"] = document["respondents"]
    numbers = {p: v for p, v in leaves(parts) if isinstance(v, int | float) and not isinstance(v, bool)}
    statuses = {p: v for p, v in leaves(parts["verdict"], "/verdict") if p.endswith("/status")}
    floors = {p: v for p, v in leaves(parts) if p.endswith("/breaks_floor")}
    states = {p: v for p, v in leaves(parts) if p.endswith("/state") and document["respondents"]}
    return numbers | statuses | floors | states


EXAMPLE = load(QUESTIONNAIRES / "social-business" / "2.0.0")


def of_example() -> Profile:
    targets, rating = REQUEST["targets"], REQUEST["self_rating"]
    return score(EXAMPLE, REQUEST["answers"], targets=targets, self_rating=rating)


def of_case(case: Case, rating: int | None) -> Profile:
    return score(case.questionnaire, case.answers, tier=case.tier, targets=case.targets, self_rating=rating)


def documented(profile: Profile) -> dict[str, Any]:
    languages = profile.questionnaire.languages
    return dict(present(profile, Words(profile.questionnaire, languages[0] if languages else None)))


def check_recomputed(profile: Profile) -> None:
    for step in trace(profile):
        assert recompute(step) == step["result"], step


def check_explained_once(profile: Profile) -> None:
    document, steps = documented(profile), trace(profile)
    times = Counter(step["number"] for step in steps)
    assert [number for number, count in times.items() if count > 1] == []
    for pointer in explained(document):
        assert pointer in times, f"{pointer} is not explained"
    at = dict(leaves(document))
    for step in steps:
        if step["number"].startswith("/"):
            assert step["number"] in at, f"{step['number']} is no number of the profile"
            result, shown = step["result"], at[step["number"]]
            if isinstance(result, int) and not isinstance(result, bool):
                assert result / unit(step["number"]) == shown, step
            else:
                assert result == shown, step


def places(profile: Profile) -> dict[str, str]:
    """Where functions, capabilities, and (behind a `?`) questions stand in the profile."""
    found = {}
    for i, function in enumerate(profile.functions):
        found[function.function.id] = f"/functions/{i}"
        for j, (capability, _) in enumerate(function.capabilities):
            found[capability.id] = f"/functions/{i}/capabilities/{j}"
            for k, question in enumerate(capability.questions):
                found[f"?{question.id}"] = f"{found[capability.id]}/questions/{k}/points"
    return found


def source(step: Step, name: str, profile: Profile, result: dict[str, Any]) -> str | None:
    """The number that an input with this id has to be; `None` where the rule takes no such input."""
    place = places(profile)
    head, _, end = step["number"].rpartition("/")
    if step["rule"] in {"gate", "least_level"} and end in {"low", "high"}:
        return f"{place[name]}/level/{end}"
    if step["rule"] != "weighted_mean":
        return None
    if "/capabilities/" in head:
        question, between = place[f"?{name}"], f"~{name}/{end}"
        return between if end != "value" and between in result else question
    if head.startswith("/collaboration/sides/"):
        own = f"~sides/{head.split('/')[3]}/{name}/score/{end}"
        return own if own in result else f"{place[name]}/score/{end}"
    if head.startswith("/lenses/"):
        return f"{place[name]}/lenses/{list(profile.lenses)[int(head.split('/')[2])]}/{end}"
    return f"{place[name]}/score/{end}"


def check_chained(profile: Profile) -> None:
    """Inputs with the id of something that has a number of its own are that number."""
    steps = [step for step in trace(profile) if not step["number"].startswith("~")]
    result = {step["number"]: step["result"] for step in trace(profile)}
    for step in steps:
        for part in step["inputs"]:
            number = source(step, part["id"], profile, result) if "id" in part else None
            if number is not None:
                assert (part["points"] if "points" in part else part["level"]) == result[number], step
    for end in SCORES:
        indexed = [step["inputs"] for step in steps if step["number"] == f"/overall/index/{end}"]
        assert indexed in ([], [[{"points": result.get(f"/overall/score/{end}")}]])


CHECKS = [check_recomputed, check_explained_once, check_chained]


@pytest.mark.parametrize("check", CHECKS)
def test_the_trace_of_the_example_explains_every_number(check: Callable[[Profile], None]) -> None:
    check(of_example())


@law(Once(cases()), st.none() | st.integers(1, 10))
def test_every_step_can_be_recomputed_from_itself(case: Case, rating: int | None) -> None:
    check_recomputed(of_case(case, rating))


@law(Once(cases()), st.none() | st.integers(1, 10))
def test_every_number_of_a_profile_has_one_step_that_gives_it(case: Case, rating: int | None) -> None:
    check_explained_once(of_case(case, rating))


@law(Once(panels(), scoped_panels()))
def test_every_step_from_several_respondents_can_be_recomputed_from_itself(panel: Panel) -> None:
    check_recomputed(panel.score())


@law(Once(panels(), scoped_panels()))
def test_every_number_from_several_respondents_has_one_step_that_gives_it(panel: Panel) -> None:
    check_explained_once(panel.score())


@law(Once(panels(), scoped_panels()))
def test_what_goes_into_a_step_from_several_respondents_came_out_of_another(panel: Panel) -> None:
    check_chained(panel.score())


def test_the_companys_share_beside_the_study_is_explained() -> None:
    check_explained_once(score_request(EXAMPLE, *read(RESPONSES)))
    check_recomputed(score_request(EXAMPLE, *read(RESPONSES)))


def test_a_consensus_is_traced_with_its_rationale() -> None:
    responses = [Response(answers={"sales.presence": "1"}), Response(answers={"sales.presence": "5"})]
    settled = {"sales.presence": Consensus(option="3", rationale="Half of the profiles follow it.")}
    profile = score_responses(EXAMPLE, responses, Consolidation(consensus=settled))
    (step,) = [step for step in trace(profile) if step["rule"] == "consensus"]
    assert step["parameters"] == {"rationale": "Half of the profiles follow it."}
    assert step["result"] == 3000


def test_whose_answers_were_consolidated_is_traced() -> None:
    responses = [
        Response(role="ceo", answers={"sales.presence": "1"}),
        Response(role="head_of_sales", answers={"sales.presence": "4"}),
        Response(role="consultant"),
    ]
    steps = trace(score_responses(EXAMPLE, responses, Consolidation("mean")))
    inputs = {step["number"]: step["inputs"] for step in steps}
    value = [
        {"role": "ceo", "option": "1", "points": 1000},
        {"role": "head_of_sales", "option": "4", "points": 4000},
    ]
    assert inputs["/functions/1/capabilities/0/questions/0/points"] == value
    assert inputs["~sales.presence/low"] == [*value, {"role": "consultant", "option": None, "points": 0}]
    assert inputs["~sales.presence/high"] == [*value, {"role": "consultant", "option": None, "points": 5000}]


@law(Once(panels()))
def test_the_trace_of_an_anonymous_assessment_names_nobody(panel: Panel) -> None:
    steps = trace(replace(panel, anonymous=True).score())
    assert [step for step in steps for part in step["inputs"] if "role" in part] == []


@law(Once(cases()))
def test_what_goes_into_a_step_is_what_came_out_of_another(case: Case) -> None:
    check_chained(of_case(case, None))
