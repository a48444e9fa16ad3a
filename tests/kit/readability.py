"""How easily a text is read, by an index of its language; both count letters: no syllables are guessed."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+")


def gulpease(texts: Iterable[str]) -> float:
    """Gulpease (Lucisano and Piemontese 1988), for Italian, 0 to 100.

    From 40 on easy with a higher education, from 60 on for who left school at 14, from 80 on at 11.
    """
    letters, words, sentences = _counted(texts)
    return 89 + (300 * sentences - 10 * letters) / words


def coleman_liau(texts: Iterable[str]) -> float:
    """The index of Coleman and Liau (1975), for English: the years of school that a reader needs."""
    letters, words, sentences = _counted(texts)
    return 5.88 * letters / words - 29.6 * sentences / words - 15.8


def _counted(texts: Iterable[str]) -> tuple[int, int, int]:
    """Letters, words and sentences; a text is a sentence or several."""
    letters = words = sentences = 0
    for text in texts:
        found = WORD.findall(text)
        letters += sum(map(len, found))
        words += len(found)
        sentences += len(re.findall(r"[.!?;](?=\s|$)", text)) or 1
    return letters, words, sentences
