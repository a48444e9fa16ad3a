"""Texts in blocks of whole rows, so that a long one takes little memory."""

from collections.abc import Callable, Iterator
from typing import IO

EndOfRows = Callable[[bytes], int]


def end_of_lines(read: bytes, /) -> int:
    """Where the last whole line ends."""
    return read.rfind(b"\n") + 1


def end_of_csv_rows(read: bytes, /) -> int:
    """Where the last whole row ends: after the last line break outside of quotes."""
    end = read.rfind(b"\n")
    while end >= 0 and read.count(b'"', 0, end) % 2:
        end = read.rfind(b"\n", 0, end)
    return end + 1


def blocks(body: IO[bytes], end_of_rows: EndOfRows, size: int) -> Iterator[bytes]:
    """The text in blocks of whole rows, of about so many bytes each; an empty text is one empty block."""
    read, is_first = b"", True
    while more := body.read(size):
        read += more
        if end := end_of_rows(read):
            yield read[:end]
            read, is_first = read[end:], False
    if read or is_first:
        yield read
