"""Engines of SQLAlchemy: how the service is connected to its database, and for how long it waits for it."""

from typing import Any, NamedTuple

import orjson
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool, Pool, QueuePool


class Waits(NamedTuple):
    """How long the database may take, in seconds: to connect, to let others finish, for one statement."""

    connect: int = 5
    lock: float = 5
    statement: float = 30

    @property
    def lock_milliseconds(self) -> int:
        """The wait for others as SQLite and PostgreSQL take it."""
        return max(1, round(self.lock * 1000))


def pooled(url: URL, size: int, waits: Waits) -> Engine:
    """An engine of at most that many connections; who waits longer for one than for a lock gives up."""
    return _engine(url, waits, poolclass=QueuePool, pool_size=size, max_overflow=0, pool_timeout=waits.lock)


def unpooled(url: URL, waits: Waits | None) -> Engine:
    """An engine that connects anew each time; without `waits` only connecting is limited."""
    return _engine(url, waits, poolclass=NullPool)


def sqlite(url: URL, size: int, waits: Waits, pragmas: list[str]) -> Engine:
    """An engine on a file of SQLite; whoever uses it says how a transaction begins."""
    engine = pooled(url, size, waits)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- whatever the driver gives
        connection.isolation_level = None  # the driver begins no transactions of its own
        cursor = connection.cursor()
        for pragma in (
            f"PRAGMA busy_timeout={waits.lock_milliseconds}",
            "PRAGMA foreign_keys=ON",
            "PRAGMA synchronous=FULL",
            *pragmas,
        ):
            cursor.execute(pragma)
        cursor.close()

    return engine


def _engine(url: URL, waits: Waits | None, *, poolclass: type[Pool], **pool: float) -> Engine:
    return create_engine(
        url,
        poolclass=poolclass,
        hide_parameters=True,  # answers and names stay out of logs
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        connect_args={} if url.get_backend_name() == "sqlite" else _limited(url, waits),
        **pool,
    )


def _limited(url: URL, waits: Waits | None) -> dict[str, Any]:
    """What PostgreSQL is asked to limit; the address may say otherwise.

    A host that is gone without a word is noticed by its silence on the network.
    """
    connect = waits.connect if waits else Waits().connect
    limits: dict[str, Any] = {"connect_timeout": connect, "keepalives_idle": 30, "tcp_user_timeout": 30_000}
    options = [str(url.query["options"])] if "options" in url.query else []
    if waits is not None:
        options = [
            f"-c lock_timeout={waits.lock_milliseconds}",
            f"-c statement_timeout={max(1, round(waits.statement * 1000))}",
            *options,
        ]
    given = {name: value for name, value in limits.items() if name not in url.query}
    return given | ({"options": " ".join(options)} if options else {})
