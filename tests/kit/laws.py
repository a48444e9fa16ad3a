"""Laws that hold for every example of a strategy.

Drawing a questionnaire takes ten times as long as scoring by it. So the suite draws examples once a run, and
every law meets those of its strategy in an order of its own; with `TEST_THOROUGH=1` each law draws anew,
many more, and Hypothesis shrinks what breaks it. What breaks a law in the suite is printed whole.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.kit.effort import THOROUGH

EXAMPLES = 100


class Once:
    """Strategies whose examples all laws share; a law is tried with examples of any of them."""

    def __init__(self, *strategies: SearchStrategy[Any]) -> None:
        """Draw nothing yet."""
        self._strategies = strategies

    def strategy(self) -> SearchStrategy[Any]:
        """What a law draws from."""
        kinds = self._strategies
        together: SearchStrategy[Any] = st.one_of(
            *(kinds if THOROUGH else [st.sampled_from(_examples(each)) for each in kinds])
        )
        return together


def law(*strategies: SearchStrategy[Any] | Once) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Like `given`, with examples drawn once where `Once` says so."""

    def decorate(holds: Callable[..., None]) -> Callable[[], None]:
        @wraps(holds, updated=())  # what `settings` leave there is for `given` alone
        def test() -> None:
            drawn = [each.strategy() if isinstance(each, Once) else each for each in strategies]
            given(*drawn)(holds)()

        del test.__wrapped__  # else pytest takes its parameters for fixtures
        return test

    return decorate


def _examples(strategy: SearchStrategy[Any]) -> tuple[Any, ...]:
    """The examples of a strategy, of which any two that are written alike are the same."""
    name = repr(strategy)
    if name not in _drawn():
        _drawn()[name] = _draw(strategy)
    return _drawn()[name]


@cache
def _drawn() -> dict[str, tuple[Any, ...]]:
    return {}


def _draw(strategy: SearchStrategy[Any]) -> tuple[Any, ...]:
    examples = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(example: object) -> None:
        examples.append(example)

    keep()
    return tuple(examples)
