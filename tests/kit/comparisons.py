"""Two random profiles of one questionnaire, or of two versions of it; and what a comparison says, by id.

Pairs are made of examples that the suite has drawn anyway: what one company says is said by the other's
questionnaire, as far as that asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scoring import Profile, Response
from scoring.comparison.parts import ScoreChange
from scoring.comparison.questions import ORDER
from scoring.comparison.replay import Comparison, NodeChange
from scoring.engine import rate
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
    """Each state of the replay is what the engine makes of it, with nothing taken over."""
    before, after = comparison.before, comparison.after
    questions = dict(before.questions)
    for place, part in enumerate(ORDER[:-1]):
        questions |= {pair.before: after.questions[pair.after] for pair in comparison.questions[part]}
        outcome = rate(before.questionnaire, before.form, questions)
        assert comparison.verdict.parts[place].end == outcome.verdict.status
        assert comparison.overall.level.parts[place].end == outcome.overall.level
        levels = {f.node.id: f.node.level.parts[place].end for f in comparison.functions}
        assert {f.function.id: f.level for f in outcome.functions}.items() <= levels.items()
        lows = [part.low for part in comparison.overall.score.parts[: place + 1] if part.low is not None]
        if before.overall.score and outcome.overall.score and len(lows) == place + 1:
            assert before.overall.score.low + sum(lows) == outcome.overall.score.low
