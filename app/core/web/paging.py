"""Lists in pages: `?limit=` and an opaque `?cursor=` (docs/api.md).

A page goes on behind the id that the one before ended with, which the database finds by its index: the
last page costs what the first does.
"""

import binascii
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from app.core.dates import is_written_out
from app.core.errors import InvalidError, MissingError
from scoring import Fault
from scoring.wording import pattern

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="Items on a page, at most 200.")]
Cursor = Annotated[
    str | None,
    Query(max_length=512, description="`next_cursor` of the page before; absent for the first page."),
]

NO_NUL = pattern(r"^[^\x00]*$", "NUL characters are refused")
Words = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=200,
        pattern=NO_NUL,
        description="Part of the name; capitals and accents make no difference.",
    ),
]
Since = Annotated[
    AwareDatetime | None,
    Query(
        ge=datetime(1970, 1, 1, tzinfo=UTC),
        lt=datetime(2200, 1, 1, tzinfo=UTC),
        description="Changed then or later, as in `2026-11-23T08:30:00Z`.",
    ),
    BeforeValidator(is_written_out),
]
Order = Annotated[
    Literal["created", "-created", "changed", "-changed", "name", "-name"],
    Query(description="When it was made or changed last, or its name; with `-` from the last to the first."),
]

_TAG_BYTES = 8


class Page(BaseModel, Generic[Item]):
    """A page of a list."""

    model_config = ConfigDict(json_schema_extra={"description": "A page of a list."})

    data: list[Item]
    next_cursor: str | None = Field(description="Cursor of the next page; `null` on the last one.")

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Its name in the OpenAPI document, which generated clients make a class's."""
        return f"PageOf{params[0].__name__}"


def page(
    listing: str,
    items: Sequence[Item],
    limit: int,
    present: Callable[[Item], Any],
    key: Callable[[Item], str],
) -> dict[str, Any]:
    """A page of these items, which are one more than the page holds where there is a next one."""
    shown = items[:limit]
    next_cursor = encode(listing, key(shown[-1])) if len(items) > limit else None
    return {"data": [present(item) for item in shown], "next_cursor": next_cursor}


def encode(listing: str, key: str) -> str:
    """The cursor that continues a listing behind the item with this key."""
    return urlsafe_b64encode(_tag(listing) + key.encode()).decode().rstrip("=")


def decode(listing: str, cursor: str | None) -> str:
    """The key behind which a listing goes on; before all keys where there is no cursor.

    Raises `InvalidError` for what is no cursor, `MissingError` for one of another listing.
    """
    if cursor is None:
        return ""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = b64decode(padded, altchars=b"-_", validate=True)
        tag, key = content[:_TAG_BYTES], content[_TAG_BYTES:].decode()
    except (binascii.Error, ValueError):
        key = ""
    if not key or "\0" in key:
        fault = Fault(("query", "cursor"), "invalid_cursor", "this is no cursor of this list")
        raise InvalidError([fault]) from None
    if tag != _tag(listing):
        raise MissingError("place in this list", ("query", "cursor"))
    return key


def _tag(listing: str) -> bytes:
    """What binds a cursor to its listing: the workspace, the kind of list, and its filters."""
    return sha256(listing.encode()).digest()[:_TAG_BYTES]
