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
from app.core.json_text import encoded
from app.core.resources import Work
from app.core.saved_answers import Attempt, Made, Outcome, claim, find_made, save
from app.core.web.allowances import charge
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
    "within 24 hours it changes nothing and shows what the first one made, as it is now, with "
    "`Idempotent-Replayed: true`.",
    "schema": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Idempotency-Key"},
}
ONCE: dict[str, Any] = {"parameters": [IDEMPOTENCY_KEY]}


Do = Callable[[Work], Outcome]
Again = Callable[[Work, Made], Outcome]


def once(request: Request, caller: Caller, body: BaseModel | None, do: Do, again: Again) -> Response:
    """Do it in one transaction and answer; with an `Idempotency-Key`, only the first time.

    `again` shows what was made the first time, as it is now and without secrets; it raises `MissingError`
    where that is gone. Raises `ReusedKeyError` where the key came with another request before.
    """
    attempt = _attempt(request, caller, body)
    with resources_of(request).writing(caller) as work:
        reply = _reply(work, attempt, do, again)
    return _response(reply)


class Steps(NamedTuple, Generic[Prepared]):
    """Something that takes long: `prepare` reads and computes, `do` writes what has been prepared.

    `do` raises `OutdatedError` where that no longer holds. `hold` locks what it has to be computed from;
    `None` where it always holds. `again` shows what was made for the same key before. `cost` says for how
    many requests it counts to prepare it.
    """

    prepare: Callable[[Work], Prepared]
    hold: Callable[[Work], object] | None
    do: Callable[[Work, Prepared], Outcome]
    again: Again
    cost: Callable[[Prepared], int] = lambda _: 1


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
            if attempt is not None and (made := find_made(work, attempt)) is not None:
                return _response(Reply(steps.again(work, made), is_replayed=True))
            prepared = steps.prepare(work)
        charge(request, steps.cost(prepared))
        try:
            with resources.writing(caller) as work:
                reply = _reply(work, attempt, do_prepared, steps.again)
            return _response(reply)
        except OutdatedError:
            continue
    with resources.writing(caller) as work:
        reply = _reply(work, attempt, do_all, steps.again)
    return _response(reply)


def _attempt(request: Request, caller: Caller, body: BaseModel | None) -> Attempt | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        detail = "1 to 255 visible ASCII characters"
        raise InvalidError([Fault(("header", "Idempotency-Key"), "malformed_key", detail)])
    return Attempt(caller, key, _digest(request, body))


class Reply(NamedTuple):
    """An answer as it goes out, the first time or again."""

    outcome: Outcome
    is_replayed: bool = False


def _reply(work: Work, attempt: Attempt | None, do: Do, again: Again) -> Reply:
    if attempt is None:
        return Reply(do(work))
    if (made := claim(work, attempt)) is not None:
        return Reply(again(work, made), is_replayed=True)
    outcome = do(work)
    if outcome.made:
        save(work, attempt, outcome.made)
    return Reply(outcome)


def _digest(request: Request, body: BaseModel | None) -> str:
    asked = [request.method, request.url.path, request.url.query]
    content = None if body is None else body.model_dump(mode="json")
    return sha256(json.dumps([*asked, content], sort_keys=True).encode()).hexdigest()


def _response(reply: Reply) -> Response:
    content, _, status, own = reply.outcome
    replayed = {"Idempotent-Replayed": "true"} if reply.is_replayed else {}
    headers = {"Cache-Control": "no-store", **own, **replayed}
    return Response(encoded(content), status, headers, "application/json")
