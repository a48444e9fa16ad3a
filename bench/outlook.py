"""What if, why, what next, how sure, and the way up, beside the score of the same answers.

python -m bench.outlook
"""

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from app.catalog.service import load_catalog
from app.core.json_text import encoded
from app.core.settings import Settings
from app.plans.service import plan_body
from app.scores.comparisons import compare_bodies, simulate_body
from app.scores.example import ANSWERS
from app.scores.service import score_body
from bench.plan import alone, company
from scoring.outlook import next_questions
from scoring.outlook.document import present_outlook
from scoring.outlook.sensitivity import sensitivity
from scoring.paths import Goal
from scoring.presentation.document import present

ROUNDS = 15
LARGE = 100
SCORE = "score"


class Kind(NamedTuple):
    """What is measured, and at most how many times the score, or how many milliseconds."""

    run: Callable[[], object]
    times: float | None = None
    milliseconds: float | None = None
    rounds: int = ROUNDS


def kinds() -> dict[str, Kind]:
    """All of them, on the shipped questionnaire with every third answer open."""
    catalog, default = load_catalog(Settings().questionnaire_folders), "social-business"
    names = [*ANSWERS]
    body = {"answers": {name: ANSWERS[name] for place, name in enumerate(names) if place % 3}}
    before = {"answers": dict.fromkeys([*body["answers"]][::2], "dont_know")}
    changed = body | {"changes": {"answers": {next(iter(body["answers"])): "dont_know"}}}
    edition, profile = score_body(catalog, default, body)
    words, large, prepared = edition.words("en"), company(LARGE), edition.prepared("en")

    def scored() -> object:
        return encoded(present(score_body(catalog, default, body)[1], words, prepared))

    def compared() -> object:
        return encoded(compare_bodies(catalog, default, {"before": before, "after": body}).to_encode("en"))

    def simulated() -> object:
        difference = simulate_body(catalog, default, changed)
        return encoded([present(difference.profile, words, prepared), difference.to_encode("en")])

    return {
        SCORE: Kind(scored),
        # Both score twice; what if takes over what stays, and shows the profile beside the comparison.
        "why, two sets of answers": Kind(compared, times=4.3),
        "what if": Kind(simulated, times=2.5),
        "next questions": Kind(lambda: next_questions(profile), milliseconds=20),
        "how sure": Kind(lambda: sensitivity(profile), milliseconds=300),
        "both, presented": Kind(lambda: present_outlook(profile, words)),
        "plan, whole answer": Kind(lambda: plan_body(catalog, default, body), milliseconds=1000, rounds=3),
        f"plan of {LARGE} capabilities": Kind(
            lambda: alone(large, Goal("verdict", 4)), milliseconds=5000, rounds=3
        ),
    }


def cost(kind: Kind) -> float:
    """Milliseconds of processor time, the median of the rounds after one to warm up."""
    kind.run()
    measured = []
    for _ in range(kind.rounds):
        started = time.process_time()
        kind.run()
        measured.append(1000 * (time.process_time() - started))
    return median(measured)


def main() -> None:
    """Print costs and ratios; exits with 1 where something costs more than it may."""
    table = Table("", "CPU ms", "times the score", "at most")
    beyond = []
    costs: dict[str, float] = {}
    for name, kind in kinds().items():
        own = costs[name] = cost(kind)
        ratio = own / costs[SCORE]
        limits = [f"{kind.times:g} times"] if kind.times else []
        limits += [f"{kind.milliseconds:g} ms"] if kind.milliseconds else []
        table.add_row(name, f"{own:.1f}", f"{ratio:.2f}", ", ".join(limits))
        if (kind.times and ratio > kind.times) or (kind.milliseconds and own > kind.milliseconds):
            beyond.append(f"{name}: {own:.1f} ms, {ratio:.2f} times the score, at most {', '.join(limits)}")
    Console().print(table)
    if beyond:
        sys.exit("\n".join(beyond))


if __name__ == "__main__":
    main()
