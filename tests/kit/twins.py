"""The same story told twice to the service, and what everybody else is answered about it.

Each telling has a workspace of its own. Ids are numbered as they appear, and a moment is known by the part of
the story that it lies in; everything else has to be the same to the byte.
"""

import re
from base64 import b64decode
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.clock import now
from app.core.limits import WINDOW_SECONDS
from tests.kit.portal import Portal

_OPAQUE = re.compile(r"\b(?:wsp|cmp|asm|prt|key)_[0-9a-z]{25}\b|sbm_(?:live|test|invite|own)_\w+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
_CURSOR = re.compile(r'((?:"next_cursor":"|[?&]cursor=))([\w-]+)')
_SHORT_TAG = 8  # bytes of a cursor that say of which list it is
_TIMED = {"ratelimit-reset"}  # seconds of a clock that no answer sets


class Answer(NamedTuple):
    """What somebody is answered, without what differs by chance."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    def without(self, header: str) -> "Answer":
        """The answer without a header."""
        return self._replace(headers=tuple(pair for pair in self.headers if pair[0] != header))


class Telling:
    """One telling of a story: who asks in it, when its parts began, and what was answered."""

    def __init__(self, client: TestClient) -> None:
        """A new workspace, and a key to it that may do everything."""
        self._names: dict[str, str] = {}
        self.parts: list[datetime] = []
        self.answers: list[Answer] = []
        self.begin()
        self.admin = Portal.new(client)

    @property
    def is_within_a_window(self) -> bool:
        """Whether no limit has begun anew while it was told."""
        return self.asked_at - self.parts[0] < timedelta(seconds=WINDOW_SECONDS)

    def begin(self) -> None:
        """Go on to the next part of the story."""
        self.parts.append(now())

    def ask(  # noqa: PLR0913 -- as many as a request has parts
        self,
        who: str,
        portal: Portal,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Ask as somebody else, and keep what is answered."""
        sent = {"X-Request-ID": "asked", "Accept-Encoding": "identity"} | dict(headers or {})
        response = portal.ask(method, path, body, sent)
        self.asked_at = now()
        asked = self._same(f"{who}: {method} {path} {body or ''} {headers or ''}")
        said = tuple(self._header(response, *header) for header in response.headers.items())
        self.answers.append(Answer(asked, response.status_code, said, self._same(response.text)))
        return response

    def _header(self, response: Response, name: str, value: str) -> tuple[str, str]:
        if name in _TIMED:
            return name, ""
        if name == "content-length" and "content-encoding" not in response.headers and response.content:
            assert int(value) == len(response.content)
            return name, str(len(self._same(response.text)))
        if name == "etag" and value == f'"{sha256(response.content).hexdigest()[:32]}"':
            return name, "of the body"
        return name, self._same(value)

    def _same(self, text: str) -> str:
        text = _CURSOR.sub(lambda found: found[1] + _place_in(found[2]), text)
        text = _OPAQUE.sub(lambda found: self._name(found[0]), text)
        return _MOMENT.sub(lambda found: self._part(found[0]), text)

    def _name(self, opaque: str) -> str:
        return self._names.setdefault(opaque, f"<{opaque[:3]} {len(self._names)}>")

    def _part(self, moment: str) -> str:
        at = datetime.fromisoformat(moment)
        return f"<part {bisect_right(self.parts, at)}>"


def comparable(tellings: Sequence[Telling]) -> list[list[Answer]]:
    """The answers of each; without what is left of a limit where the clock has a part in it."""
    if all(telling.is_within_a_window for telling in tellings):
        return [telling.answers for telling in tellings]
    return [[answer.without("ratelimit-remaining") for answer in telling.answers] for telling in tellings]


def _place_in(cursor: str) -> str:
    content = b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_")
    return content[_SHORT_TAG:].decode()
