"""A profile as tables in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.commands.respondent_tables import print_respondents
from app.commands.words import words_of
from app.core.words import Sentences
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.formats import counted, decimal
from scoring.presentation.sentences import verdict_words
from scoring.presentation.shapes import CountsDocument, GapDocument, ProfileDocument
from scoring.questionnaire.words import Words

BAR = 25  # characters from level 0 to the top level
GAPS_SHOWN = 10


def print_profile(console: Console, profile: ProfileDocument, words: Words) -> None:
    """A profile: verdict, functions with range bars, the first gaps, notices."""
    say = words_of(words.language)
    top = len(words.levels) - 1
    verdict = verdict_words(words)[profile["verdict"]["status"]]
    table = Table(title=f"{say['verdict']}: {verdict}", title_style="bold")
    table.add_column(say["function"])
    table.add_column(say["level"])
    table.add_column(f"0{' ' * (BAR - 2)}{top}", no_wrap=True)
    table.add_column(say["score"], justify="right", no_wrap=True)
    for function in profile["functions"]:
        if any(capability["scored"] for capability in function["capabilities"]):
            table.add_row(*_row(function["name"], function["score"], function["level"], words, say))
    overall = profile["overall"]
    table.add_section()
    table.add_row(*_row(say["overall"], overall["score"], overall["level"], words, say))
    console.print(table)
    if overall["index"]:
        index = _range(overall["index"], words, 1)
        console.print(f"{say['index']} {index} · {_counts(profile['counts'], words, say)}")
        console.print(say["weakest"])
    if profile["gaps"]:
        _print_gaps(console, profile, words, say)
    if profile["respondents"] and profile["collaboration"]:
        print_respondents(console, profile["respondents"], profile["collaboration"], words)
    for notice in profile["notices"]:
        console.print(f"· {notice['detail']}")


def _row(
    name: str, score: ScoreDocument | None, level: LevelDocument | None, words: Words, say: Sentences
) -> tuple[str, str, Text, str]:
    if score is None or level is None:
        return name, say["not_applicable"], Text("–"), "–"
    levels = " – ".join(dict.fromkeys((words.levels[level["low"]], words.levels[level["high"]])))
    return name, levels, range_bar(score, len(words.levels) - 1), _range(score, words)


def range_bar(score: ScoreDocument, top: int) -> Text:
    """A bar from 0 to the top level: filled up to low, dotted up to high, a mark at the value."""
    filled, possible = [round(bound * BAR / top) for bound in (score["low"], score["high"])]
    bar = Text("█" * filled + "░" * (possible - filled) + "·" * (BAR - possible))
    if score["value"] is not None:
        at = min(BAR - 1, max(0, round(score["value"] * BAR / top) - 1))
        bar = Text(bar.plain[:at] + "◆" + bar.plain[at + 1 :])
    return bar


def _range(score: ScoreDocument, words: Words, decimals: int = 2) -> str:
    value, low, high = (decimal(score[key], decimals, words.language) for key in ("value", "low", "high"))
    return value if score["low"] == score["high"] else f"{value} ({low}–{high})"


def _counts(counts: CountsDocument, words: Words, say: Sentences) -> str:
    """How many questions are in each state, such as “1 open”."""
    states = {
        "answered": counts["answered"],
        "dont_know": counts["dont_know"],
        "unanswered": counts["unanswered"],
        "not_applicable": counts["not_applicable"],
    }
    return ", ".join(counted(say[f"count_{state}"], n, words.language) for state, n in states.items())


def _print_gaps(console: Console, profile: ProfileDocument, words: Words, say: Sentences) -> None:
    gaps = profile["gaps"][:GAPS_SHOWN]
    console.print(_gaps(gaps, words, say))
    if any(gap["breaks_floor"] for gap in gaps):
        level = profile["verdict"]["level"]
        console.print(say["floor"].format(level=level, name=words.levels[level]))


def _gaps(gaps: Sequence[GapDocument], words: Words, say: Sentences) -> Table:
    table = Table(title=say["gap"], title_style="bold")
    table.add_column(say["capability"])
    table.add_column(say["target"], no_wrap=True)
    table.add_column(say["step"], ratio=1)
    table.add_column(say["effort"], justify="right")
    table.add_column(say["gain"], justify="right")
    for gap in gaps:
        floor = " ▼" if gap["breaks_floor"] else ""
        steps = f"{gap['level']} → {gap['target']}"
        gain = decimal(gap["gain"], 2, words.language, signed=True)
        table.add_row(gap["name"] + floor, steps, gap["next_step"] or "", str(gap["effort"]), gain)
    return table
