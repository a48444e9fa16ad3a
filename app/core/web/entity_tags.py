"""Entity tags of what can be changed: the revision, strong, in quotation marks (RFC 9110, 13.1.1)."""

import re
from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Header

from app.core.errors import PreconditionMissingError, StaleError
from scoring import Fault

IfMatch = Annotated[
    str | None,
    Header(description='The `ETag` that the change is meant for, such as `"3"`; `*` for any.'),
]

_TAG = re.compile(r'"(\d{1,18})"')


def tag_of(revision: int) -> str:
    """The entity tag of a revision."""
    return f'"{revision}"'


def check_revision(
    if_match: str | None,
    revision: int,
    changed_since: Callable[[int], Sequence[Fault]] = lambda _: (),
    *,
    is_required: bool = False,
) -> None:
    """Let a change through that is meant for this revision.

    Raises `StaleError` for one that is meant for others, with what has changed since the latest of them,
    and `PreconditionMissingError` where none is named and one has to be.
    """
    if if_match is None:
        if is_required:
            raise PreconditionMissingError
        return
    tags = [part.strip() for part in if_match.split(",")]
    if "*" in tags or tag_of(revision) in tags:
        return
    known = [int(match[1]) for tag in tags if (match := _TAG.fullmatch(tag))]
    raise StaleError(revision, changed_since(max(known, default=-1)))
