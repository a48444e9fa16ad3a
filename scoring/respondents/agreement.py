"""How far raters agree: r_wg of one question, Krippendorff's alpha of several (§8).

Agreement says nothing about who is right, and with fewer than `LEAST_RATERS` raters chance alone passes
the usual .70 too often. Both are computed in whole numbers and rounded once, to thousandths.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
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
    observed = squares_apart(points) * k * k
    chance = squares_apart(options) * n * (n - 1)
    return half_up(1000 * max(0, chance - observed), chance) if chance else None


def alpha(units: Sequence[Sequence[int]], metric: Metric = "ordinal") -> Fraction | None:
    """Krippendorff's alpha, exact; each unit holds the values that were given to it, by anybody.

    Units with fewer than two values pair nothing and are left out. `None` where nothing can be paired or
    all paired values are the same. (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.)

    >>> alpha([[1, 1], [2, 2], [1, 2]], "nominal")
    Fraction(4, 9)
    """
    pairable = [unit for unit in units if len(unit) >= PAIR]
    values = [value for unit in pairable for value in unit]
    if len(set(values)) < PAIR:
        return None
    apart = METRICS[metric](values)
    common = lcm(*{len(unit) - 1 for unit in pairable})
    observed = sum([common // (len(unit) - 1) * apart(unit) for unit in pairable])
    return 1 - Fraction(observed * (len(values) - 1), common * apart(values))


# The sum of the squared distances of all pairs of the values given.
Apart = Callable[[Sequence[int]], int]


def _nominal(_values: Sequence[int]) -> Apart:
    """Different values are all equally far apart."""

    def apart(values: Sequence[int]) -> int:
        same = sum([count * count for count in Counter(values).values()])
        return (len(values) ** 2 - same) // 2

    return apart


def _ordinal(values: Sequence[int]) -> Apart:
    """Values are as far apart as their places in the order of all, those of equal values halved."""
    counts = Counter(values)
    ordered = sorted(counts)
    up_to = accumulate(counts[value] for value in ordered)
    place = {value: 2 * last - counts[value] for value, last in zip(ordered, up_to, strict=True)}
    return lambda values: squares_apart([place[value] for value in values])


def _interval(_values: Sequence[int]) -> Apart:
    return squares_apart


METRICS: Mapping[Metric, Callable[[Sequence[int]], Apart]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
}


def squares_apart(points: Sequence[int]) -> int:
    """The sum of the squared distances of all pairs: how many there are times that from their mean."""
    return len(points) * sum([p * p for p in points]) - sum(points) ** 2


def in_thousandths(value: Fraction | None) -> int | None:
    """An exact coefficient in thousandths, rounded once (§1)."""
    return None if value is None else half_up(1000 * value.numerator, value.denominator)
