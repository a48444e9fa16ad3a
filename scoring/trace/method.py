"""How every number of a profile came about, so that anybody can recompute it (§1 to §9).

A trace is a list of steps. Each names the number it explains (`number`: a JSON pointer into the profile,
or `~name` for a number in between), the `rule`, its `inputs` and `parameters`, and the `result`. All
numbers are whole: points (thousandths of a level), levels, weights, counts. A score is displayed as its
result divided by 1000, the index as its result divided by 10.

| rule | result |
|---|---|
| `answer` | the points of the option that was chosen |
| `median` | the middle one of the inputs' points; of two middle ones half_up of their mean |
| `mean` | half_up(sum of points, number of inputs) |
| `lowest` | the least of the inputs' points |
| `consensus` | the points of the option that was settled on |
| `state` | the state of several answers together (§8) |
| `consensus_state` | `answered` |
| `out_of_scope` | `not_applicable` |
| `anonymous` | what it was made of is not shown |
| `least` / `greatest` | the least / greatest `points` of the inputs |
| `unknown` | `null`: nothing is known |
| `weighted_mean` | half_up(sum of weight x points, sum of weight) over the inputs whose points are known |
| `whole_levels` | points // 1000 |
| `gate` | the greatest level that enough weight stands at and that no input lies too far below (§5) |
| `least_level` | the least `level` of the inputs |
| `share` | the rounded-up `coverage_percent` of the sum of weights |
| `weight_reached` | the weight of the inputs at `level` or above |
| `index` | half_up(points, max_level), in tenths |
| `count` | how many inputs there are, in `state` or with `option` where that is given |
| `difference` | first input minus second, never below `least` |
| `minus` | first input minus second |
| `percent` | half_up(100 x first input, second) |
| `effort` | the sum of the inputs' efforts |
| `constant` | the input itself: a target, or a level of the definition |
| `clause`, `verdict`, `below_floor` | as in the method, from the levels and statuses given |
| `equivalent` | 1000 + half_up(9 x points, max_level) |
| `asked` | how many inputs are `asked` anything |
| `submitted` | how many inputs are asked anything and are `submitted` |
| `answering` | how many inputs have `answered` anything |
| `r_wg` | 1000 max(0, 1 - s^2/v): s^2 sample variance of the inputs, v of a random choice among `options` |
| `alpha` | 1000 times Krippendorff's alpha, ordinal; each input is a unit with the points given to it |
"""

from collections.abc import Iterable, Iterator, Sequence

from scoring.arithmetic import POINTS_PER_LEVEL, Score, half_up, index_tenths
from scoring.engine import without_exclusions
from scoring.levels import Level, Rated, function_level
from scoring.method.gaps import Gap
from scoring.method.rating import Counts, FunctionResult
from scoring.profile import Profile
from scoring.questionnaire.form import Capability, Function, Question
from scoring.trace.respondents import (
    collaboration_steps,
    consolidation_steps,
    rating_steps,
    respondents_steps,
)
from scoring.trace.steps import BOUNDS, Input, Step, make_step, means, unknown

ENDS = Level._fields


def trace(profile: Profile) -> list[Step]:
    """All steps from the answers to the profile, in the method's order."""
    steps: list[Step] = []
    for index, result in enumerate(profile.functions):
        steps += _function(f"/functions/{index}", result, profile)
    steps += _overall(profile)
    steps += _verdict(profile)
    steps += collaboration_steps(profile)
    steps += respondents_steps(profile)
    for index, gap in enumerate(profile.gaps):
        steps += _gap(f"/gaps/{index}", gap, profile)
    steps += rating_steps("/importance", profile.importance, profile)
    steps += rating_steps("/self_rating", profile.self_rating, profile)
    return steps


def _function(number: str, result: FunctionResult, profile: Profile) -> Iterator[Step]:
    yield from _counts(f"{number}/counts", _states(result.function, profile), result.counts)
    for index, (capability, rated) in enumerate(result.capabilities):
        yield from _capability(f"{number}/capabilities/{index}", capability, rated, profile)
    if result.score is None or result.level is None:
        return
    ratings = result.counted
    parts = [(rated.id, rated.weight, rated.score) for rated in ratings]
    yield from means(f"{number}/score", parts, result.score)
    lens_of = {capability.id: capability.lens for capability in result.function.capabilities}
    for lens, cell in result.lenses.items():
        if cell is not None:
            inside = [(r.id, r.weight, r.score) for r in ratings if lens_of[r.id] == lens]
            yield from means(f"{number}/lenses/{lens}", inside, cell)
    yield from _gates(f"{number}/level", ratings, result.level, profile)
    yield from _next_level(f"{number}/next_level", ratings, result, profile)


