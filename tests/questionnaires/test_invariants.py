"""What holds for every questionnaire that the project ships, whatever it asks."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from scoring.cases import profile_of
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Capability, Question
from scoring.questionnaire.texts import CapabilityTexts, QuestionTexts, RatingTexts, Texts, VerdictTexts
from tests.kit.folders import QUESTIONNAIRES, load, name_of, shipped, texts_of

LANGUAGES = {"en", "it"}
RELEASED: dict[str, str] = tomllib.loads((QUESTIONNAIRES / "released.toml").read_text("utf-8"))
LONGEST_LEVEL_TEXT = 200
LONGEST_OPTION_TEXT = 200
LONGEST_QUESTION = 200
LONGEST_SENTENCE = 300
LONGEST_ACTION = {"en": 16, "it": 17}  # words
# The form of address of an order: Italian says it by the verb's ending, English by beginning with the verb.
ORDER = {
    "en": re.compile(
        r"(Act|Add|Adopt|Agree|Analyse|Answer|Apply|Appoint|Ask|Base|Before|Brief|Bring|Build|Change|Choose|Close|"
        r"Collect|Compare|Connect|Consult|Count|Cover|Cut|Decide|Define|Draft|Draw|Drop|Exchange|Find|Form|Gather|Give|"
        r"Go|Group|Help|Hold|Invest|Invite|Join|Let|Link|List|Look|Make|Map|Mark|Measure|Move|Name|Note|Offer|"
        r"Open|Pass|Plan|Post|Prepare|Publish|Put|Rank|Read|Record|Redesign|Remove|Replace|Report|Reset|Route|Run|"
        r"Send|Set|Settle|Shift|Show|Start|State|Tell|Test|Thank|Train|Turn|Use|Widen|Work|Write)\b"
    ),
    "it": re.compile(
        r"(Prima dei prossimi tre incontri )?\w+(ate|ete|ite|atevi|etevi|itevi)\b", re.IGNORECASE
    ),
}

every_questionnaire = pytest.mark.parametrize("folder", shipped(), ids=name_of)
every_language = pytest.mark.parametrize(
    ("folder", "language"),
    [(folder, language) for folder in shipped() for language in texts_of(folder)],
    ids=lambda value: name_of(value) if isinstance(value, Path) else value,
)
every_tier = pytest.mark.parametrize(
    ("folder", "tier"),
    [(folder, tier) for folder in shipped() for tier in load(folder).forms],
    ids=lambda value: name_of(value) if isinstance(value, Path) else value,
)


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- any part of a TOML file
    """Every text below a part of a file, with its path."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from strings(part, f"{path}/{key}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from strings(part, f"{path}/{index}")
    else:
        yield path, value


def without(value: Any, path: list[str]) -> Any:  # noqa: ANN401 -- any part of a TOML file
    """A part of a file without the text at a path."""
    first, *rest = path
    if isinstance(value, list):
        kept = [without(value[int(first)], rest)] if rest else []
        return [*value[: int(first)], *kept, *value[int(first) + 1 :]]
    return {k: without(v, rest) if k == first else v for k, v in value.items() if rest or k != first}


def capabilities(questionnaire: Questionnaire) -> list[Capability]:
    return list(questionnaire.forms["full"].capability_of.values())


def questions(questionnaire: Questionnaire) -> list[tuple[Capability, Question]]:
    return [(c, q) for c in capabilities(questionnaire) for q in c.questions]


def has_levels_as_options(question: Question, max_level: int) -> bool:
    return [(o.id, o.points) for o in question.options] == [(str(n), 1000 * n) for n in range(max_level + 1)]


def words_of_question(texts: Texts, capability: Capability, question: Question) -> QuestionTexts:
    """The words that go with a question: its capability's where that has no other."""
    if len(capability.questions) == 1:
        return texts.capabilities.get(capability.id, CapabilityTexts())
    return texts.questions.get(question.id, QuestionTexts())


