"""A mixed-integer program in whole numbers, solved by HiGHS (§12)."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from scoring.paths.limits import Limit

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Terms = Mapping[int, int]  # coefficients by variable

# Both sides of a row are whole: half of one lets no other point in, and no round-off shuts one out.
SLACK = 0.5
OPTIMAL, INFEASIBLE = 0, 2


class Solution(NamedTuple):
    """The best point found, `None` where there is none, and what no other can go below."""

    point: tuple[int, ...] | None
    least: float
    is_proven: bool


class Program:
    """Whole variables between bounds, and rows that ask a sum of them to be at least something."""

    def __init__(self) -> None:
        """Begin without variables and rows; with the solver loaded, which no clock has to wait for."""
        from scipy.optimize import milp  # noqa: PLC0415 -- a quarter of the service's start

        self._solve = milp
        self.lows: list[int] = []
        self.highs: list[int] = []
        self.rows: list[tuple[Terms, int]] = []

    def variable(self, low: int, high: int) -> int:
        """A new variable."""
        self.lows.append(low)
        self.highs.append(high)
        return len(self.lows) - 1

    def fix(self, variable: int, value: int) -> None:
        """Let a variable have one value only."""
        self.lows[variable] = self.highs[variable] = value

    def at_least(self, terms: Terms, bound: int) -> None:
        """Ask for a sum of at least `bound`; divided by what all coefficients share."""
        shared = math.gcd(*terms.values()) or 1
        self.rows.append(({n: factor // shared for n, factor in terms.items()}, -(-bound // shared)))

    def at_most(self, terms: Terms, bound: int) -> None:
        """Ask for a sum of at most `bound`."""
        self.at_least({n: -factor for n, factor in terms.items()}, -bound)

    def minimize(self, terms: Terms, limit: Limit) -> Solution:
        """The point with the least sum, as far as the limit lets it be found."""
        if not self.lows:
            return Solution((), 0, is_proven=True)
        from scipy.optimize import Bounds  # noqa: PLC0415 -- as above

        options = limit.options
        if not options:
            return Solution(None, -math.inf, is_proven=False)
        result = self._solve(
            [terms.get(n, 0) for n in range(len(self.lows))],
            integrality=[1] * len(self.lows),
            bounds=Bounds(self.lows, self.highs),
            constraints=self._constraints(),
            options={**options, "mip_rel_gap": 0},
        )
        limit.spend(result.mip_node_count or 0)
        point = None if result.x is None else tuple(round(value) for value in result.x)
        least = -math.inf if result.mip_dual_bound is None else float(result.mip_dual_bound)
        return Solution(point, least, is_proven=result.status in {OPTIMAL, INFEASIBLE})

    def _constraints(self) -> "list[LinearConstraint]":
        from scipy.optimize import LinearConstraint  # noqa: PLC0415 -- as above
        from scipy.sparse import csr_array  # noqa: PLC0415 -- as above

        if not self.rows:
            return []
        places = [(row, n) for row, (terms, _) in enumerate(self.rows) for n in terms]
        factors = [float(factor) for terms, _ in self.rows for factor in terms.values()]
        columns = [n for _, n in places]
        matrix = csr_array((factors, ([row for row, _ in places], columns)), (len(self.rows), len(self.lows)))
        return [LinearConstraint(matrix, [bound - SLACK for _, bound in self.rows], math.inf)]
