"""Revisions of what can be changed, and the changes that are meant for one of them (RFC 9110, 13.1.1)."""

import re
from collections.abc import Callable, Sequence

from app.core.errors import PreconditionMissingError, StaleError
from scoring import Fault

_TAG = re.compile(r'"(\d{1,18})"')


def tag_of(revision: int) -> str:
    """The entity tag of a revision: strong, in quotation marks."""
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
