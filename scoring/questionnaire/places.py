"""Where everything stands in the text of a TOML file, which `tomllib` does not tell.

The text is known to be sound TOML; only its layout is read.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import NamedTuple

from scoring.errors import Place

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r'|(?P<string>"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})'
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<newline>\n)|(?P<mark>[\[\]{},=.])|(?P<bare>[^\s#\"'\[\]{},=.]+)|\s",
    re.DOTALL,
)


class Span(NamedTuple):
    """Where a value stands: its line from 1, and its characters in the text."""

    line: int
    start: int
    end: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def spans(text: str) -> Mapping[Place, Span]:
    """Where each table, list and value of sound TOML stands, by its place."""
    return _Reader(text).read()


def comments(text: str) -> set[str]:
    """The comments of sound TOML."""
    return {match[0] for match in _TOKEN.finditer(text) if match.lastgroup == "comment"}


def line_of(found: Mapping[Place, Span], place: Place) -> int | None:
    """The line of a place, else of the nearest that it stands in."""
    for length in range(len(place), 0, -1):
        if place[:length] in found:
            return found[place[:length]].line
    return None


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [
            _Token(match.lastgroup, match[0], match.start())
            for match in _TOKEN.finditer(text)
            if match.lastgroup not in {None, "comment"}
        ]
        self._at = 0
        self._found: dict[Place, Span] = {}
        self._last: dict[Place, int] = {}

    def read(self) -> dict[Place, Span]:
        table: Place = ()
        while self._at < len(self._tokens):
            if self._is("["):
                table = self._header()
            elif self._tokens[self._at].kind == "newline":
                self._at += 1
            else:
                self._pair(table)
        return self._found

    def _is(self, *marks: str) -> bool:
        token = self._tokens[self._at] if self._at < len(self._tokens) else _Token("newline", "\n", 0)
        return token.kind in {"mark", "newline"} and token.text in marks

    def _header(self) -> Place:
        start = self._tokens[self._at].start
        repeated = self._text.startswith("[[", start)
        self._at += 1 + repeated
        *parents, last = self._key()
        table: Place = ()
        for name in parents:
            table = self._newest((*table, name))
        table = (*table, last)
        if repeated:
            self._last[table] = self._last.get(table, -1) + 1
        table = self._newest(table)
        self._at += 1 + repeated
        self._mark(table, start, self._tokens[self._at - 1].start + 1)
        return table

    def _newest(self, place: Place) -> Place:
        """The place itself, or the last table of a list of tables."""
        return (*place, self._last[place]) if place in self._last else place

    def _key(self) -> list[str]:
        parts = []
        while not self._is("=", "]"):
            token = self._tokens[self._at]
            if token.kind == "string":
                parts.append(str(tomllib.loads(f"key = {token.text}")["key"]))
            elif token.kind == "bare":
                parts.append(token.text)
            self._at += 1
        return parts

    def _pair(self, table: Place) -> None:
        place = (*table, *self._key())
        self._at += 1
        self._value(place)

    def _value(self, place: Place) -> None:
        start = self._tokens[self._at].start
        if self._is("["):
            self._items(place, "]")
        elif self._is("{"):
            self._items(place, "}")
        else:
            while not self._is("\n", ",", "]", "}") and self._at < len(self._tokens):
                self._at += 1
        before = self._tokens[self._at - 1]
        self._mark(place, start, before.start + len(before.text))

    def _items(self, place: Place, end: str) -> None:
        self._at += 1
        index = 0
        while not self._is(end):
            if self._is("\n", ","):
                self._at += 1
            elif end == "}":
                self._pair(place)
            else:
                self._value((*place, index))
                index += 1
        self._at += 1

    def _mark(self, place: Place, start: int, end: int) -> None:
        """Note a place, and what it stands in where that has no place of its own yet."""
        span = Span(self._text.count("\n", 0, start) + 1, start, end)
        for length in range(1, len(place)):
            self._found.setdefault(place[:length], span)
        self._found[place] = span
