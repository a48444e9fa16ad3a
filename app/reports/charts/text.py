"""How wide words are, near enough to break labels into lines where nothing can be measured."""

from collections.abc import Iterator

NARROW, WIDE = "fijlrtI.,;:'’|!()[] ", "mwMW@%"


def width_of(text: str, size: float) -> float:
    """About how wide a text is in the font of the pages, in px; rather too wide than too narrow."""
    return size * sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if sign in NARROW:
        return 0.33
    if sign in WIDE:
        return 0.86
    return 0.66 if sign.isupper() or ord(sign) > 0x2E80 else 0.53  # noqa: PLR2004 -- from there signs are square


def lines_of(text: str, width: float, size: float, most: int = 3) -> list[str]:
    """A label in at most `most` lines of a width in px; what does not go in ends in an ellipsis."""
    lines = list(_broken(text, width, size))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(f"{last}…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _broken(text: str, width: float, size: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > width:
            yield line
            longer = word
        while width_of(longer, size) > width and len(longer) > 1:
            fitting = _fitting(longer, width, size)
            yield longer[:fitting]
            longer = longer[fitting:]
        line = longer
    yield line


def _fitting(word: str, width: float, size: float) -> int:
    """How many signs of a word go into a line, at least one."""
    count = 1
    while count < len(word) and width_of(word[: count + 1], size) <= width:
        count += 1
    return count