def missing_words(questionnaire: Questionnaire, texts: Texts) -> list[str]:
    """What has no words in a language, by name."""
    return [
        *_missing_about_the_questionnaire(questionnaire, texts),
        *_missing_about_functions(questionnaire, texts),
        *_missing_about_questions(questionnaire, texts),
        *_missing_about_studies(questionnaire, texts),
    ]


def _missing_about_the_questionnaire(questionnaire: Questionnaire, texts: Texts) -> Iterator[str]:
    sides = {*questionnaire.sides, *(role.side for role in questionnaire.roles if role.side)}
    rating = questionnaire.self_rating
    named: dict[str, tuple[dict[str, str], set[str]]] = {
        "lens": (texts.lenses, set(questionnaire.lenses)),
        "tier": (texts.tiers, set(questionnaire.forms)),
        "role": (texts.roles, {role.id for role in questionnaire.roles}),
        "side": (texts.sides, sides),
        "band": (texts.self_rating.bands, {band.id for band in rating.bands} if rating else set()),
    }
    for what, (words, wanted) in named.items():
        yield from (f"{what} {name}" for name in sorted(wanted - set(words)))
    yield from _absent(texts, "questionnaire", "name", "introduction", "definition", "levels")
    if texts.verdict != VerdictTexts():
        yield from _absent(texts.verdict, "verdict", *VerdictTexts.model_fields)
    for number, level in enumerate(texts.levels or ()):
        yield from _absent(level, f"level {number}", "description")
    if questionnaire.importance:
        yield from _absent(texts.importance, "importance", *RatingTexts.model_fields)
    if rating:
        yield from _absent(texts.self_rating, "self-rating", "question", "lowest", "highest")


def actions_of(texts: Texts) -> list[tuple[str, str]]:
    """Every action with the capability that it is about."""
    return [(name, action) for name, words in texts.capabilities.items() for action in words.actions or ()]


def numbers_of_actions(questionnaire: Questionnaire, capability: Capability) -> set[int]:
    """How many actions a capability may have: one a step, or a single one where its options are its own."""
    levels = all(has_levels_as_options(q, questionnaire.max_level) for q in capability.questions)
    return {questionnaire.max_level} if levels else {1, questionnaire.max_level}


def _missing_about_functions(questionnaire: Questionnaire, texts: Texts) -> Iterator[str]:
    if any(function.short for function in texts.functions.values()):
        for name, function in texts.functions.items():
            if re.search(r" (and|e) ", function.name or "") and function.short is None:
                yield f"short name of function {name}"
    for name in questionnaire.forms["full"].function_of:
        yield from _absent(texts.functions.get(name), f"function {name}", "name", "description")


def _missing_about_questions(questionnaire: Questionnaire, texts: Texts) -> Iterator[str]:
    has_actions = bool(actions_of(texts))
    for capability in capabilities(questionnaire):
        said = texts.capabilities.get(capability.id)
        steps = set(said.actions or ()) if said else set()
        if has_actions and len(steps) not in numbers_of_actions(questionnaire, capability):
            yield f"distinct actions of {capability.id}"
        yield from _absent(said, f"capability {capability.id}", "name", "why", "evidence")
        for question in capability.questions:
            words = words_of_question(texts, capability, question)
            yield from _absent(words, f"question {question.id}", "question")
            if not has_levels_as_options(question, questionnaire.max_level):
                unsaid = set(question.points) - set(words.options)
                yield from (f"option {name} of {question.id}" for name in sorted(unsaid))
            elif said is None or len(set(said.levels or ())) != questionnaire.max_level + 1:
                yield f"distinct level texts of {capability.id}"


