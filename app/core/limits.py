"""How many requests a minute are answered, counted exactly across all processes of the service.

A request counts one, and more where it costs more: see `cost_of_scoring`.

PostgreSQL counts in a table that is not logged: what is lost there with a crash are counts of one minute.
On SQLite one process serves (`app.core.database`), so its memory is enough.
"""

import math
from ipaddress import IPv6Address, ip_address
from threading import Lock
from time import monotonic
from typing import NamedTuple, Protocol

from sqlalchemy import text
from sqlmodel import Session

from app.core.database import Database
from app.core.errors import TooManyRequestsError

WINDOW_SECONDS = 60
MOST_REMEMBERED = 100_000
RESPONDENTS_A_REQUEST = 10

_COUNT = text(
    f"""
    INSERT INTO rate_limit AS r (bucket, started, requests)
    VALUES (:bucket, extract(epoch FROM clock_timestamp()), :cost)
    ON CONFLICT (bucket) DO UPDATE SET
      requests = CASE WHEN r.started + {WINDOW_SECONDS} <= excluded.started THEN excluded.requests
                      ELSE r.requests + excluded.requests END,
      started = CASE WHEN r.started + {WINDOW_SECONDS} <= excluded.started THEN excluded.started
                     ELSE r.started END
    RETURNING requests, started + {WINDOW_SECONDS} - extract(epoch FROM clock_timestamp())
    """  # noqa: S608 -- the only thing put in is a constant of this module
)


class Count(NamedTuple):
    """Requests of a window so far, this one included, and the seconds until the next window."""

    requests: int
    seconds_left: float


class Allowance(NamedTuple):
    """What a bucket may have a minute, what it has had, and the seconds until it starts anew."""

    bucket: str
    per_minute: int
    requests: int
    seconds: int

    @property
    def remaining(self) -> int:
        """What is left."""
        return max(0, self.per_minute - self.requests)

    def refuse_beyond(self) -> None:
        """Raise `TooManyRequestsError` for a request that was one too many."""
        if self.requests > self.per_minute:
            raise TooManyRequestsError(self.seconds)


class Counter(Protocol):
    """Counts requests by bucket in windows that begin with a bucket's first request."""

    is_blocking: bool

    def count(self, bucket: str, cost: int) -> Count:
        """Count so many more."""
        ...


class MemoryCounter:
    """Counts of one process."""

    is_blocking = False

    def __init__(self) -> None:
        """Start with nothing counted."""
        self._lock = Lock()
        self._windows: dict[str, tuple[float, int]] = {}
        self._most = MOST_REMEMBERED

    def count(self, bucket: str, cost: int) -> Count:
        """Count so many more."""
        now = monotonic()
        with self._lock:
            started, requests = self._windows.get(bucket, (now, 0))
            if started + WINDOW_SECONDS <= now:
                started, requests = now, 0
            self._windows[bucket] = started, requests + cost
            if len(self._windows) > self._most:
                self._windows = {b: w for b, w in self._windows.items() if w[0] + WINDOW_SECONDS > now}
                self._most = max(MOST_REMEMBERED, 2 * len(self._windows))
        return Count(requests + cost, started + WINDOW_SECONDS - now)


class TableCounter:
    """Counts of all processes, in a table."""

    is_blocking = True

    def __init__(self, database: Database) -> None:
        """Count there."""
        self._engine = database.writer.execution_options(isolation_level="AUTOCOMMIT")

    def count(self, bucket: str, cost: int) -> Count:
        """Count so many more."""
        with self._engine.connect() as connection:
            requests, seconds_left = connection.execute(_COUNT, {"bucket": bucket, "cost": cost}).one()
        return Count(requests, float(seconds_left))


def clean(session: Session) -> None:
    """Drop the counts of windows that are over: there are addresses among them."""
    over = f"DELETE FROM rate_limit WHERE started + {WINDOW_SECONDS} <= extract(epoch FROM clock_timestamp())"  # noqa: S608 -- the same
    session.connection().execute(text(over))


class Limits:
    """Says what is left of a limit."""

    def __init__(self, database: Database) -> None:
        """Count where all processes see it."""
        self._counter: Counter = MemoryCounter() if database.is_sqlite else TableCounter(database)
        self.is_blocking = self._counter.is_blocking

    def take(self, bucket: str, per_minute: int, cost: int = 1) -> Allowance | None:
        """Count a request, or what it costs beyond one; what is left then. 0 is no limit: `None`."""
        if not per_minute:
            return None
        requests, seconds_left = self._counter.count(bucket, cost)
        seconds = min(WINDOW_SECONDS, max(1, math.ceil(seconds_left)))
        return Allowance(bucket, per_minute, requests, seconds)


def cost_of_scoring(respondents: int, *, is_traced: bool) -> int:
    """For how many requests one counts that scores the answers of so many people.

    One for every ten begun, which take as long as a request that reads; twice as many with a trace, which is
    twice the work and many times the bytes.

    >>> cost_of_scoring(1, is_traced=False), cost_of_scoring(11, is_traced=False)
    (1, 2)
    >>> cost_of_scoring(500, is_traced=True)
    100
    """
    return max(1, -(-respondents // RESPONDENTS_A_REQUEST)) * (2 if is_traced else 1)


def address_bucket(host: str | None) -> str:
    """The bucket of an address; of IPv6 the network, which one customer has many addresses of.

    >>> address_bucket("192.0.2.7"), address_bucket("2001:db8:1:2:3::4"), address_bucket(None)
    ('address:192.0.2.7', 'address:2001:db8:1:2::', 'address:')
    """
    try:
        address = ip_address(host or "")
    except ValueError:
        return f"address:{(host or '')[:64]}"
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address) >> 64 << 64)
    return f"address:{address}"
