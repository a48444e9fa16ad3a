"""Free text on paper: as it was typed, what cannot be seen as a sign, long words so that they can break."""

import re
from collections.abc import Callable, Sequence
from typing import Any

# Control characters, and those that turn the direction of what follows (Unicode Standard Annex 9).
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
SIGN = "□"
_LONG = re.compile(r"[^\s<>]{33,}")
MOST_OF_NAME = 60
LEAST = 16  # letters between two places where a very long word may break
DRAWINGS = {"svg", "png"}  # the names of what is no text but made by us


def shown(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """The same with all its texts for paper; drawings, which we have made, as they are."""
    return _with_texts(value, _text)


def visible(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """The same for what breaks long words by itself: as it was typed, what cannot be seen as a sign."""
    return _with_texts(value, visible_text)


def visible_text(text: str) -> str:
    """A text as it was typed, what cannot be seen as a sign."""
    return _UNSEEN.sub(SIGN, text)


def _with_texts(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 -- any JSON value
    match value:
        case str():
            return change(value)
        case dict():
            parts = value.items()
            return {key: part if key in DRAWINGS else _with_texts(part, change) for key, part in parts}
        case list() | tuple():
            return [_with_texts(part, change) for part in value]
        case _:
            return value


def has_longer(value: Any, most: int) -> bool:  # noqa: ANN401 -- any JSON value
    """Whether one of its texts has more characters than that."""
    match value:
        case str():
            return len(value) > most
        case dict():
            return any(has_longer(part, most) for key, part in value.items() if key not in DRAWINGS)
        case list() | tuple():
            return any(has_longer(part, most) for part in value)
        case _:
            return False


def _text(text: str) -> str:
    return _LONG.sub(_breakable, visible_text(text))


def _breakable(word: re.Match[str]) -> str:
    letters = word[0]
    return "\u200b".join(letters[start : start + LEAST] for start in range(0, len(letters), LEAST))


_OTHER = re.compile(r"[^\w.,&+()]+")


def file_name(parts: Sequence[str]) -> str:
    """Texts as the name of a file, without its ending: letters, digits and a few signs, not too long."""
    names = (_OTHER.sub(" ", part).strip(" .")[:MOST_OF_NAME] for part in parts)
    return " ".join(name for name in names if name) or "report"
