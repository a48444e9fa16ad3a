"""Advice about the style of a questionnaire: warnings that refuse nothing (§2)."""

from collections.abc import Iterator
from typing import Any

from scoring.errors import Fault, Place
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL, Capability, Question
from scoring.questionnaire.texts import CapabilityTexts, QuestionTexts, Texts
from scoring.questionnaire.translation import missing, original

LONG_TEXT = 200  # characters: what a phone shows without scrolling
MANY_QUESTIONS = 60  # more than a quarter of an hour


def advice(questionnaire: Questionnaire) -> list[Fault]:
    """What a careful author would still change, each with its place."""
    return [*_structure(questionnaire), *_words(questionnaire)]


def _structure(questionnaire: Questionnaire) -> Iterator[Fault]:
    full = questionnaire.forms[FULL]
    if len(full.questions) > MANY_QUESTIONS:
        detail = f"{len(full.questions)} questions: few respondents finish more than {MANY_QUESTIONS}"
        yield Fault(("functions",), "many_questions", detail)
    for question in full.questions:
        points = [option.points for option in question.options]
        if points != sorted(points):
            detail = f"the options of {question.id} do not rise from least to greatest"
            yield Fault(("functions",), "unordered_options", detail)
    for index, function in enumerate(full.functions):
        if function.scored and not function.counted:
            detail = f"nothing of {function.id} is scored, so it never applies: write scored = false for it"
            yield Fault(("functions", index), "nothing_scored", detail)
    if not questionnaire.texts:
        yield Fault(("texts",), "no_texts", "there are no texts: respondents would see ids")


def _words(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Advice about the original; of a translation only how much of it is missing."""
    source = original(questionnaire.texts)
    for language, texts in questionnaire.texts.items():
        place: Place = ("texts", language)
        if language == source:
            yield from _language(questionnaire, place, texts)
        elif lacking := missing(_written(questionnaire.texts[source or ""]), _written(texts)):
            detail = f"{len(lacking)} texts of {source} are missing: sbm questionnaires translate {language}"
            yield Fault(place, "incomplete_translation", detail)


def _written(texts: Texts) -> dict[str, Any]:
    return texts.model_dump(mode="json", exclude_unset=True)


def _language(questionnaire: Questionnaire, place: Place, texts: Texts) -> Iterator[Fault]:
    for function in questionnaire.forms[FULL].functions:
        named = texts.functions.get(function.id)
        if named is None or named.name is None:
            yield _missing((*place, "functions", function.id, "name"))
        for capability in function.capabilities:
            yield from _capability(place, capability, texts)


def _capability(place: Place, capability: Capability, texts: Texts) -> Iterator[Fault]:
    entry = texts.capabilities.get(capability.id, CapabilityTexts())
    inside: Place = (*place, "capabilities", capability.id)
    own = [texts.questions.get(question.id, QuestionTexts()) for question in capability.questions]
    for key in ("name", "why", "evidence"):
        in_each = key != "name" and all(getattr(question, key) for question in own)
        if getattr(entry, key) is None and not in_each:
            yield _missing((*inside, key))
    for question in capability.questions:
        alone = entry.question if len(capability.questions) == 1 else None
        yield from _question(place, question, alone, entry, texts)
    for level, text in enumerate(entry.levels or ()):
        if len(text) > LONG_TEXT:
            detail = f"{len(text)} characters; respondents read up to {LONG_TEXT}"
            yield Fault((*inside, "levels", level), "long_text", detail)


def _question(
    place: Place, question: Question, alone: str | None, above: CapabilityTexts, texts: Texts
) -> Iterator[Fault]:
    own = texts.questions.get(question.id, QuestionTexts())
    if own.question is None and alone is None:
        yield _missing((*place, "capabilities", question.id, "question"))
    levels = {str(level) for level in range(len(above.levels or ()))}
    for option in question.points:
        if option not in own.options and option not in above.options and option not in levels:
            yield _missing((*place, "questions", question.id, "options", option))


def _missing(place: Place) -> Fault:
    return Fault(place, "missing_text", "the text is missing")
