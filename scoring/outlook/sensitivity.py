"""How sure: what each level, the verdict and the order of functions hang on.

On the rules, one by one and drawn at random; on single answers; on who was asked. None of it is a statistical
statement about the company: each figure says what was varied, and how often the outcome stays.
"""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from scoring.outlook.hinges import Hinge, hinges
from scoring.outlook.resampling import Resampled, resampled
from scoring.outlook.standing import Standing, ranked, scored, standing_of
from scoring.outlook.thresholds import GateChange, Gates, Weighted, weight_change
from scoring.outlook.weightings import Shares, shares
from scoring.profile import Profile


class Gated(NamedTuple):
    """The nearest other gates, by what is another under them."""

    functions: Mapping[str, GateChange]
    overall: GateChange
    verdict: GateChange


class Sensitivity(NamedTuple):
    """What a profile's standing hangs on.

    `weights`: by function the least change of one capability's weight that makes its level another, `None`
    where none does. `samples` are `None` with fewer than five respondents, and where they are anonymous.
    """

    standing: Standing
    order: tuple[str, ...]
    gates: Gated
    weights: Mapping[str, Weighted | None]
    weightings: Shares
    hinges: tuple[Hinge, ...]
    samples: Resampled | None


def sensitivity(profile: Profile) -> Sensitivity:
    """Vary the rules, the answers and the respondents of a profile, one at a time."""
    results, rule, top = scored(profile), profile.form.rule, profile.questionnaire.max_level
    gates = Gates(profile)
    return Sensitivity(
        standing_of(profile),
        ranked({r.function.id: r.score.value if r.score else None for r in results}),
        Gated(
            {r.function.id: gates.change(partial(_level, name=r.function.id)) for r in results},
            gates.change(lambda standing: standing.overall),
            gates.change(lambda standing: standing.verdict),
        ),
        {r.function.id: weight_change(r.counted, rule, top) if r.counted else None for r in results},
        shares(profile),
        tuple(hinges(profile)),
        resampled(profile),
    )


def _level(standing: Standing, name: str) -> object:
    return standing.functions[name]
