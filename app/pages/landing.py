"""What the landing page shows: what this is, and the main figures of a finished example profile."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.core.words import Sentences
from app.pages.words import words_of
from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.levels import Level, Rated
from scoring.method.rating import FunctionResult
from scoring.presentation.formats import counted, decimal, listed
from scoring.presentation.sentences import verdict_words
from scoring.profile import Profile
from scoring.questionnaire.words import Words

Json = dict[str, Any]

STRIP_LEFT, STRIP_WIDTH, DOT = 10, 300, 11


def example(profile: Profile, words: Words, language: str) -> Json:
    """The main figures of a finished profile."""
    say = words_of(language)
    questionnaire = profile.questionnaire
    gate = questionnaire.definition.level
    first = profile.gaps[0]
    said = words.capabilities[first.capability.id]
    return {
        "definition": words.texts.definition,
        "questionnaire": questionnaire,
        "verdict": _verdict(profile, words, say),
        "rows": [_row(f, profile, words, say) for f in profile.functions if f.function.scored],
        "gate": gate,
        "floor": gate - profile.form.rule.max_shortfall,
        "x": lambda points: round(
            STRIP_LEFT + STRIP_WIDTH * points / (questionnaire.max_level * POINTS_PER_LEVEL), 1
        ),
        "first_gap": {"name": said.name, "next_step": said.next_step(first.level)},
    }


def _verdict(profile: Profile, words: Words, say: Sentences) -> str:
    clauses = profile.verdict.clauses
    met = sum(clause.status == "met" for clause in clauses)
    short = [words.short_functions[c.function] for c in clauses if c.status == "not_met"]
    verdict = verdict_words(words)[profile.verdict.status]
    said = [counted(say["verdict"], met, words.language, verdict=capital(verdict), total=len(clauses))]
    if short:
        said.append(
            counted(say["held_back"], len(short), words.language, names=listed(short, words.language))
        )
    return " ".join(said)


def capital(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _row(result: FunctionResult, profile: Profile, words: Words, say: Sentences) -> Json:
    rated = [rating for _, rating in result.capabilities if rating is not None]
    gate = profile.questionnaire.definition.level
    reached = sum(rating.level.low >= gate for rating in rated)
    status = next(c.status for c in profile.verdict.clauses if c.function == result.function.id)
    return {
        "name": words.functions[result.function.id],
        "dots": _dots(rated, words),
        "status": status,
        "level": _level(result.level, words, say),
        "mean": _mean(result, words),
        "summary": counted(say["at_the_line"], reached, words.language, total=len(rated)),
    }


def _dots(rated: Sequence[Rated], words: Words) -> list[Json]:
    """A dot for each capability, those at the same points side by side; unknown ones are open."""
    dots: list[Json] = []
    beside: Counter[int] = Counter()
    for rating in rated:
        points = rating.score.value
        if points is None:
            dots.append({"open": True})
            continue
        name = f"{words.capabilities[rating.id].name}: {words.levels[rating.level.low]}"
        shift = DOT * beside[points]
        dots.append(
            {"open": False, "points": points, "shift": shift, "level": rating.level.low, "name": name}
        )
        beside[points] += 1
    return dots


def _level(level: Level | None, words: Words, say: Sentences) -> str:
    if level is None:
        return say["not_applicable"]
    low, high = words.levels[level.low], words.levels[level.high]
    return low if level.low == level.high else say["range"].format(low=low, high=high)


def _mean(result: FunctionResult, words: Words) -> str:
    if result.score is None or result.score.value is None:
        return "–"
    value, low, high = (
        decimal(points / POINTS_PER_LEVEL, 1, words.language) for points in result.score if points is not None
    )
    return value if low == high else f"{value} ({low}–{high})"
