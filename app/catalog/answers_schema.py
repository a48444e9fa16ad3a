"""The answers to a questionnaire as a JSON Schema (2020-12), for portals that check before they send."""

from typing import Any

from app.core.editions import Edition
from scoring.questionnaire.form import DONT_KNOW, Capability, Form, Question
from scoring.questionnaire.texts import CapabilityTexts, QuestionTexts, Texts
from scoring.questionnaire.words import option_text
from scoring.respondents.answers import AnswerObject

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def answers_schema(edition: Edition, form: Form, language: str) -> Json:
    """The schema of `answers` for one tier: every question with the options that it allows."""
    texts = edition.words(language).texts
    return {
        "$schema": DIALECT,
        "$id": f"urn:sbm:answers:{edition.key}:{form.tier}",
        "title": texts.name or edition.questionnaire.id,
        "type": "object",
        "properties": {
            question.id: _question(question, capability, texts)
            for function in form.functions
            for capability in function.capabilities
            for question in capability.questions
        },
        "additionalProperties": False,
    }


def _question(question: Question, capability: Capability, texts: Texts) -> Json:
    above = texts.capabilities.get(capability.id, CapabilityTexts())
    own = texts.questions.get(question.id, QuestionTexts())
    options: list[Json] = [{"const": DONT_KNOW}]
    for option in question.options:
        words = option_text(option.id, own, above)
        options.append({"const": option.id} | ({"title": words} if words else {}))
    fields = AnswerObject.model_json_schema()["properties"]
    detail = {"comment": fields["comment"], "evidence": fields["evidence"]}
    answers: list[Json] = [
        {"oneOf": options},
        _object({"option": {"oneOf": options}}, detail),
    ]
    if question.not_applicable:
        reasons = fields["not_applicable"]["anyOf"][0]
        answers.append(_object({"not_applicable": reasons}, detail))
    text = own.question or above.question
    return {"anyOf": answers} | ({"title": text} if text else {})


def _object(answer: Json, detail: Json) -> Json:
    return {
        "type": "object",
        "properties": answer | detail,
        "required": list(answer),
        "additionalProperties": False,
    }
