"""The header that says which revision a change is meant for."""

from typing import Annotated

from fastapi import Header
from starlette.types import Scope

IfMatch = Annotated[
    str | None,
    Header(
        description='The `ETag` that the change is meant for, such as `"3"`; `*` for any, though neither '
        "with PUT nor for answers."
    ),
]

_LISTS = (b"if-match", b"if-none-match")


def join_lines(scope: Scope) -> None:
    """A list in several lines is one list (RFC 9110, 5.3); the framework reads the first line of a header."""
    headers = scope["headers"] = list(scope["headers"])
    for name in _LISTS:
        lines = [line for line in headers if line[0] == name]
        if len(lines) > 1:
            headers[:] = [line for line in headers if line[0] != name]
            headers.append((name, b", ".join(value for _, value in lines)))