def _states(function: Function, profile: Profile) -> list[Input]:
    questions = (q for c in function.capabilities for q in c.questions)
    return [{"id": q.id, "state": profile.questions[q.id].state} for q in questions]


def _counts(number: str, states: Sequence[Input], counts: Counts) -> Iterator[Step]:
    for name, result in counts._asdict().items():
        parameters = {} if name == "total" else {"state": name}
        yield make_step(f"{number}/{name}", "count", states, result, **parameters)


def _capability(number: str, capability: Capability, rated: Rated | None, profile: Profile) -> Iterator[Step]:
    target = profile.target_of[capability.id]
    if target is not None:
        yield make_step(f"{number}/target", "constant", [{"level": target}], target)
    for index, question in enumerate(capability.questions):
        yield from _question(f"{number}/questions/{index}", question, profile)
    if rated is None:
        return
    asked = [(q.id, q.weight, profile.questions[q.id].score) for q in capability.questions]
    parts = [(name, weight, score) for name, weight, score in asked if score is not None]
    yield from means(f"{number}/score", parts, rated.score)
    for end in ENDS:
        points = [{"points": getattr(rated.score, end)}]
        yield make_step(f"{number}/level/{end}", "whole_levels", points, getattr(rated.level, end))


def _question(number: str, question: Question, profile: Profile) -> Iterator[Step]:
    if profile.consolidation is not None:
        yield from consolidation_steps(number, question, profile)
        return
    score = profile.questions[question.id].score
    if score is None:
        return
    if score.value is not None:
        option = profile.answers[question.id].option
        inputs: list[Input] = [{"option": option, "points": score.value}]
        yield make_step(f"{number}/points", "answer", inputs, score.value)
        return
    yield from unknown(f"{number}/points", f"~{question.id}", question)


def _gates(
    number: str, ratings: Sequence[Rated], level: Level, profile: Profile, ends: Iterable[str] = ENDS
) -> Iterator[Step]:
    rule = profile.form.rule
    for end in ends:
        yield make_step(
            f"{number}/{end}",
            "gate",
            [{"id": r.id, "weight": r.weight, "level": getattr(r.level, end)} for r in ratings],
            getattr(level, end),
            coverage_percent=rule.coverage_percent,
            max_shortfall=rule.max_shortfall,
            max_level=profile.questionnaire.max_level,
        )


def _next_level(
    number: str, ratings: Sequence[Rated], result: FunctionResult, profile: Profile
) -> Iterator[Step]:
    step = result.next_level
    if step is None:
        return
    inputs = [{"id": r.id, "weight": r.weight, "level": r.level.low} for r in ratings]
    share = profile.form.rule.coverage_percent
    yield make_step(f"{number}/level", "constant", [{"level": step.level}], step.level)
    yield make_step(
        f"{number}/weight_reached", "weight_reached", inputs, step.weight_reached, level=step.level
    )
    yield make_step(
        f"{number}/weight_required", "share", inputs, step.weight_required, coverage_percent=share
    )


def _scored(functions: Iterable[FunctionResult]) -> list[tuple[str, int, Score, Level]]:
    return [
        (f.function.id, f.function.weight, f.score, f.level)
        for f in functions
        if f.function.scored and f.score is not None and f.level is not None
    ]


def _overall(profile: Profile) -> Iterator[Step]:
    questionnaire, overall = profile.questionnaire, profile.overall
    states = [state for f in profile.functions for state in _states(f.function, profile)]
    yield from _counts("/counts", states, profile.counts)
    for index, (lens, score) in enumerate(profile.lenses.items()):
        cells = [
            (f.function.id, f.function.weight, f.lenses[lens], f.function.scored) for f in profile.functions
        ]
        parts = [(i, w, cell) for i, w, cell, scored in cells if scored and cell is not None]
        if score is not None:
            yield from means(f"/lenses/{index}/score", parts, score)
    if overall.score is None or overall.level is None:
        return
    rated = _scored(profile.functions)
    yield from means("/overall/score", [(i, w, score) for i, w, score, _ in rated], overall.score)
    for bound, points in zip(BOUNDS, overall.score, strict=True):
        tenths = None if points is None else index_tenths(points, questionnaire.max_level)
        inputs = [{"points": points}]
        yield make_step(f"/overall/index/{bound}", "index", inputs, tenths, max_level=questionnaire.max_level)
    for end in ENDS:
        levels = [{"id": i, "level": getattr(level, end)} for i, _, _, level in rated]
        yield make_step(f"/overall/level/{end}", "least_level", levels, getattr(overall.level, end))


