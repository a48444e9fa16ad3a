"""What stands in an answer sheet, as data: the page that explains, and a sheet a function."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, NamedTuple

from app.answer_sheets.choices import NOT_APPLICABLE, Labels, labels_of, lines_shown, reasons_in, sentences
from app.core.editions import Edition
from app.core.words import Sentences
from app.reports.signs import visible_text
from scoring.presentation import formats
from scoring.questionnaire.form import Capability, Function, Question
from scoring.questionnaire.texts import CapabilityTexts, FunctionTexts, QuestionTexts, RatingTexts
from scoring.questionnaire.words import Words

RATINGS = ("importance", "self_rating")
ABOUT, LISTS = "sbm_answer_sheet", "sbm_lists"  # sheets that are not shown
MOST_OF_NAME = 31  # characters of the name of a sheet
MOST_CHARACTERS = 32_767  # that a cell holds
_RESERVED = "history"  # a name that Excel keeps for itself
_ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Whom(NamedTuple):
    """Who is asked by whom about which company, until when; what is not known is `None`."""

    workspace: str | None = None
    company: str | None = None
    name: str | None = None
    role: str | None = None
    functions: Sequence[str] | None = None
    due: date | None = None
    anonymous: bool = False
    assessment: str | None = None
    participant: str | None = None
    accent: str | None = None


class Asked(NamedTuple):
    """What is asked: the questions `asked` of a tier of an edition, by their ids."""

    edition: Edition
    tier: str
    asked: AbstractSet[str]


class Said(NamedTuple):
    """The answers so far, as the API has them."""

    answers: Mapping[str, Any] = {}
    importance: int | None = None
    self_rating: int | None = None


NOTHING = Said()


class Line(NamedTuple):
    """A row: the id of a question, its text, what can be chosen, and what has been said."""

    id: str
    question: str
    choices: tuple[str, ...]
    reasons: tuple[str, ...]
    answer: str
    reason: str
    comment: str
    evidence: str


class Part(NamedTuple):
    """A sheet of questions."""

    name: str
    description: str
    lines: Sequence[Line]


class Rated(NamedTuple):
    """A rating from 1 to 10: its id, its question, and what has been said."""

    id: str
    question: str
    value: int | None


class Content(NamedTuple):
    """A whole answer sheet; `about` says what it is a sheet of."""

    language: str
    accent: str | None
    words: Sentences
    start: str
    title: str
    explained: Sequence[str]
    ratings: Sequence[Rated]
    parts: Sequence[Part]
    about: Mapping[str, str]


def content_of(what: Asked, whom: Whom, language: str, said: Said = NOTHING) -> Content:
    """The answer sheet of what is asked, in a language, with the answers so far."""
    edition, tier, asked = what
    words, product = edition.words(language), sentences(language)
    title = product["title"].format(questionnaire=words.texts.name or edition.questionnaire.id)
    form = edition.questionnaire.form_of(tier)
    functions = [function for function in form.functions if asked & set(function.question_ids)]
    start, *names = _sheet_names([product["start"], *(words.functions[f.id] for f in functions)])
    parts = [
        _part(name, function, asked, words, said) for name, function in zip(names, functions, strict=True)
    ]
    return Content(
        language=language,
        accent=whom.accent,
        words=product,
        start=start,
        title=visible_text(title),
        explained=[visible_text(line) for line in _explained(product, whom, len(asked), words, language)],
        ratings=list(_ratings(edition, product, words, said)),
        parts=parts,
        about=_about(edition, tier, whom, language),
    )


def _about(edition: Edition, tier: str, whom: Whom, language: str) -> Mapping[str, str]:
    questionnaire = edition.questionnaire
    known = {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "tier": tier,
        "language": language,
        "assessment": whom.assessment,
        "participant": whom.participant,
        "role": whom.role,
        "functions": " ".join(whom.functions or ()) or None,
    }
    return {key: value for key, value in known.items() if value is not None}


def _explained(product: Sentences, whom: Whom, questions: int, words: Words, language: str) -> Sequence[str]:
    """Who asks whom, until when, how it is filled in and sent back."""
    role = None if whom.role is None else words.texts.roles.get(whom.role, whom.role)
    somebody = ", ".join(part for part in (whom.name, role) if part)
    back = "back_anonymous" if whom.anonymous else "back" if whom.workspace else "back_to_sender"
    count = "count_one" if formats.is_one(questions, language) else "count_other"
    lines = [
        product["asks"].format(workspace=whom.workspace, company=whom.company) if whom.workspace else "",
        product["whom"].format(whom=somebody) if somebody else "",
        product["due"].format(day=formats.day(whom.due, language)) if whom.due else "",
        product[count].format(count=questions),
        *(product[key] for key in ("how", "unknown", "applies", "adding", "cells")),
        product[back].format(workspace=whom.workspace),
    ]
    return [line for line in lines if line]


def _ratings(edition: Edition, product: Sentences, words: Words, said: Said) -> Sequence[Rated]:
    texts: Mapping[str, RatingTexts] = {
        "importance": words.texts.importance,
        "self_rating": words.texts.self_rating,
    }
    return [
        Rated(name, visible_text(_rating_text(name, texts[name], product)), getattr(said, name))
        for name in RATINGS
        if getattr(edition.questionnaire, name) is not None
    ]


def _rating_text(name: str, texts: RatingTexts, product: Sentences) -> str:
    lowest, highest = texts.lowest or product["lowest"], texts.highest or product["highest"]
    return product["scale"].format(question=texts.question or product[name], lowest=lowest, highest=highest)


def _part(name: str, function: Function, asked: AbstractSet[str], words: Words, said: Said) -> Part:
    texts = words.texts.functions.get(function.id, FunctionTexts())
    lines = [
        _line(question, capability, words, said.answers.get(question.id))
        for capability in function.capabilities
        for question in capability.questions
        if question.id in asked
    ]
    return Part(name, visible_text(texts.description or words.functions[function.id]), lines)


def _line(question: Question, capability: Capability, words: Words, said: Any) -> Line:  # noqa: ANN401 -- an answer
    labels, reasons = labels_of(question, capability, words), reasons_in(words.language)
    shown = shown_answer(said, labels, reasons)
    text = _question_text(question, capability, words)
    own_reasons = tuple(reasons.values()) if question.not_applicable else ()
    return Line(question.id, visible_text(text), tuple(labels.values()), own_reasons, *shown)


def _question_text(question: Question, capability: Capability, words: Words) -> str:
    own = words.texts.questions.get(question.id, QuestionTexts()).question
    above = words.texts.capabilities.get(capability.id, CapabilityTexts()).question
    alone = len(capability.questions) == 1
    return (
        own
        or (above if alone else None)
        or (words.capabilities[capability.id].name if alone else question.id)
    )


def shown_answer(said: Any, labels: Labels, reasons: Labels) -> tuple[str, str, str, str]:  # noqa: ANN401 -- an answer
    """Answer, reason, comment and evidence as cells show them.

    Evidence that is longer than a cell ends with its last whole link.
    """
    if said is None:
        return "", "", "", ""
    given = {"option": said} if isinstance(said, str) else said
    reason = given.get("not_applicable")
    chosen = NOT_APPLICABLE if reason else given.get("option") or ""
    links = [visible_text(link) for link in given.get("evidence") or ()]
    while len("\n".join(links)) > MOST_CHARACTERS:
        links.pop()
    comment = lines_shown(given.get("comment") or "")
    return labels.get(chosen, chosen), reasons.get(reason or "", ""), comment, "\n".join(links)


def _sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that sheets may have, each once whatever its case."""
    taken, names = {ABOUT, LISTS, _RESERVED}, []
    for name in wanted:
        legal = " ".join(visible_text(name).translate(_ILLEGAL).split()).strip("'")
        number, candidate = 1, legal[:MOST_OF_NAME].strip(" '") or "1"
        while candidate.casefold() in taken:
            number += 1
            ending = f" {number}"
            candidate = legal[: MOST_OF_NAME - len(ending)].strip(" '") + ending
        taken.add(candidate.casefold())
        names.append(candidate)
    return names
