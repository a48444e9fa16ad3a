"""The texts of a folder, and `sbm questionnaires translate`."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from app.commands.authoring import AuthoringError
from scoring.errors import Place
from scoring.questionnaire.places import comments
from scoring.questionnaire.translation import merged, missing, original, untranslated

LANGUAGE = re.compile(r"[a-z]{2,3}")


class Translated(NamedTuple):
    """A file of texts that was written: how many were missing, and what is not translated yet."""

    file: Path
    source: str
    added: int
    untranslated: list[str]


def read_texts(folder: Path) -> dict[str, dict[str, Any]]:
    """The texts of a folder by language, as they are written."""
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("texts/*.toml"))}


def told(place: Place) -> str:
    """A place in a file of texts as its author writes it."""
    steps = [f"[{s}]" if isinstance(s, int) else f'."{s}"' if "." in s else f".{s}" for s in place]
    return "".join(steps).removeprefix(".")


def translate(language: str, folder: Path, *, lose_comments: bool) -> Translated:
    """Write `texts/<language>.toml`: what is there stays, what is missing is in the original's words.

    The file gets the order and the comments of the original. Raises `AuthoringError` where there is no
    original, or where comments of its own would be lost.
    """
    texts = read_texts(folder)
    source = original(texts)
    if not LANGUAGE.fullmatch(language):
        raise AuthoringError(f"a language is a code of two or three small letters such as de, not {language}")
    if source is None or source == language:
        raise AuthoringError(f"{folder}/texts: there is no language to translate from")
    file = folder / "texts" / f"{language}.toml"
    written = file.read_text("utf-8") if language in texts else ""
    model = (folder / "texts" / f"{source}.toml").read_text("utf-8")
    own = sorted(comments(written) - comments(model))
    if own and not lose_comments:
        raise AuthoringError(f"{file}: comments of its own would be lost, such as {own[0]!r}: see --yes")
    there = texts.get(language, {})
    if extra := missing(there, texts[source]):
        raise AuthoringError(
            f"{file}: {source} has no text for {told(extra[0])}: remove or add it there first"
        )
    text = merged(model, written)
    file.write_text(text, "utf-8")
    same = untranslated(texts[source], tomllib.loads(text))
    return Translated(file, source, len(missing(texts[source], there)), [told(place) for place in same])
