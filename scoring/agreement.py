"""How far raters agree: r_wg of one question, Krippendorff's alpha of several (§8).

Agreement says nothing about who is right, and with fewer than `LEAST_RATERS` raters chance alone passes
the usual .70 too often. Both are computed in whole numbers and rounded once, to thousandths.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import lcm
from typing import Literal

from scoring.arithmetic import half_up

LEAST_RATERS = 4
PAIR = 2

Metric = Literal["nominal", "ordinal", "interval"]


def r_wg(points: Sequence[int], options: Sequence[int], least_raters: int = LEAST_RATERS) -> int | None:
    """Agreement on one question in thousandths, `None` with fewer than `least_raters` known answers (§8).

    `max(0, 1 - s²/σ²)`: `s²` is the sample variance of the answers' `points`, `σ²` the variance of a
    uniform choice among the points of the question's `options`. (James, Demaree and Wolf, 1984.)

    >>> r_wg([3000, 3000, 4000, 4000], [0, 1000, 2000, 3000, 4000, 5000])
    886
    """
    n, k = len(points), len(options)
    if n < max(least_raters, PAIR):
        return None
    # Both variances times their denominators, n (n - 1) and k², so that only whole numbers are compared.
    observed = _squares_apart(tuple(points)) * k * k
    chance = _squares_apart(tuple(options)) * n * (n - 1)
    return half_up(1000 * max(0, chance - observed), chance) if chance else None


@lru_cache(maxsize=4096)
def _squares_apart(points: tuple[int, ...]) -> int:
    """The number of points times the sum of their squared distances from their mean."""
    return len(points) * sum([p * p for p in points]) - sum(points) ** 2


def alpha(units: Sequence[Sequence[int]], metric: Metric = "ordinal") -> Fraction | None:
    """Krippendorff's alpha, exact; each unit holds the values that were given to it, by anybody.

    Units with fewer than two values pair nothing and are left out. `None` where nothing can be paired or
    all paired values are the same. (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.)

    >>> alpha([[1, 1], [2, 2], [1, 2]], "nominal")
    Fraction(4, 9)
    """
    pairable = [unit for unit in units if len(unit) >= PAIR]
    counts = Counter(value for unit in pairable for value in unit)
    if len(counts) < PAIR:
        return None
    distance = DISTANCES[metric](dict(sorted(counts.items())))
    total = counts.total()
    common = lcm(*{len(unit) - 1 for unit in pairable})
    observed = sum([common // (len(unit) - 1) * _apart(Counter(unit), distance) for unit in pairable])
    expected = _apart(counts, distance)
    return 1 - Fraction(observed * (total - 1), common * expected)


def _apart(counts: Mapping[int, int], distance: Mapping[tuple[int, int], int]) -> int:
    """The sum of the squared distances of all unordered pairs."""
    values = sorted(counts)
    return sum(
        [
            counts[a] * counts[b] * distance[a, b]
            for place, a in enumerate(values)
            for b in values[place + 1 :]
        ]
    )


Distances = Mapping[tuple[int, int], int]


def _between(counts: Mapping[int, int], squared: Callable[[int, int], int]) -> Distances:
    values = list(counts)
    return {(a, b): squared(a, b) for place, a in enumerate(values) for b in values[place + 1 :]}


def _nominal(counts: Mapping[int, int]) -> Distances:
    return _between(counts, lambda _a, _b: 1)


def _interval(counts: Mapping[int, int]) -> Distances:
    return _between(counts, lambda a, b: (a - b) ** 2)


def _ordinal(counts: Mapping[int, int]) -> Distances:
    """Values from one to the other, its ends counted by half; doubled, so that it is whole."""
    up_to = dict(zip(counts, accumulate(counts.values()), strict=True))
    return _between(counts, lambda a, b: (2 * (up_to[b] - up_to[a]) + counts[a] - counts[b]) ** 2)


DISTANCES: Mapping[Metric, Callable[[Mapping[int, int]], Distances]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
}


def in_thousandths(value: Fraction | None) -> int | None:
    """An exact coefficient in thousandths, rounded once (§1)."""
    return None if value is None else half_up(1000 * value.numerator, value.denominator)
