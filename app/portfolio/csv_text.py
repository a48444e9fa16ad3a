"""CSV as programs write it: in which encoding, and what stands between its cells."""

import codecs
import csv
import re
from collections.abc import Collection
from io import TextIOWrapper
from typing import IO, NamedTuple

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",  # as browsers read it
    "iso-8859-15": "iso8859-15",
    "macintosh": "mac-roman",
}
NAMES = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
SAID_FIRST = re.compile(r'"?sep=([^"\r\n ])"?\r?\n?')  # Excel's line before the header
BLOCK = 1 << 20  # bytes that are decoded at once
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class UnreadableError(Exception):
    """A portfolio is not in the format that it is said to be in."""


class CsvText(NamedTuple):
    """How a table is written."""

    encoding: str
    delimiter: str
    skipped: int  # lines before the header

    @property
    def said(self) -> str | None:
        """In words, where it is not plain CSV."""
        if (self.encoding, self.delimiter) == ("utf-8-sig", ","):
            return None
        between = DELIMITERS.get(self.delimiter, self.delimiter)
        return f"{NAMES.get(self.encoding, self.encoding.upper())}, cells between {between}"


def recognise(body: IO[bytes], names: Collection[str], encoding: str | None) -> CsvText:
    """How a table is written; `names` are those that its header is likely to have.

    Without an encoding it is found out: a mark at the beginning, else UTF-8 if all of it is, else
    Windows-1252. Raises `UnreadableError` for what is no text.
    """
    how = _named(encoding) if encoding else _encoding_of(body)
    try:
        if not _is_all(body, how):
            message = f"the text is not {NAMES.get(how, how.upper())}"
            raise UnreadableError(message)
        line = _first_line(body, how)
    finally:
        body.seek(0)
    said = SAID_FIRST.fullmatch(line)
    return CsvText(how, said[1], 1) if said else CsvText(how, _delimiter(line, names), 0)


def _named(encoding: str) -> str:
    if encoding.lower() not in ENCODINGS:
        message = f"the encodings are {', '.join(ENCODINGS)}"
        raise UnreadableError(message)
    return ENCODINGS[encoding.lower()]


def text_of(body: IO[bytes], how: CsvText) -> TextIOWrapper:
    """The text from its header on."""
    text = TextIOWrapper(body, how.encoding, newline="")
    for _ in range(how.skipped):
        text.readline()
    return text


def _first_line(body: IO[bytes], encoding: str) -> str:
    body.seek(0)
    text = TextIOWrapper(body, encoding, newline="")
    try:
        return text.readline(BLOCK)
    finally:
        text.detach()


def _encoding_of(body: IO[bytes]) -> str:
    beginning = body.read(BLOCK)
    for mark, encoding in MARKS.items():
        if beginning.startswith(mark):
            return encoding
    if b"\0" in beginning:
        return "utf-16-le" if beginning[1:2] == b"\0" else "utf-16-be"
    body.seek(0)
    for encoding in ("utf-8-sig", "cp1252"):
        if _is_all(body, encoding):
            return encoding
    message = "the text is neither UTF-8 nor Windows-1252: save it as CSV UTF-8"
    raise UnreadableError(message)


def _is_all(body: IO[bytes], encoding: str) -> bool:
    body.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := body.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _delimiter(header: str, names: Collection[str]) -> str:
    """What gives most of the names that are likely, then most cells; a comma where nothing tells."""

    def fits(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(cell.strip() in names for cell in cells), len(cells)

    try:
        return max(DELIMITERS, key=fits)
    except csv.Error:
        return ","