def _verdict(profile: Profile) -> Iterator[Step]:
    definition, verdict = profile.questionnaire.definition, profile.verdict
    levels = {f.function.id: f.level for f in profile.functions}
    yield make_step("/verdict/level", "constant", [{"level": definition.level}], definition.level)
    for index, clause in enumerate(verdict.clauses):
        level = levels[clause.function]
        inputs: list[Input] = [] if level is None else [level._asdict()]
        number = f"/verdict/clauses/{index}/status"
        yield make_step(number, "clause", inputs, clause.status, level=definition.level)
    statuses = [clause._asdict() for clause in verdict.clauses]
    wanted = definition.min_applicable
    yield make_step("/verdict/status", "verdict", statuses, verdict.status, min_applicable=wanted)
    unexcluded = verdict.if_nothing_excluded
    number = "/verdict/if_nothing_excluded"
    levels_then = list(_levels_then(profile))
    for function, level, ratings in levels_then:
        yield from _gates(f"~if_nothing_excluded/{function}", ratings, level, profile)
    if levels_then:
        lows = [{"id": function, "level": level.low} for function, level, _ in levels_then]
        yield make_step(f"{number}/level", "least_level", lows, unexcluded.level)
    inputs = [{"function": function} | level._asdict() for function, level, _ in levels_then]
    parameters = {"level": definition.level, "min_applicable": wanted}
    yield make_step(f"{number}/status", "verdict", inputs, unexcluded.status, **parameters)


def _levels_then(profile: Profile) -> Iterator[tuple[str, Level, list[Rated]]]:
    """Scored functions and their levels when nothing is excluded."""
    for result in profile.functions:
        if result.function.scored and result.function.counted:
            ratings = without_exclusions(result, profile.questions)
            level = function_level(ratings, profile.form.rule, profile.questionnaire.max_level)
            yield result.function.id, level, ratings


def _gap(number: str, gap: Gap, profile: Profile) -> Iterator[Step]:
    capability, target = gap.capability, gap.target * POINTS_PER_LEVEL
    result = next(f for f in profile.functions if f.function.id == capability.function)
    rated = next(r for c, r in result.capabilities if c is capability and r is not None)
    yield make_step(f"{number}/target", "constant", [{"level": gap.target}], gap.target)
    yield make_step(f"{number}/level", "whole_levels", [{"points": rated.score.value}], gap.level)
    ends = (("value", rated.score.value), ("low", rated.score.high), ("high", rated.score.low))
    for bound, points in ends:
        inputs: list[Input] = [{"points": target}, {"points": points}]
        yield make_step(f"{number}/gap/{bound}", "difference", inputs, getattr(gap.gap, bound), least=0)
    floor = profile.questionnaire.definition.level - profile.form.rule.max_shortfall
    counts = result.function.scored and capability.scored
    scored = [{"level": rated.level.high}] if counts else []
    yield make_step(f"{number}/breaks_floor", "below_floor", scored, gap.breaks_floor, floor=floor)
    efforts: list[Input] = [
        {"from": level, "effort": capability.step_efforts[level]} for level in range(gap.level, gap.target)
    ]
    yield make_step(f"{number}/effort", "effort", efforts, gap.effort)
    if counts:
        yield from _gain(number, gap, rated, result, profile)
    else:
        yield make_step(f"{number}/gain", "constant", [{"points": 0}], 0)


def _gain(number: str, gap: Gap, rated: Rated, result: FunctionResult, profile: Profile) -> Iterator[Step]:
    if profile.overall.score is None:
        return
    name = f"~gain/{rated.id}"
    target = gap.target * POINTS_PER_LEVEL
    inside = [
        {"id": r.id, "weight": r.weight, "points": target if r is rated else r.score.low}
        for r in result.counted
    ]
    raised = _mean(inside)
    yield make_step(f"{name}/function", "weighted_mean", inside, raised)
    functions = [
        {"id": i, "weight": w, "points": raised if i == result.function.id else score.low}
        for i, w, score, _ in _scored(profile.functions)
    ]
    overall = _mean(functions)
    yield make_step(f"{name}/overall", "weighted_mean", functions, overall)
    inputs = [{"points": overall}, {"points": profile.overall.score.low}]
    yield make_step(f"{number}/gain", "difference", inputs, gap.gain, least=0)


def _mean(inputs: Iterable[Input]) -> int:
    parts = [(part["weight"], part["points"]) for part in inputs]
    return half_up(sum(w * p for w, p in parts), sum(w for w, _ in parts))
