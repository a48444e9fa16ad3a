"""Ids: opaque, prefixed, and in the order in which they were made, also where the clock steps back."""

import re
import secrets
from collections.abc import Callable
from threading import Lock
from time import time_ns

from scoring.wording import pattern

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter looks like another
_RANDOM_BITS = 78
_LENGTH = 25  # 47 bits of milliseconds and 78 random ones, five a letter
_MADE_HERE = re.compile(rf"[a-z]{{3}}_[{_ALPHABET}]{{{_LENGTH}}}")


class Maker:
    """Every id is greater than the one before, also within a millisecond and when the clock steps back."""

    def __init__(self, nanoseconds: Callable[[], int] = time_ns) -> None:
        """`nanoseconds` is the clock, counted from 1970."""
        self._clock = nanoseconds
        self._lock = Lock()
        self._last = 0

    def new(self, prefix: str) -> str:
        """A new id such as `cmp_01jd…`: the time, then chance."""
        number = self._next()
        letters = [_ALPHABET[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
        return f"{prefix}_{''.join(letters)}"

    def go_on_behind(self, identifier: str) -> None:
        """From now on all ids are greater than this one, whatever the prefix; what is no id counts not."""
        if not _MADE_HERE.fullmatch(identifier):
            return
        number = 0
        for letter in identifier.partition("_")[2]:
            number = number << 5 | _ALPHABET.index(letter)
        with self._lock:
            self._last = max(self._last, number)

    def _next(self) -> int:
        with self._lock:
            fresh = (self._clock() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
            is_same = self._last >> _RANDOM_BITS >= fresh >> _RANDOM_BITS
            self._last = self._last + 1 + secrets.randbits(32) if is_same else fresh
            return self._last


_maker = Maker()


PATTERN = pattern(r"^[a-z]{3}_[0-9a-z]{1,60}$", "this is no id: take it as it was answered")

new_id = _maker.new
go_on_behind = _maker.go_on_behind