def _missing_about_studies(questionnaire: Questionnaire, texts: Texts) -> Iterator[str]:
    for study in questionnaire.benchmarks:
        said = texts.benchmarks.get(study.id)
        yield from _absent(said, f"study {study.id}", "source", "population", "caveat")
        unsaid = {figure.id for figure in study.figures} - set(said.figures if said else ())
        yield from (f"figure {name} of {study.id}" for name in sorted(unsaid))


def _absent(words: object, what: str, *fields: str) -> Iterator[str]:
    yield from (f"{field} of {what}" for field in fields if getattr(words, field, None) is None)


def extreme_answers(questionnaire: Questionnaire, tier: str, *, highest: bool) -> dict[str, str]:
    best = max if highest else min
    form = questionnaire.forms[tier]
    return {q.id: best(q.options, key=lambda option: option.points).id for q in form.questions}


def test_there_is_a_questionnaire() -> None:
    assert "social-business/1.0.0" in map(name_of, shipped())


@every_questionnaire
def test_a_folder_is_named_by_id_and_version(folder: Path) -> None:
    questionnaire = load(folder)
    assert name_of(folder) == f"{questionnaire.id}/{questionnaire.version}"


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_version_is_what_was_released(name: str) -> None:
    questionnaire = load(QUESTIONNAIRES / name.replace("@", "/"))
    assert questionnaire.digest == RELEASED[name], (
        f"{name} has changed. A released version never changes: a correction is a new version. "
        f'As long as nobody uses it yet, write "{name}" = "{questionnaire.digest}" in released.toml'
    )


def test_the_questionnaire_of_the_project_is_released() -> None:
    assert {f"social-business@{version}" for version in ("1.0.0", "1.1.0", "2.0.0")} <= set(RELEASED)


def test_the_questionnaire_of_the_project_says_what_to_do_first_everywhere() -> None:
    questionnaire = load(QUESTIONNAIRES / "social-business" / "2.0.0")
    for texts in questionnaire.texts.values():
        assert {name for name, _ in actions_of(texts)} == {c.id for c in capabilities(questionnaire)}


@every_questionnaire
def test_there_are_words_in_english_and_italian(folder: Path) -> None:
    assert set(load(folder).languages) >= LANGUAGES


@every_questionnaire
def test_every_language_says_the_same_things(folder: Path) -> None:
    by_language = {language: dict(strings(words)) for language, words in texts_of(folder).items()}
    for language, paths in by_language.items():
        assert sorted(set(by_language["en"]) ^ set(paths)) == [], f"en and {language} differ"


@every_language
def test_nothing_lacks_words(folder: Path, language: str) -> None:
    questionnaire = load(folder)
    assert missing_words(questionnaire, questionnaire.texts[language]) == []


@every_language
def test_taking_any_text_away_is_noticed(folder: Path, language: str) -> None:
    questionnaire, written = load(folder), texts_of(folder)[language]
    unnoticed = []
    for path, _ in strings(written):
        try:
            texts = Texts.model_validate(without(written, path.split("/")[1:]))
        except ValidationError:
            continue
        if not missing_words(questionnaire, texts):
            unnoticed.append(path)
    assert unnoticed == []


@every_language
def test_quotation_marks_and_apostrophes_are_typographic(folder: Path, language: str) -> None:
    straight = [path for path, text in strings(texts_of(folder)[language]) if re.search("['\"`]", text)]
    assert straight == []


@every_language
def test_texts_have_no_stray_spaces(folder: Path, language: str) -> None:
    strays = [path for path, text in strings(texts_of(folder)[language]) if text != " ".join(text.split())]
    assert strays == []


@every_language
def test_a_question_ends_with_a_question_mark(folder: Path, language: str) -> None:
    questionnaire = load(folder)
    texts = questionnaire.texts[language]
    asked = {q.id: words_of_question(texts, c, q).question for c, q in questions(questionnaire)}
    if questionnaire.importance:
        asked["importance"] = texts.importance.question
    if questionnaire.self_rating:
        asked["self_rating"] = texts.self_rating.question
    assert [name for name, text in asked.items() if not (text or "").endswith("?")] == []


