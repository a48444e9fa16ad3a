"""A questionnaire as JSON: the file with all defaults written out and the words merged in."""

from typing import Any

from app.core.editions import Edition
from scoring import Questionnaire
from scoring.presentation.sentences import verdict_words
from scoring.questionnaire.duration import Duration
from scoring.questionnaire.form import FULL, Capability, Form, Function, Question
from scoring.questionnaire.texts import CapabilityTexts, FunctionTexts, QuestionTexts, Texts
from scoring.questionnaire.words import Words, option_text

Json = dict[str, Any]


def summarize(edition: Edition, language: str) -> Json:
    """A questionnaire in a list."""
    questionnaire, words = edition.questionnaire, edition.words(language)
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "name": words.texts.name or questionnaire.id,
        "released": edition.released,
        "languages": questionnaire.languages,
        "tiers": {tier: len(form.questions) for tier, form in questionnaire.forms.items()},
        "digest": questionnaire.digest,
    }


def present_questionnaire(edition: Edition, language: str) -> Json:
    """A whole questionnaire, ids beside words."""
    questionnaire, words = edition.questionnaire, edition.words(language)
    texts, duration = words.texts, edition.duration(language)
    full = questionnaire.forms[FULL]
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "released": edition.released,
        "languages": questionnaire.languages,
        "language": words.language,
        "name": texts.name or questionnaire.id,
        "introduction": texts.introduction,
        "max_level": questionnaire.max_level,
        "levels": _levels(words),
        "level_rule": _rule(full),
        "definition": questionnaire.definition.model_dump() | {"text": texts.definition},
        "verdict": verdict_words(words),
        "lenses": _named(questionnaire.lenses, texts.lenses),
        "sides": _named(questionnaire.known_sides, texts.sides),
        "tiers": {
            tier: {
                "name": texts.tiers.get(tier, tier),
                "questions": [question.id for question in form.questions],
                "level_rule": _rule(form),
                "minutes": duration.minutes(form, form.question_ids)._asdict(),
            }
            for tier, form in questionnaire.forms.items()
        },
        "functions": [_function(function, words) for function in full.functions],
        "prerequisites": [entry.model_dump() for entry in questionnaire.prerequisites],
        "roles": _roles(questionnaire, texts, duration),
        "importance": texts.importance.model_dump() if questionnaire.importance else None,
        "self_rating": _self_rating(questionnaire, texts),
        "benchmarks": [{"id": benchmark, "figures": figures} for benchmark, figures in words.figures.items()],
        "notices": _notices(questionnaire),
        "mapping": _mapping(questionnaire),
    }


def _roles(questionnaire: Questionnaire, texts: Texts, duration: Duration) -> list[Json]:
    return [
        {
            "id": r.id,
            "name": texts.roles.get(r.id, r.id),
            "side": r.side,
            "asked": r.asked,
            "minutes": {
                tier: duration.minutes(form, form.matching(r.asked))._asdict()
                for tier, form in questionnaire.forms.items()
            },
        }
        for r in questionnaire.roles
    ]


def _mapping(questionnaire: Questionnaire) -> Json | None:
    """What became of the questions of an older version."""
    if questionnaire.mapping is None:
        return None
    return {
        "older": questionnaire.mapping.older,
        "questions": [
            {"kind": relation.kind, "older": relation.older, "newer": relation.newer}
            for relation in questionnaire.relations
        ],
    }


def _notices(questionnaire: Questionnaire) -> Json:
    thresholds = questionnaire.notices.model_dump()
    return thresholds | {"high_level": questionnaire.high_level}


def _named(ids: tuple[str, ...], names: dict[str, str]) -> list[Json]:
    return [{"id": name, "name": names.get(name, name)} for name in ids]


def _rule(form: Form) -> Json:
    return {
        "coverage_percent": form.rule.coverage_percent,
        "max_shortfall": form.rule.max_shortfall,
    }


def _levels(words: Words) -> list[Json]:
    described = words.texts.levels or ()
    return [
        {
            "level": level,
            "name": name,
            "description": described[level].description if described else None,
        }
        for level, name in enumerate(words.levels)
    ]


def _function(function: Function, words: Words) -> Json:
    texts = words.texts.functions.get(function.id, FunctionTexts())
    return {
        "id": function.id,
        "name": texts.name or function.id,
        "description": texts.description,
        "weight": function.weight,
        "scored": function.scored,
        "capabilities": [_capability(c, words) for c in function.capabilities],
    }


def _capability(capability: Capability, words: Words) -> Json:
    said = words.capabilities[capability.id]
    texts = words.texts.capabilities.get(capability.id, CapabilityTexts())
    return {
        "id": capability.id,
        "name": said.name,
        "weight": capability.weight,
        "scored": capability.scored,
        "lens": capability.lens,
        "step_efforts": capability.step_efforts,
        "why": texts.why,
        "evidence": texts.evidence,
        "level_texts": texts.levels,
        "actions": texts.actions,
        "questions": [_question(q, capability, texts, words.texts) for q in capability.questions],
    }


def _question(question: Question, capability: Capability, above: CapabilityTexts, texts: Texts) -> Json:
    own = texts.questions.get(question.id, QuestionTexts())
    alone = len(capability.questions) == 1
    return {
        "id": question.id,
        "text": own.question or (above.question if alone else None),
        "why": own.why or above.why,
        "evidence": own.evidence or above.evidence,
        "weight": question.weight,
        "not_applicable": question.not_applicable,
        "options": [
            {"id": option.id, "points": option.points, "text": option_text(option.id, own, above)}
            for option in question.options
        ],
    }


def _self_rating(questionnaire: Questionnaire, texts: Texts) -> Json | None:
    entry, said = questionnaire.self_rating, texts.self_rating
    if entry is None:
        return None
    return {
        "question": said.question,
        "lowest": said.lowest,
        "highest": said.highest,
        "bands": [
            {"id": band.id, "name": said.bands.get(band.id, band.id), "up_to": band.up_to}
            for band in entry.bands
        ],
        "benchmark": entry.benchmark,
    }
