"""How the project's questionnaire is written, from 2.0.0 on: short, plain, alike in both languages."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import pytest

from scoring.questionnaire.texts import CapabilityTexts, Texts
from tests.kit.folders import load, name_of, shipped, texts_of
from tests.kit.readability import coleman_liau, gulpease


class Caps(NamedTuple):
    """The most words of a text; of six levels together, and of these on average over the scored ladders."""

    name: int
    question: int
    levels: tuple[int, ...]
    ladder: int
    average_ladder: int
    why: int
    evidence: int
    action: int
    description: int


CAPS = {
    "en": Caps(4, 14, (7, 9, 9, 12, 15, 15), 64, 58, 14, 16, 15, 14),
    "it": Caps(4, 15, (8, 10, 10, 13, 16, 16), 66, 60, 16, 18, 17, 15),
}
LONGEST_TO_SHORTEST = 2.5  # of the levels of a ladder, in characters, which is what stands on a screen

# Texts that are longer because they are those of the study, or have to name what is meant.
LONGER_ON_PURPOSE = {
    "collaboration.frequency question",
    "collaboration.trend question",
    "conduct.data question",
    "conduct.transparency question",
    "conduct.accessibility question",
    "conduct.security question",
    "collaboration.lower_costs name",
}

# What the glossary forbids: calques, jargon, and second words for one thing.
FORBIDDEN = {
    "en": re.compile(
        r"\bbuyers?\b|social media|\btrack|nobody knows|falling|faster than|leverag|stakeholder|engagement"
        r"|ownership|best practice|customer journey|these figures|\bcontinuous"
        r"|\bwe decide\b|hand-over|in person\b|every year"
        r"|\bsingle (projects|campaigns|cases|purchases|remarks)"
        r"|LinkedIn|Facebook|Instagram|WhatsApp|TikTok|YouTube|ChatGPT",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"acquirent|designat|\brilev|tracci(are|amo|at)|\bguid(are|iamo|ano|ate)\b|\borient|\bimpres[ae]\b|\bA\.?I\.?\b"
        r"|\b[Cc]alls?\b|\b[Rr]eview|\b[Oo]wner|luogo comune|aneddot|fare per le cause|i nostri problemi"
        r"|\bapr\w+ (le )?porte|si formano|\bav\w+ (alcuna )?parte\b|\bgiov(a|ano|are|i|ino)\b|per lo più"
        r"|impatt|commitment|engagement|stakeholder|customer journey|best practice|\b[Ff]eedback"
        r"|a pagamento|agevolat|interpellat|di persona\b|quota (risolta|trattata)|\bvi investiamo"
        r"|LinkedIn|Facebook|Instagram|WhatsApp|TikTok|YouTube|ChatGPT"
    ),
}
# Said once, in the introduction.
UNKNOWN_OR_FORBIDDEN = {
    "en": re.compile(r"\b(knows?|known|allowed|permitted)\b", re.IGNORECASE),
    "it": re.compile(r"\b(sappiamo|sa|permess\w+|consentit\w+)\b", re.IGNORECASE),
}
# The highest level is checked once a year: nothing that can only be claimed.
NEVER_AT_THE_TOP = {
    "en": re.compile(r"\b(ever|always|continuous\w*|constantly)\b", re.IGNORECASE),
    "it": re.compile(r"\b(sempre|mai|continu\w+|costantemente)\b", re.IGNORECASE),
}
YEARLY = {
    "en": re.compile(r"\b(reviews? .*(every year|yearly)|yearly .*review)", re.IGNORECASE),
    "it": re.compile(r"\bogni anno\b", re.IGNORECASE),
}
MEASURED = {
    "en": re.compile(r"\b(measures?|count|publish|compare)\b"),
    "it": re.compile(r"\b(misur(a|iamo|iamola)|contiamo|pubblichiamo|confrontiamo)\b"),
}
DECIDED_BY = {
    "en": re.compile(r"^(?P<measure>.+?) (determines?|decides?|leads? to decisions)\b"),
    "it": re.compile(r"^In base a\w*[ ’](?P<measure>.+?) (decidiamo|decidono)\b"),
}
NUMERALS = {
    "en": {"three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twenty": 20, "half": 0.5},
    "it": {
        "tre": 3,
        "quattro": 4,
        "cinque": 5,
        "sei": 6,
        "dieci": 10,
        "venti": 20,
        "mezz’ora": 0.5,
        "mezza": 0.5,
    },
}
WITHOUT_MEANING = {
    "and",
    "the",
    "per",
    "we",
    "di",
    "del",
    "dello",
    "della",
    "delle",
    "dei",
    "degli",
    "una",
    "con",
}

later = [folder for folder in shipped() if int(folder.name.split(".")[0]) >= 2]
every_language = pytest.mark.parametrize(
    ("folder", "language"),
    [(folder, language) for folder in later for language in CAPS],
    ids=lambda value: name_of(value) if isinstance(value, Path) else value,
)


def ladders(texts: Texts) -> dict[str, CapabilityTexts]:
    return {name: words for name, words in texts.capabilities.items() if words.levels}


def length(text: str | None) -> int:
    return len((text or "").split())


def beginnings(text: str) -> set[str]:
    """The first five letters of every word that carries meaning: a noun in the singular as in the plural."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:5] for word in words if len(word) > 2 and word not in WITHOUT_MEANING}


