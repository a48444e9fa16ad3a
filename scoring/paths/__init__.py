"""The way up: the provably cheapest steps to a goal, in waves (§12)."""

from scoring.paths.goals import Conflict, Goal
from scoring.paths.planning import Planned, Wishes, evenly, plan

__all__ = ["Conflict", "Goal", "Planned", "Wishes", "evenly", "plan"]
