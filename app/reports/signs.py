"""Free text on paper: as it was typed, what cannot be seen as a sign, long words so that they can break."""

import re
from collections.abc import Sequence
from typing import Any

# Control characters, and those that turn the direction of what follows (Unicode Standard Annex 9).
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
SIGN = "□"
_LONG = re.compile(r"[^\s<>]{33,}")
MOST_OF_NAME = 60
LEAST = 16  # letters between two places where a very long word may break
DRAWING = "svg"  # the name of what is markup of ours


def shown(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """The same with all its texts; drawings, which are markup of ours, as they are."""
    match value:
        case str():
            return _text(value)
        case dict():
            return {key: part if key == DRAWING else shown(part) for key, part in value.items()}
        case list() | tuple():
            return [shown(part) for part in value]
        case _:
            return value


def has_longer(value: Any, most: int) -> bool:  # noqa: ANN401 -- any JSON value
    """Whether one of its texts has more characters than that."""
    match value:
        case str():
            return len(value) > most
        case dict():
            return any(has_longer(part, most) for key, part in value.items() if key != DRAWING)
        case list() | tuple():
            return any(has_longer(part, most) for part in value)
        case _:
            return False


def _text(text: str) -> str:
    return _LONG.sub(_breakable, _UNSEEN.sub(SIGN, text))


def _breakable(word: re.Match[str]) -> str:
    letters = word[0]
    return "\u200b".join(letters[start : start + LEAST] for start in range(0, len(letters), LEAST))


_OTHER = re.compile(r"[^\w.,&+()]+")


def file_name(parts: Sequence[str]) -> str:
    """Texts as the name of a file, without its ending: letters, digits and a few signs, not too long."""
    names = (_OTHER.sub(" ", part).strip(" .")[:MOST_OF_NAME] for part in parts)
    return " ".join(name for name in names if name) or "report"
