"""A questionnaire on one page for whoever reviews its words: every ladder with its actions."""

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL, Capability
from scoring.questionnaire.texts import CapabilityTexts, FunctionTexts, RatingTexts, Texts
from scoring.questionnaire.words import option_text
from tests.kit.folders import QUESTIONNAIRES, ROOT, load

VERSION = QUESTIONNAIRES / "social-business" / "2.0.0"
SHEETS = {language: ROOT / "docs" / f"questionnaire-2-{language}.md" for language in ("en", "it")}
COMMAND = "python -m tests.kit.generated"


def sheet_text(language: str) -> str:
    """The reading sheet of a language, as the file has it."""
    questionnaire = load(VERSION)
    return "\n\n".join(_blocks(questionnaire, questionnaire.texts[language])) + "\n"


def _blocks(questionnaire: Questionnaire, texts: Texts) -> list[str]:
    blocks = [
        f"# {texts.name} {questionnaire.version}",
        f"<!-- Generated from questionnaires/social-business/2.0.0: {COMMAND} rewrites it. -->",
        texts.introduction or "",
        f"> {texts.definition}",
        _table(
            ["", "", ""],
            [[str(n), said.name, said.description or ""] for n, said in enumerate(texts.levels or ())],
        ),
    ]
    if questionnaire.importance:
        blocks.append(_rating(texts.importance))
    blocks.append(_rating(texts.self_rating))
    express = questionnaire.forms["express"].question_ids
    for function in questionnaire.forms[FULL].functions:
        said = texts.functions.get(function.id, FunctionTexts())
        blocks += [f"## {said.name}", said.description or ""]
        for capability in function.capabilities:
            blocks += _capability(capability, texts, is_express=capability.id in express)
    return blocks


def _rating(said: RatingTexts) -> str:
    return f"**{said.question}** 1 = {said.lowest}, 10 = {said.highest}"


def _capability(capability: Capability, texts: Texts, *, is_express: bool) -> list[str]:
    """One ladder: each level beside what to do first to get from it to the next."""
    said = texts.capabilities.get(capability.id, CapabilityTexts())
    (question,) = capability.questions
    marks = [
        f"`{capability.id}`",
        texts.lenses.get(capability.lens or "", ""),
        texts.tiers["express"] if is_express else "",
    ]
    actions = said.actions or ()
    rows = [
        [option.id, option_text(option.id, said, said) or "", actions[place] if place < len(actions) else ""]
        for place, option in enumerate(question.options)
    ]
    return [
        f"### {said.name}",
        " · ".join(filter(None, marks)),
        f"**{said.question}** {said.why} *{said.evidence}*",
        _table(["", "", "→"], rows),
    ]


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
