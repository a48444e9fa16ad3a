"""JSON as it is sent and kept."""

from typing import Any

import orjson


def encoded(content: Any) -> bytes:  # noqa: ANN401 -- any JSON value
    """JSON, with times in UTC as `…Z`."""
    return orjson.dumps(content, option=orjson.OPT_UTC_Z)
