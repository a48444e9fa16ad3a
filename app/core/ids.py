"""Ids: opaque, prefixed, and in the order in which they were made."""

import secrets
from threading import Lock
from time import time_ns

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter looks like another
_RANDOM_BITS = 78
_LENGTH = 25  # 47 bits of milliseconds and 78 random ones, five a letter


class _Maker:
    """Within a process every id is greater than the one before, also within a millisecond."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            fresh = (time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
            is_same = self._last >> _RANDOM_BITS >= fresh >> _RANDOM_BITS
            self._last = self._last + 1 + secrets.randbits(32) if is_same else fresh
            return self._last


_maker = _Maker()


PATTERN = r"^[a-z]{3}_[0-9a-z]{1,60}$"


def new_id(prefix: str) -> str:
    """A new id such as `cmp_01jd…`: the time, then chance."""
    number = _maker.next()
    letters = [_ALPHABET[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
    return f"{prefix}_{''.join(letters)}"
