"""The cheapest way up for thirty capabilities, beside one bare solve of the same program by HiGHS.

python -m bench.plan
"""

import time
from random import Random
from statistics import median

from scoring import Profile, Questionnaire, score
from scoring.paths import Goal, Wishes, plan
from scoring.paths.ladders import Terrain
from scoring.paths.limits import Clock
from scoring.paths.search import Search

CAPABILITIES, FUNCTIONS, PREREQUISITES, ROUNDS = 30, 5, 10, 9
GOALS = (Goal("verdict", 4), Goal("index", 700))


def company(capabilities: int = CAPABILITIES) -> Profile:
    """A company of levels 0 to 3 with prerequisites between its capabilities."""
    random = Random(1)  # noqa: S311 -- a reproducible company, no secret
    each = capabilities // FUNCTIONS
    functions = [
        {
            "id": f"f{f}",
            "capabilities": [{"id": f"c{c}", "weight": random.choice([1, 1, 2])} for c in range(each)],
        }
        for f in range(FUNCTIONS)
    ]
    names = [f"f{f}.c{c}" for f in range(FUNCTIONS) for c in range(each)]
    pairs = [sorted(random.sample(range(len(names)), 2)) for _ in range(PREREQUISITES)]
    needs = [{"capability": names[a], "level": 3, "before": [f"{names[b]}@4"]} for a, b in pairs]
    mapping = {"id": "bench", "version": "1", "functions": functions, "prerequisites": needs}
    return score(Questionnaire.model_validate(mapping), {name: str(random.randint(0, 3)) for name in names})


def bare(profile: Profile, goal: Goal) -> float:
    """Seconds of one solve for the least cost, with nothing around it."""
    search = Search(Terrain(profile, {}, {}), goal, Clock(60))
    started = time.process_time()
    search.program.minimize(search.costs(), Clock(60))
    return time.process_time() - started


def whole(profile: Profile, goal: Goal) -> float:
    """Seconds of a plan with all that stands beside it."""
    started = time.process_time()
    plan(profile, Wishes(goal, seconds=60))
    return time.process_time() - started


def alone(profile: Profile, goal: Goal) -> float:
    """Seconds of the plan itself, ties settled and scored again."""
    started = time.process_time()
    Search(Terrain(profile, {}, {}), goal, Clock(60)).cheapest()
    return time.process_time() - started


def main() -> None:
    """Print milliseconds of processor time, and ratios to the bare solve."""
    profile = company()
    for goal in GOALS:
        solve, found, everything = (
            median(measure(profile, goal) for _ in range(ROUNDS)) for measure in (bare, alone, whole)
        )
        print(
            f"{goal.kind}: bare solve {1000 * solve:.1f} ms, plan {1000 * found:.1f} ms "
            f"({found / solve:.1f}x), with runners-up and stops {1000 * everything:.1f} ms "
            f"({everything / solve:.1f}x)"
        )


if __name__ == "__main__":
    main()
