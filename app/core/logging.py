"""Structured logs: one line an event, never a body, a header or a query string."""

import logging
import sys

import orjson
import structlog

from app.core.settings import Settings


def configure(settings: Settings) -> None:
    """Send the service's and the libraries' log lines to standard output in the configured format."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structured = settings.log_format == "json"
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(serializer=orjson.dumps)
        if structured
        else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), sort_keys=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory() if structured else structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # The libraries' warnings, and uvicorn's lines on start and stop.
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    logging.getLogger("uvicorn.error").setLevel(level)
