"""Responses as ready bytes: language, entity tag, 304."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Header, Request, Response

from app.core.errors import InvalidError
from app.core.json_text import encoded
from scoring import Fault

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "The caller has the current version."}}

HTML: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page of HTML by itself.",
        "content": {
            "text/html": {"schema": {"type": "string"}, "example": '<!doctype html>\n<html lang="en">…'}
        },
    }
}

# Read by hand where a page is asked for; the schema of an operation has it as a parameter.
PART: dict[str, Any] = {
    "name": "part",
    "in": "query",
    "description": "`content`: without what surrounds it, for a page that links the style sheets itself.",
    "schema": {"type": "string", "enum": ["content"]},
}

IfNoneMatch = Annotated[
    str | None, Header(description="Entity tags that the caller has; 304 when one of them is current.")
]


def json_in(language: str | None, content: Any) -> Response:  # noqa: ANN401 -- any JSON value
    """A JSON response whose texts are in one language; `None` where it has no texts."""
    said = {} if language is None else {"Content-Language": language}
    return Response(
        encoded(content),
        media_type="application/json",
        headers=said | {"Vary": "Accept-Language"},
    )


def page_in(language: str, html: str, policy: str) -> Response:
    """A page in one language, with the policy of what it may load."""
    headers = {
        "Content-Language": language,
        "Vary": "Accept-Language",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
    }
    return Response(html, media_type="text/html", headers=headers)


def wants_part(request: Request) -> bool:
    """Whether `?part=content` is asked for; raises `InvalidError` for another part."""
    part = request.query_params.get("part")
    if part not in {None, "content"}:
        raise InvalidError([Fault(("query", "part"), "unknown_part", "the part to ask for is: content")])
    return part == "content"


def json_of(content: Any, headers: Mapping[str, str] | None = None) -> Response:  # noqa: ANN401 -- any JSON value
    """A JSON response that nobody on the way keeps."""
    kept = {"Cache-Control": "no-store"} | dict(headers or {})
    return Response(encoded(content), media_type="application/json", headers=kept)


def unless_current(response: Response, if_none_match: str | None) -> Response:
    """The response with its entity tag, or 304 without a body where the caller has it already."""
    tag = f'"{sha256(response.body).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    known = {part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")}
    if tag in known or "*" in known:
        kept = {
            name: response.headers[name]
            for name in ("ETag", "Cache-Control", "Vary")
            if name in response.headers
        }
        return Response(status_code=304, headers=kept)
    return response
