"""The words of a questionnaire in one language, looked up by id and prepared once (§2).

Where a text is missing the id serves as name, and sentences are `None`.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypedDict

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL
from scoring.questionnaire.texts import BenchmarkTexts, CapabilityTexts, QuestionTexts, Texts
from scoring.questionnaire.translation import DEFAULT_LANGUAGE

NO_TEXTS = Texts()


class Figure(TypedDict):
    """A published figure as the profile shows it: dated context that never changes a score."""

    id: str
    text: str | None
    question: str | None
    option: str | None
    side: str | None
    percent: int
    interval: tuple[int, int] | None
    n: int | None
    year: int | None
    population: str | None
    source: str | None
    caveat: str | None


class CapabilityWords(NamedTuple):
    """A capability's name, a sentence for each level from 0, an action a step, what evidence looks like."""

    name: str
    levels: tuple[str | None, ...]
    actions: tuple[str, ...] | None
    evidence: str | None

    def next_step(self, level: int) -> str | None:
        """What to do first from a level, below the top one: its action, else the next level's text (§7).

        One action alone is that of every level.
        """
        if self.actions:
            return self.actions[level if len(self.actions) > 1 else 0]
        return self.levels[level + 1]


class Words:
    """What a profile says in one language."""

    def __init__(self, questionnaire: Questionnaire, language: str | None) -> None:
        """Prepare the words; without texts in any language ids serve as names."""
        texts = questionnaire.texts.get(language or "", NO_TEXTS)
        full = questionnaire.forms[FULL]
        self.language = language
        self.texts = texts
        self.functions = {
            name: (texts.functions[name].name or name) if name in texts.functions else name
            for name in full.function_of
        }
        self.short_functions = {
            name: (texts.functions[name].short or said) if name in texts.functions else said
            for name, said in self.functions.items()
        }
        self.lenses = {lens: texts.lenses.get(lens, lens) for lens in questionnaire.lenses}
        self.levels = level_names(questionnaire.max_level, texts)
        self.capabilities = {
            name: _capability_words(name, texts, questionnaire.max_level) for name in full.capability_of
        }
        self.capability_names = {
            question.id: self.capabilities[capability.id].name
            for capability in full.capability_of.values()
            for question in capability.questions
        }
        self.figures = {b.id: tuple(_figures(questionnaire, b.id, texts)) for b in questionnaire.benchmarks}


def language_of(questionnaire: Questionnaire, wanted: str) -> str | None:
    """The wanted language where there are texts in it, else English, else any; `None` without texts."""
    for language in (wanted, DEFAULT_LANGUAGE, *questionnaire.languages):
        if language in questionnaire.texts:
            return language
    return None


def option_text(option: str, own: QuestionTexts, above: CapabilityTexts) -> str | None:
    """The words of an option: the question's own, else the capability's, else those of the level it names."""
    levels = {str(level): text for level, text in enumerate(above.levels or ())}
    return own.options.get(option) or above.options.get(option) or levels.get(option)


def level_names(max_level: int, texts: Texts) -> tuple[str, ...]:
    """Names of the levels from 0."""
    if texts.levels is None:
        return tuple(str(level) for level in range(max_level + 1))
    return tuple(level.name for level in texts.levels)


def _capability_words(name: str, texts: Texts, max_level: int) -> CapabilityWords:
    entry = texts.capabilities.get(name, CapabilityTexts())
    levels = entry.levels or (None,) * (max_level + 1)
    return CapabilityWords(entry.name or name, levels, entry.actions, entry.evidence)


def _figures(questionnaire: Questionnaire, study: str, texts: Texts) -> Iterator[Figure]:
    benchmark = next(b for b in questionnaire.benchmarks if b.id == study)
    words = texts.benchmarks.get(study, BenchmarkTexts())
    for figure in benchmark.figures:
        yield {
            "id": figure.id,
            "text": words.figures.get(figure.id),
            "question": figure.question,
            "option": figure.option,
            "side": figure.side,
            "percent": figure.percent,
            "interval": figure.interval,
            "n": figure.n or benchmark.n,
            "year": benchmark.year,
            "population": words.population,
            "source": words.source,
            "caveat": words.caveat,
        }
