"""Lists that can be narrowed and ordered, page by page, in the same order on every database.

Whatever a list is ordered by, ties are ordered by id. A page goes on behind the values that the one before
ended with, which an index finds: the last page costs what the first does.
"""

from collections import namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session

from app.core.columns import UtcTime
from app.core.errors import InvalidError
from scoring import Fault

# A name as it is searched and ordered by: by code points, also where PostgreSQL knows languages.
FoldedText = String().with_variant(String(collation="C"), "postgresql")

_ESCAPE = "/"
_MOST_DIGITS = 9  # of a number that fits any database


def folded(text: str) -> str:
    """A text as it is searched and ordered by: without case, accents and differences in spacing.

    >>> folded("Caffè  DELL'UNITÀ"), folded("Straße")
    ("caffe dell'unita", 'strasse')
    """
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return " ".join("".join(letter for letter in decomposed if not combining(letter)).split())


def containing(text: str) -> str:
    """The pattern of folded texts that contain a text."""
    escaped = folded(text)
    for letter in (_ESCAPE, "%", "_"):
        escaped = escaped.replace(letter, _ESCAPE + letter)
    return f"%{escaped}%"


def is_like(column: InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    """Whether a folded text fits the pattern that is given as `name`."""
    return column.like(bindparam(name), escape=_ESCAPE)


class Asked(NamedTuple):
    """What is asked of a list: by which order, narrowed by what; descending where it begins with a minus."""

    order: str
    narrowed: Mapping[str, Any]

    @classmethod
    def by(cls, order: str, **given: object) -> "Asked":
        """An order, and of what is given what is not `None`."""
        return cls(order, {name: value for name, value in given.items() if value is not None})

    def __str__(self) -> str:
        """What a cursor is bound to."""
        return " ".join([self.order, *(f"{name}={value!r}" for name, value in sorted(self.narrowed.items()))])


# What a page ended with: its last item's id, after what it is ordered by.
Position = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Listing:
    """A list of a table: what is shown, whose it is, how it can be narrowed and ordered.

    `orders` name the column that comes before the id, `None` where it is the id alone; `within` names those
    that an id is one of.
    """

    shown: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]]
    whose: Sequence[ColumnElement[bool]]
    id: InstrumentedAttribute[Any]
    filters: Mapping[str, ColumnElement[bool]]
    orders: Mapping[str, InstrumentedAttribute[Any] | None]
    within: Sequence[InstrumentedAttribute[Any]] = ()

    def rows(
        self, session: Session, whose: Mapping[str, str], asked: Asked, after: str, most: int
    ) -> Sequence[Any]:
        """So many rows behind a key, from the beginning where it is empty; raises `InvalidError`."""
        values = {**whose, **asked.narrowed, "most": most}
        columns = self._columns(asked.order)
        if after:
            values |= {f"after_{place}": value for place, value in enumerate(_position(after, columns))}
        statement = _statement(self, asked.order, frozenset(asked.narrowed), is_continued=bool(after))
        found = session.connection().execute(statement, values)
        return [*map(_row_of(self)._make, found.all())]

    def key(self, asked: Asked, row: Any) -> str:  # noqa: ANN401 -- a row as it is shown
        """What a page that ends with this row is continued behind."""
        values = [getattr(row, column.key) for column in self._columns(asked.order)]
        first, *rest = reversed(values)
        return " ".join([str(first), *(_written(value) for value in rest)])

    def _columns(self, order: str) -> list[InstrumentedAttribute[Any]]:
        column = self.orders[order.removeprefix("-")]
        return [*([] if column is None else [column]), *self.within, self.id]


@cache
def _row_of(listing: Listing) -> Any:  # noqa: ANN401 -- a class of named tuples, whose fields are read much quicker than a row's
    return namedtuple("Row", [column.key for column in listing.shown])  # type: ignore[misc] # noqa: PYI024 -- its columns


@cache
def _statement(listing: Listing, order: str, narrowed: frozenset[str], *, is_continued: bool) -> Select[Any]:
    columns = listing._columns(order)  # noqa: SLF001 -- its own
    conditions = [*listing.whose, *(listing.filters[name] for name in sorted(narrowed))]
    is_descending = order.startswith("-")
    if is_continued:
        ends = [bindparam(f"after_{place}", type_=column.type) for place, column in enumerate(columns)]
        here, there = (tuple_(*columns), tuple_(*ends)) if len(columns) > 1 else (columns[0], ends[0])
        conditions.append(here < there if is_descending else here > there)
    by = [column.desc() if is_descending else column.asc() for column in columns]
    return select(*listing.shown).where(*conditions).order_by(*by).limit(bindparam("most"))


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _position(key: str, columns: Sequence[InstrumentedAttribute[Any]]) -> Position:
    """What a key says; raises `InvalidError` for what no page has ended with."""
    parts = key.split(" ", len(columns) - 1)[::-1]
    try:
        return tuple(_value(text, column) for text, column in zip(parts, columns, strict=True))
    except (ValueError, OverflowError):
        fault = Fault(("query", "cursor"), "invalid_cursor", "this is no cursor of this list")
        raise InvalidError([fault]) from None


def _value(text: str, column: InstrumentedAttribute[Any]) -> object:
    if isinstance(column.type, UtcTime):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(UTC)
    if not isinstance(column.type, Integer):
        return text
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise ValueError(text)
    return int(text)
