"""The product's own words: each slice keeps its own in `words/<lang>.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SPOKEN = ("en", "it")
DEFAULT = SPOKEN[0]

Sentences = Mapping[str, str]


def words(folder: Path, language: str | None) -> Sentences:
    """The sentences of a folder by key, in English where the language is not spoken."""
    return _read(folder / f"{language if language in SPOKEN else DEFAULT}.toml")


@cache
def _read(file: Path) -> Sentences:
    return tomllib.loads(file.read_text("utf-8"))