def capped(texts: Texts, caps: Caps) -> Iterator[tuple[str, str | None, int]]:
    """Every text that has a cap: what it is, itself, and the most words."""
    for name, function in texts.functions.items():
        yield f"{name} description", function.description, caps.description
    for name, words in texts.capabilities.items():
        for field in ("name", "question", "why", "evidence"):
            yield f"{name} {field}", getattr(words, field), getattr(caps, field)
        for step, action in enumerate(words.actions or ()):
            yield f"{name} action {step}", action, caps.action
        for level, text in enumerate(words.levels or ()):
            yield f"{name} level {level}", text, caps.levels[level]


@every_language
def test_no_text_has_more_words_than_it_may(folder: Path, language: str) -> None:
    texts = load(folder).texts[language]
    assert [
        (what, length(text), most)
        for what, text, most in capped(texts, CAPS[language])
        if length(text) > most and what not in LONGER_ON_PURPOSE
    ] == []


@every_language
def test_a_ladder_is_short_and_its_levels_are_of_like_length(folder: Path, language: str) -> None:
    questionnaire, caps = load(folder), CAPS[language]
    levels = {name: words.levels or () for name, words in ladders(questionnaire.texts[language]).items()}
    lengths = {name: sum(map(length, texts)) for name, texts in levels.items()}
    characters = {name: sorted(map(len, texts)) for name, texts in levels.items()}
    assert {name: of for name, of in lengths.items() if of > caps.ladder} == {}
    assert {name: of for name, of in characters.items() if of[-1] > LONGEST_TO_SHORTEST * of[0]} == {}
    scored = [c.id for f in questionnaire.forms["full"].functions if f.scored for c in f.counted]
    assert mean(lengths[name] for name in scored) <= caps.average_ladder


@every_language
def test_no_text_stands_there_twice(folder: Path, language: str) -> None:
    texts = load(folder).texts[language]
    said = Counter(text.casefold() for _, text, _ in capped(texts, CAPS[language]) if text)
    assert [text for text, times in said.items() if times > 1] == []


def numbers(text: str, language: str) -> list[float]:
    """All numbers of a text, in figures and in words, in order of size."""
    figures = [float(re.sub(r"[.,](?=\d{3})", "", found)) for found in re.findall(r"\d[\d.,]*(?<=\d)", text)]
    words = re.findall(r"[\w’]+", text.casefold())
    return sorted([*figures, *(NUMERALS[language][word] for word in words if word in NUMERALS[language])])


