"""Two random profiles of one questionnaire, or of two versions of it; and what a comparison says, by id.

Pairs are made of examples that the suite has drawn anyway: what one company says is said by the other's
questionnaire, as far as that asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scoring import Profile, Response
from scoring.arithmetic import Score
from scoring.comparison.parts import ScoreChange, WordChange
from scoring.comparison.questions import ORDER
from scoring.comparison.replay import Comparison, NodeChange
from scoring.engine import Outcome, rate
from scoring.questionnaire.form import Form
from scoring.respondents.answers import check_answers
from scoring.respondents.responses import check_responses
from tests.kit.laws import Once
from tests.kit.panels import Panel, panels
from tests.kit.strategies import Answers, Case, cases

# The same version with other answers, a later one with other rules, or one of which only the ids are alike.
Kind = Literal["same", "revised", "other"]
KINDS: tuple[Kind, ...] = ("same", "revised", "other")


@dataclass(frozen=True)
class Pair:
    """Two profiles to compare."""

    before: Profile
    after: Profile


class Pairs(Once):
    """Pairs with one answer set each, and with several respondents each."""

    def strategy(self) -> SearchStrategy[Pair]:
        alone, several = Once(cases()).strategy(), Once(panels()).strategy()
        kinds, anonymous = st.sampled_from(KINDS), st.booleans()
        return st.builds(_of_cases, alone, alone, kinds) | st.builds(
            _of_panels, several, several, kinds, anonymous
        )


def _of_cases(case: Case, other: Case, kind: Kind) -> Pair:
    if kind == "other":
        return Pair(case.score(), other.score())
    later = case if kind == "same" else case.written(_revised(case.mapping, other.mapping))
    tier = other.tier if other.tier in later.questionnaire.forms else later.tier
    form = later.questionnaire.forms[tier]
    later = replace(later, tier=tier, answers=_said(form, other.answers), targets={})
    return Pair(case.score(), later.score())


def _of_panels(panel: Panel, other: Panel, kind: Kind, anonymous: bool) -> Pair:  # noqa: FBT001 -- drawn
    panel = replace(panel, anonymous=anonymous)
    if kind == "other":
        return Pair(panel.score(), replace(other, anonymous=anonymous).score())
    later = panel if kind == "same" else panel.written(_revised(panel.mapping, other.mapping))
    kept = panel.responses[: len(other.responses) // 2]
    others = tuple([_joining(later, response["answers"]) for response in other.responses])
    later = replace(later, responses=(*kept, *others), consensus={}, targets={})
    if kind == "revised":
        scope = later.form.functions[0].id
        within = [Response.model_validate(r) for r in later.responses]
        asked, _ = check_responses(later.questionnaire, later.form, within, [scope])
        answers = [
            {n: a for n, a in r.answers.items() if n in own.asked}
            for r, own in zip(within, asked, strict=True)
        ]
        responses = zip(later.responses, answers, strict=True)
        later = replace(later, scope=(scope,), responses=tuple([r | {"answers": a} for r, a in responses]))
    return Pair(panel.score(), later.score())


def _joining(panel: Panel, answers: Answers) -> dict[str, Any]:
    return {"answers": _said(panel.form, answers)}


def _said(form: Form, answers: Answers) -> Answers:
    """What of the answers can be said by another form."""
    return {
        name: answer for name, answer in answers.items() if not check_answers(form, {name: answer}, ())[1]
    }


def _revised(mapping: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """A later version, with the other questionnaire's gate and weights of functions."""
    weights = [function.get("weight", 1) + 1 for function in other["functions"]]
    functions = [
        function | {"weight": weights[place % len(weights)]}
        for place, function in enumerate(mapping["functions"])
    ]
    rule = {"coverage_percent": 50, "max_shortfall": 2} | other.get("level_rule", {})
    return {**mapping, "version": "2.0.0", "functions": functions, "level_rule": rule}


def nodes(comparison: Comparison) -> dict[str, NodeChange]:
    """What became of every function and capability, and overall."""
    found = {"overall": comparison.overall}
    for function in comparison.functions:
        found |= {node.id: node for node in (function.node, *function.capabilities)}
    return found


def score_changes(comparison: Comparison) -> dict[str, ScoreChange]:
    """What every number does: of nodes, lenses and the index."""
    return (
        {name: node.score for name, node in nodes(comparison).items()}
        | {f"lens {lens}": change for lens, change in comparison.lenses.items()}
        | {"index": comparison.index}
    )


def check_states(comparison: Comparison) -> None:
    """Every number and word of each state of the replay is the engine's, with nothing taken over."""
    before, after = comparison.before, comparison.after
    questions = dict(before.questions)
    states = [rate(before.questionnaire, before.form, questions)]
    for part in ORDER[:-1]:
        questions |= {pair.before: after.questions[pair.after] for pair in comparison.questions[part]}
        states.append(rate(before.questionnaire, before.form, questions))
    states.append(rate(after.questionnaire, after.form, after.questions))
    assert _ends(comparison.verdict) == [state.verdict.status for state in states]
    clauses = [{clause.function: clause.status for clause in state.verdict.clauses} for state in states]
    for clause in comparison.clauses:
        assert _ends(clause.status) == [own.get(clause.function) for own in clauses]
    levels = [{name: rated.level for name, rated in _rated(state).items()} for state in states]
    for name, node in nodes(comparison).items():
        assert _ends(node.level) == [own.get(name) for own in levels]
    scores = [_scores(state) for state in states]
    for name, change in score_changes(comparison).items():
        if name == "index":
            continue
        found = [own.get(name) for own in scores]
        assert (change.before, change.after) == (found[0], found[-1])
        assert [part[:3] for part in change.parts] == [_less(*pair) for pair in pairwise(found)]


def _ends(change: WordChange[Any]) -> list[Any]:
    """A word in each state."""
    return [change.before, *(turn.end for turn in change.parts)]


def _rated(state: Outcome) -> dict[str, Any]:
    """Whatever has a score and a level, by id, where it applies."""
    rated: dict[str, Any] = {"overall": state.overall} | {f.function.id: f for f in state.functions}
    rated |= {each.id: own for f in state.functions for each, own in f.capabilities if own}
    return rated


def _scores(state: Outcome) -> dict[str, Score | None]:
    lenses = {f"lens {lens}": score for lens, score in state.lenses.items()}
    return {name: rated.score for name, rated in _rated(state).items()} | lenses


def _less(before: Score | None, after: Score | None) -> tuple[int | None, ...]:
    """What is added to a score to come to the next, `None` where one of them is not defined."""
    pairs = zip(before or (None,) * 3, after or (None,) * 3, strict=True)
    return tuple([None if was is None or now is None else now - was for was, now in pairs])
