"""The header that says which revision a change is meant for."""

from typing import Annotated

from fastapi import Header

IfMatch = Annotated[
    str | None,
    Header(description='The `ETag` that the change is meant for, such as `"3"`; `*` for any.'),
]