def test_both_languages_name_the_same_numbers() -> None:
    for folder in later:
        english, italian = (dict(leaves(texts_of(folder)[language])) for language in ("en", "it"))
        differing = {
            path: (text, italian[path])
            for path, text in english.items()
            if numbers(text, "en") != numbers(italian[path], "it")
        }
        assert differing == {}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- any part of a TOML file
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, str):
        yield path, value
    for key, part in parts:
        yield from leaves(part, f"{path}/{key}")


@every_language
def test_no_text_has_a_word_that_the_glossary_forbids(folder: Path, language: str) -> None:
    written = {path: text for path, text in leaves(texts_of(folder)[language]) if "/benchmarks/" not in path}
    assert [
        (path, found[0], text)
        for path, text in written.items()
        if (found := FORBIDDEN[language].search(text))
    ] == []


@every_language
def test_what_is_told_beside_a_question_is_one_sentence(folder: Path, language: str) -> None:
    texts = load(folder).texts[language].capabilities
    told = [(name, text) for name, words in texts.items() for text in (words.why, words.evidence)]
    assert [(name, text) for name, text in told if not text or not text.endswith(".") or ". " in text] == []


@every_language
def test_level_0_says_what_does_not_happen_and_not_that_it_is_unknown(folder: Path, language: str) -> None:
    texts = load(folder).texts[language]
    lowest = {name: words.levels[0] for name, words in ladders(texts).items() if words.levels}
    assert {name: text for name, text in lowest.items() if UNKNOWN_OR_FORBIDDEN[language].search(text)} == {}


@every_language
def test_the_top_level_decides_by_what_the_level_before_measures_and_is_reviewed_yearly(
    folder: Path, language: str
) -> None:
    faults = []
    for name, words in ladders(load(folder).texts[language]).items():
        *_, fourth, fifth = words.levels or ()
        decided = DECIDED_BY[language].match(fifth)
        if decided is None or not beginnings(decided["measure"]) & beginnings(fourth):
            faults.append(f"{name}: the measure of level 4 does not return: {fourth} {fifth}")
        if not MEASURED[language].search(fourth):
            faults.append(f"{name}: level 4 measures nothing: {fourth}")
        if not YEARLY[language].search(fifth):
            faults.append(f"{name}: nothing is reviewed every year: {fifth}")
        if NEVER_AT_THE_TOP[language].search(fifth):
            faults.append(f"{name}: level 5 cannot be checked: {fifth}")
    assert faults == []


@every_language
def test_the_standard_of_level_3_returns_in_level_4(folder: Path, language: str) -> None:
    assert [
        (name, words.levels[3:5])
        for name, words in ladders(load(folder).texts[language]).items()
        if words.levels and not beginnings(words.levels[3]) & beginnings(words.levels[4])
    ] == []


# Gulpease, from 60 on easy for who left school at 14; years of school by Coleman and Liau.
EASE = {"en": coleman_liau, "it": gulpease}
OF_ALL = {"en": (7, 11), "it": (66, 80)}
OF_EACH = {"en": (0, 15), "it": (58, 90)}


@every_language
def test_what_is_asked_is_easy_to_read(folder: Path, language: str) -> None:
    ease = EASE[language]
    asked = {
        name: [words.question or "", *(words.levels or ())]
        for name, words in ladders(load(folder).texts[language]).items()
    }
    least, most = OF_ALL[language]
    assert least <= ease(text for texts in asked.values() for text in texts) <= most
    least, most = OF_EACH[language]
    found = {name: round(ease(texts)) for name, texts in asked.items()}
    assert {name: index for name, index in found.items() if not least <= index <= most} == {}


def test_the_indices_of_reading_ease_are_those_of_their_authors() -> None:
    # Letters 3 + 6 + 1 + 6 = 16, words 4, sentences 1.
    assert gulpease(["Noi stiamo a tavola."]) == pytest.approx(89 + (300 - 10 * 16) / 4)
    # Letters 6 + 7 + 2 + 2 = 17, words 4, sentences 2.
    assert coleman_liau(["Nobody replies.", "We do."]) == pytest.approx(5.88 * 17 / 4 - 29.6 * 2 / 4 - 15.8)
