"""A POST takes effect once, however often it arrives: `Idempotency-Key` (docs/api.md)."""

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Generic, NamedTuple, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from app.core.callers import Caller
from app.core.errors import InvalidError, OutdatedError
from app.core.resources import Work
from app.core.saved_answers import Attempt, Outcome, Reply, claim, find_saved, save
from app.core.web.resources import resources_of
from scoring import Fault

Prepared = TypeVar("Prepared")

ATTEMPTS = 3

_KEY = re.compile(r"[!-~]{1,255}")

# Read by `once`: an operation names it in its description and takes no argument for it.
IDEMPOTENCY_KEY: Mapping[str, Any] = {
    "name": "idempotency-key",
    "in": "header",
    "required": False,
    "description": "A name of your own for this request, 1 to 255 visible ASCII characters. Sent again "
    "within 24 hours it changes nothing and gives the first answer with `Idempotent-Replayed: true`.",
    "schema": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Idempotency-Key"},
}
ONCE: dict[str, Any] = {"parameters": [IDEMPOTENCY_KEY]}


def once(request: Request, caller: Caller, body: BaseModel | None, do: Callable[[Work], Outcome]) -> Response:
    """Do it in one transaction and answer; with an `Idempotency-Key`, only the first time.

    Raises `ReusedKeyError` where the key came with another request before.
    """
    attempt = _attempt(request, caller, body)
    with resources_of(request).writing(caller) as work:
        reply = _reply(work, attempt, do)
    return _response(reply)


class Steps(NamedTuple, Generic[Prepared]):
    """Something that takes long: `prepare` reads and computes, `do` writes what has been prepared.

    `do` raises `OutdatedError` where that no longer holds. `hold` locks what it has to be computed from;
    `None` where it always holds.
    """

    prepare: Callable[[Work], Prepared]
    hold: Callable[[Work], object] | None
    do: Callable[[Work, Prepared], Outcome]


def once_prepared(request: Request, caller: Caller, body: BaseModel, steps: Steps[Prepared]) -> Response:
    """The same where something takes long: it is prepared before the transaction that writes.

    Where that has changed meanwhile it is prepared again, and at last while nobody else can change it.
    """
    resources, attempt = resources_of(request), _attempt(request, caller, body)

    def do_prepared(work: Work) -> Outcome:
        return steps.do(work, prepared)

    def do_all(work: Work) -> Outcome:
        if steps.hold is not None:
            steps.hold(work)
        return steps.do(work, steps.prepare(work))

    for _ in range(ATTEMPTS):
        with resources.reading(caller) as work:
            if attempt is not None and (saved := find_saved(work, attempt)):
                return _response(saved)
            prepared = steps.prepare(work)
        try:
            with resources.writing(caller) as work:
                reply = _reply(work, attempt, do_prepared)
            return _response(reply)
        except OutdatedError:
            continue
    with resources.writing(caller) as work:
        reply = _reply(work, attempt, do_all)
    return _response(reply)


def _attempt(request: Request, caller: Caller, body: BaseModel | None) -> Attempt | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        detail = "1 to 255 visible ASCII characters"
        raise InvalidError([Fault(("header", "Idempotency-Key"), "malformed_key", detail)])
    return Attempt(caller, key, _digest(request, body))


def _reply(work: Work, attempt: Attempt | None, do: Callable[[Work], Outcome]) -> Reply:
    if attempt is None:
        return Reply.of(do(work))
    return claim(work, attempt) or save(work, attempt, do(work))


def _digest(request: Request, body: BaseModel | None) -> str:
    asked = [request.method, request.url.path, request.url.query]
    content = None if body is None else body.model_dump(mode="json")
    return sha256(json.dumps([*asked, content], sort_keys=True).encode()).hexdigest()


def _response(reply: Reply) -> Response:
    headers = {"Cache-Control": "no-store", **reply.headers}
    return Response(reply.content, reply.status, headers, "application/json")
