"""What the section in which levels are tried says, read from its HTML."""

import re
from html import unescape
from typing import NamedTuple

from tests.kit.reading import Json

_FUNCTION = re.compile(
    r'data-outcome="function ([\w.]+)"><div class="fn-now"><span class="cell \w+">([^<]+)</span>'
    r'<h3[^>]*>[^<]+</h3><p class="(\w+)">',
)
_VERDICT = re.compile(r'<p class="then-said">([^<]+)</p>')
_GAP = re.compile(r"<li><b>([^<]+)</b><small>")
_FACT = re.compile(r"<dt>[^<]+</dt><dd>([^<]+?)\s*(?:<small>|</dd>)")


class Section(NamedTuple):
    """Level and clause of each function, the first gaps, overall level and index, in English."""

    functions: dict[str, tuple[str, str]]
    gaps: list[str]
    level: str
    index_said: str
    verdict: str


def section_of(html: str) -> Section:
    """What a section says."""
    plain = unescape(html)
    _, level, index = _FACT.findall(plain)
    functions = {name: (cell, status) for name, cell, status in _FUNCTION.findall(plain)}
    (verdict,) = _VERDICT.findall(plain)
    return Section(functions, _GAP.findall(plain), level, index, verdict)


def expected(profile: Json, levels: list[str]) -> Section:
    """What it has to say of a profile as JSON, whose index is known."""
    clauses = {clause["function"]: clause["status"] for clause in profile["verdict"]["clauses"]}
    functions = {
        f["id"]: (_span(f["level"]), clauses[f["id"]]) for f in profile["functions"] if f["id"] in clauses
    }
    overall, names = profile["overall"], [gap["name"] for gap in _in_order(profile["gaps"])]
    level, index = overall["level"], overall["index"]
    ends = [levels[level["low"]], levels[level["high"]]]
    said = f"{index['value']:.1f}"
    if index["low"] != index["high"]:
        said += f" ({index['low']:.1f}–{index['high']:.1f})"
    met = sum(status == "met" for status in clauses.values())
    counted = ["none", "one", "two", "three", "four", "five"][met]
    verb = "is" if met == 1 else "are"
    verdict = f"{counted} of the five functions {verb} integrated"
    return Section(functions, names[:5], " to ".join(dict.fromkeys(ends)), said, verdict)


def _in_order(gaps: list[Json]) -> list[Json]:
    return sorted(gaps, key=lambda gap: not gap["breaks_floor"])


def _span(level: Json) -> str:
    return "–".join(dict.fromkeys([str(level["low"]), str(level["high"])]))


def check(html: str, profile: Json, levels: list[str]) -> None:
    """Compare what a section says with a profile as JSON."""
    told, wanted = section_of(html), expected(profile, levels)
    assert told._replace(verdict="") == wanted._replace(verdict="")
    assert wanted.verdict.lower() in told.verdict.lower()
