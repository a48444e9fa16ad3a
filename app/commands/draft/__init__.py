"""The start of a questionnaire of one's own: small, sound, and ready to be scored."""

import re
from pathlib import Path

from app.core.mendable import MendableError

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
VERSION = "0.1.0"

_TEMPLATES = Path(__file__).parent
_FILES = ("questionnaire.toml", "texts/en.toml", "answers.json")


class DraftError(MendableError):
    """The draft cannot be written."""


def write(identifier: str, folder: Path) -> Path:
    """Write `<id>/0.1.0/` with structure, English texts and answers to try; never over something."""
    if not IDENTIFIER.fullmatch(identifier):
        message = "an id is made of a-z, 0-9, - and _, at most 64 characters"
        raise DraftError(message)
    target = folder / identifier / VERSION
    if target.exists():
        message = f"{target} exists already"
        raise DraftError(message)
    (target / "texts").mkdir(parents=True)
    for name in _FILES:
        text = (_TEMPLATES / name).read_text("utf-8")
        (target / name).write_text(
            text.replace("{identifier}", identifier).replace("{version}", VERSION), "utf-8"
        )
    return target / _FILES[0]