@every_language
def test_a_level_text_is_a_sentence(folder: Path, language: str) -> None:
    texts = load(folder).texts[language].capabilities
    assert [
        (name, text)
        for name, words in texts.items()
        for text in (*(words.levels or ()), *words.options.values())
        if not (text[0].isupper() and text.endswith("."))
    ] == []


@every_language
def test_an_action_is_an_order_to_somebody_and_no_level_text(folder: Path, language: str) -> None:
    texts = load(folder).texts[language]
    levels = {text for words in texts.capabilities.values() for text in words.levels or ()}
    assert [
        (name, action)
        for name, action in actions_of(texts)
        if not ORDER[language].match(action) or not action.endswith(".") or action in levels
    ] == []


@every_language
def test_an_action_is_short(folder: Path, language: str) -> None:
    actions = actions_of(load(folder).texts[language])
    assert [(name, text) for name, text in actions if len(text.split()) > LONGEST_ACTION[language]] == []


@every_language
def test_no_text_is_too_long_to_read_at_once(folder: Path, language: str) -> None:
    texts = load(folder).texts[language]
    limits: list[tuple[int, str, str]] = []
    for name, words in texts.capabilities.items():
        limits += [(LONGEST_LEVEL_TEXT, name, text) for text in words.levels or ()]
        limits += [(LONGEST_OPTION_TEXT, name, text) for text in words.options.values()]
        limits.append((LONGEST_QUESTION, name, words.question or ""))
    for path, text in strings(texts_of(folder)[language]):
        limits += [(LONGEST_SENTENCE, path, sentence) for sentence in re.split(r"(?<=[.?!;]) ", text)]
    assert [(place, text) for limit, place, text in limits if len(text) > limit] == []


@every_tier
def test_all_at_the_lowest_is_level_0_and_not_met(folder: Path, tier: str) -> None:
    questionnaire = load(folder)
    answers = extreme_answers(questionnaire, tier, highest=False)
    profile = profile_of(questionnaire, {"tier": tier, "answers": answers})
    assert profile["verdict"]["status"] == "not_met"
    assert profile["overall"]["level"] == {"low": 0, "high": 0}
    assert profile["overall"]["index"] == {"value": 0, "low": 0, "high": 0}


@every_tier
def test_all_at_the_highest_is_the_top_level_and_met(folder: Path, tier: str) -> None:
    questionnaire = load(folder)
    top = questionnaire.max_level
    answers = extreme_answers(questionnaire, tier, highest=True)
    profile = profile_of(questionnaire, {"tier": tier, "answers": answers})
    assert profile["verdict"]["status"] == "met"
    assert profile["overall"]["level"] == {"low": top, "high": top}
    assert profile["overall"]["index"] == {"value": 100, "low": 100, "high": 100}
    assert profile["gaps"] == []


@every_tier
def test_without_answers_every_tier_leaves_everything_open(folder: Path, tier: str) -> None:
    questionnaire = load(folder)
    total = len(questionnaire.forms[tier].questions)
    profile = profile_of(questionnaire, {"tier": tier, "answers": {}})
    assert profile["verdict"]["status"] == "undetermined"
    assert profile["overall"]["level"] == {"low": 0, "high": questionnaire.max_level}
    assert profile["counts"]["unanswered"] == profile["counts"]["total"] == total > 0


@every_questionnaire
def test_a_profile_has_words_for_all_it_names(folder: Path) -> None:
    questionnaire = load(folder)
    answers = extreme_answers(questionnaire, "full", highest=False)
    profile = profile_of(questionnaire, {"answers": answers})
    for function in profile["functions"]:
        assert function["name"] != function["id"]
        assert all(capability["name"] != capability["id"] for capability in function["capabilities"])
    assert all(gap["next_step"] and gap["evidence"] for gap in profile["gaps"])
