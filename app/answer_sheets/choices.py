"""What can be chosen in a cell, in every language: the sentences of a drop-down, and what each stands for."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import get_args
from unicodedata import normalize

from app.core.editions import Edition
from app.core.words import SPOKEN, Sentences, words
from app.reports.signs import visible_text
from scoring.questionnaire.form import DONT_KNOW, Capability, Question, Reason
from scoring.questionnaire.texts import CapabilityTexts, QuestionTexts
from scoring.questionnaire.words import Words, option_text

FOLDER = Path(__file__).parent / "words"
REASONS: tuple[Reason, ...] = get_args(Reason)
NOT_APPLICABLE = "not_applicable"
MOST_COMPARED = 100  # characters of a text that is looked for among others

Labels = dict[str, str]


def sentences(language: str | None) -> Sentences:
    """The words of the answer sheet, in English where the language is not spoken."""
    return words(FOLDER, language)


def lines_shown(text: str) -> str:
    """A text of several lines as a cell shows it: what cannot be seen as a sign."""
    return "\n".join(visible_text(line) for line in text.replace("\r\n", "\n").split("\n"))


def compared(text: str) -> str:
    """A text as it is compared: spaces, case, apostrophes and how accents are written make no difference."""
    return " ".join(normalize("NFC", text).replace("’", "'").split()).casefold()


def labels_of(question: Question, capability: Capability, said: Words) -> Labels:
    """What the drop-down of a question says, by what it stands for; no two read alike."""
    above = said.texts.capabilities.get(capability.id, CapabilityTexts())
    own = said.texts.questions.get(question.id, QuestionTexts())
    product = sentences(said.language)
    texts = {option.id: option_text(option.id, own, above) or option.id for option in question.options}
    texts[DONT_KNOW] = product["dont_know"]
    if question.not_applicable:
        texts[NOT_APPLICABLE] = product["not_applicable"]
    shown = {name: visible_text(text) for name, text in texts.items()}
    alike = [compared(text) for text in shown.values()]
    return {
        name: text if alike.count(compared(text)) == 1 else f"{text} [{name}]" for name, text in shown.items()
    }


def reasons_in(language: str | None) -> Labels:
    """Why a question does not apply, in words."""
    product = sentences(language)
    return {reason: product[reason] for reason in REASONS}


class Choices:
    """What can be said to a question: in the sheet's language, by its id, in every other language."""

    def __init__(self, edition: Edition, language: str) -> None:
        """`language` is the sheet's."""
        mine = edition.words(language)
        self._words = [mine, *(said for said in edition.all_words if said is not mine)]
        self._reasons = _by_text([reasons_in(language), *(reasons_in(spoken) for spoken in SPOKEN)])

    def answers(self, question: Question, capability: Capability) -> Mapping[str, str]:
        """What each text stands for, by the text as it is compared."""
        labels = [labels_of(question, capability, said) for said in self._words]
        known = labels[0].keys()
        plain = [
            {name: sentences(spoken)[name] for name in (DONT_KNOW, NOT_APPLICABLE) if name in known}
            for spoken in SPOKEN
        ]
        return _by_text([*labels, *plain])

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why a question may not apply, by the text as it is compared."""
        return self._reasons


def _by_text(labels: Iterable[Labels]) -> dict[str, str]:
    """The first of them goes before ids, and those before the others."""
    first, *others = labels
    known: dict[str, str] = {}
    for said in (first, {name: name for name in first}, *others):
        for name, text in said.items():
            known.setdefault(compared(text), name)
    return known


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The text that reads most like it, of those in a drop-down."""
    short = {label[:MOST_COMPARED]: label for label in known}
    found = get_close_matches(text[:MOST_COMPARED], short, 1, 0)
    return short[found[0]] if found else None
