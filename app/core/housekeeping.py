"""What the service does by itself while it runs: it drops what no longer counts."""

import asyncio

import structlog
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from app.core import limits, saved_answers
from app.core.clock import now
from app.core.database import Database

EVERY_SECONDS = 3600

_log = structlog.get_logger("sbm")


async def keep_house(database: Database) -> None:
    """Clean up at once and then every hour, until it is cancelled."""
    while True:
        try:
            await run_sync(clean, database)
        except SQLAlchemyError as error:
            _log.warning("housekeeping_failed", error=type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)


def clean(database: Database) -> None:
    """Drop what no longer counts."""
    with database.writing() as session:
        saved_answers.clean(session, now())
        if not database.is_sqlite:
            limits.clean(session)
