"""Lists in pages: `?limit=` and an opaque `?cursor=` (docs/api.md)."""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from app.core.problems import invalid
from scoring import Fault

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="Items on a page, at most 200.")]
Cursor = Annotated[
    str | None,
    Query(max_length=512, description="`next_cursor` of the page before; absent for the first page."),
]


class Page(BaseModel, Generic[Item]):
    """A page of a list."""

    data: list[Item]
    next_cursor: str | None = Field(description="Cursor of the next page; `null` on the last one.")


def encode(key: str) -> str:
    """The cursor that continues behind the item with this key."""
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode(cursor: str | None, keys: Sequence[str]) -> int:
    """Where a list of these keys goes on: behind the key in the cursor, at the start without one.

    Raises `ProblemError` (422) for what is no cursor of this list.
    """
    if cursor is None:
        return 0
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return keys.index(b64decode(padded, altchars=b"-_", validate=True).decode()) + 1
    except ValueError:
        fault = Fault(("query", "cursor"), "invalid_cursor", "this is no cursor of this list")
        raise invalid([fault]) from None
