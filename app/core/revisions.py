"""Revisions of what can be changed, and the changes that are meant for one of them (RFC 9110, 13.1.1)."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256

from app.core.errors import PreconditionMissingError, StaleError
from app.core.json_text import encoded
from scoring import Fault

# A list of entity tags (RFC 9110, 8.8.3): commas inside of quotation marks belong to a tag.
_TAG = re.compile(r'\s*((?:W/)?"[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')
_REVISION = re.compile(r'"(\d{1,18})"')


def tag_of(revision: int) -> str:
    """The entity tag of a revision: strong, in quotation marks."""
    return f'"{revision}"'


def tag_of_content(content: object) -> str:
    """The strong entity tag of something that counts no revisions."""
    return f'"{sha256(encoded(content)).hexdigest()[:32]}"'


def check_revision(
    if_match: str | None,
    revision: int,
    changed_since: Callable[[int], Sequence[Fault]] = lambda _: (),
    *,
    is_required: bool = False,
) -> None:
    """Let a change through that is meant for this revision.

    Raises `StaleError` for one that is meant for others, with what has changed since the latest of them,
    and `PreconditionMissingError` where none is named and one has to be. `*` names none: where one has to be
    named, it would overwrite what its caller has never seen.
    """
    tags = _tags(if_match, is_required=is_required)
    if tags is None or tag_of(revision) in tags:
        return
    known = [int(match[1]) for tag in tags if (match := _REVISION.fullmatch(tag))]
    raise StaleError(tag_of(revision), revision, changed_since(max(known, default=-1)))


def check_tag(if_match: str | None, tag: str) -> None:
    """Let a change through that is meant for what has this tag; raises `StaleError` for another."""
    tags = _tags(if_match)
    if tags is not None and tag not in tags:
        raise StaleError(tag)


def _tags(if_match: str | None, *, is_required: bool = False) -> list[str] | None:
    """The tags that a change is meant for, `None` for any; a weak one is equal to none."""
    if if_match is None:
        if is_required:
            raise PreconditionMissingError
        return None
    if if_match.strip() == "*":
        if is_required:
            raise PreconditionMissingError(is_any=True)
        return None
    tags, at = [], 0
    while match := _TAG.match(if_match, at):
        tags.append(match[1])
        at = match.end()
    return tags
