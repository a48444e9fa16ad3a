"""Lists in pages: `?limit=` and an opaque `?cursor=` (docs/api.md)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
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


def decode(cursor: str | None) -> str:
    """The key that a cursor continues behind, empty for the first page; refuses what is no cursor."""
    try:
        padded = (cursor or "") + "=" * (-len(cursor or "") % 4)
        return urlsafe_b64decode(padded.encode("ascii")).decode()
    except ValueError:
        fault = Fault(("query", "cursor"), "invalid_cursor", "this is no cursor of this list")
        raise invalid([fault]) from None
