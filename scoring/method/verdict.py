"""The verdict: whether every scored function is integrated into the day-to-day business (§6)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from scoring.levels import Level
from scoring.method.rating import FunctionResult

ClauseStatus = Literal["met", "not_met", "undetermined", "not_applicable"]
VerdictStatus = Literal["met", "not_met", "undetermined", "not_assessable"]


class Clause(NamedTuple):
    """One function's part in the definition (§6)."""

    function: str
    status: ClauseStatus


class Blocking(NamedTuple):
    """The capabilities that deny a clause (§6)."""

    function: str
    capabilities: tuple[str, ...]


class Unexcluded(NamedTuple):
    """The outcome if every not-applicable question counted at its least; `level` at the low bound (§6)."""

    status: VerdictStatus
    level: int | None


class Verdict(NamedTuple):
    """Whether the company meets Oracle's definition (§6)."""

    status: VerdictStatus
    clauses: tuple[Clause, ...]
    blocking: tuple[Blocking, ...]
    if_nothing_excluded: Unexcluded


def clause_status(level: Level | None, integrated: int) -> ClauseStatus:
    """Status of one function's clause; `integrated` is the definition's level (§6)."""
    if level is None:
        return "not_applicable"
    if level.low >= integrated:
        return "met"
    if level.high < integrated:
        return "not_met"
    return "undetermined"


def clauses(levels: Mapping[str, Level | None], integrated: int) -> tuple[Clause, ...]:
    """One clause for each scored function, by its level (§6)."""
    return tuple(Clause(function, clause_status(level, integrated)) for function, level in levels.items())


def verdict_status(parts: Sequence[Clause], min_applicable: int) -> VerdictStatus:
    """The verdict over all clauses; without any that applies there is none (§6)."""
    statuses = {clause.status for clause in parts}
    applicable = sum(clause.status != "not_applicable" for clause in parts)
    if applicable < max(1, min_applicable):
        return "not_assessable"
    if "not_met" in statuses:
        return "not_met"
    if "undetermined" in statuses:
        return "undetermined"
    return "met"


def blocking(
    functions: Iterable[FunctionResult], integrated: int, max_shortfall: int
) -> tuple[Blocking, ...]:
    """For each clause that is not met, the capabilities that deny it at their highest (§6)."""
    found = []
    for result in functions:
        if not result.function.scored or clause_status(result.level, integrated) != "not_met":
            continue
        holes = [c.id for c in result.counted if c.level.high < integrated - max_shortfall]
        short = [c.id for c in result.counted if c.level.high < integrated]
        found.append(Blocking(result.function.id, tuple(holes or short)))
    return tuple(found)
