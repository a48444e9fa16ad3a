"""Which characters a text may have that somebody else will read."""

from unicodedata import category

from pydantic_core import PydanticCustomError

# Letters and signs that leave no mark: the fillers of Hangul, and the empty cell of Braille.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Embedding, override and isolate of the direction of writing (Unicode Standard Annex 9): what follows
# looks as if it stood elsewhere. Marks (U+200E, U+200F, U+061C) turn nothing but themselves.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROL = frozenset({"Cc", "Zl", "Zp"})
_VISIBLE = frozenset("LNPS")


def visible(text: str) -> str:
    """The text, where something of it can be seen; an empty one is for others to judge."""
    if text and not any(category(letter)[0] in _VISIBLE and letter not in _BLANK for letter in text):
        raise PydanticCustomError("invisible", "nothing of this text can be seen")
    return text


def one_line(text: str) -> str:
    """The text, where it is what it looks like on one line: a name."""
    if any(category(letter) in _CONTROL for letter in text):
        raise PydanticCustomError(
            "control_character", "line breaks, tabs and other control characters are refused here"
        )
    if not _TURNING.isdisjoint(text):
        raise PydanticCustomError(
            "direction_character", "characters that turn the direction of writing are refused here"
        )
    return visible(text)


def without_hidden(text: str) -> str:
    """The text, where every character of it can be seen: an address."""
    if any(category(letter) == "Cf" for letter in one_line(text)):
        raise PydanticCustomError("invisible", "characters that cannot be seen are refused here")
    return text
