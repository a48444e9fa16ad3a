"""A profile as a table of facts, one a row, for whoever computes with it: CSV in UTF-8 (RFC 4180).

It reads the document alone, so that it tells of people what a profile may tell (§8).
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from app.core.editions import Edition
from app.reports.about import About
from app.reports.reading import Reading
from app.reports.signs import visible_text
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.shapes import CountsDocument, FunctionProfile, ProfileDocument

Number = float | None

LEVELS, INDEX, POINTS = "levels", "0 to 100", "effort points"
# Why there is no number: nothing of it applies, or nothing of it is counted.
NOT_APPLICABLE, NOT_SCORED = "not_applicable", "not_scored"
# What a spreadsheet would take for the beginning of a formula.
_FORMULA = re.compile(r"\s*[=+\-@|%\t\r]")


class Fact(NamedTuple):
    """A fact: of which part of the profile, of what, and which; a number with what is possible, or a text.

    `low` and `high` are what unknown answers leave possible; `unit` is that of the three numbers.
    """

    section: str
    id: str
    name: str
    measure: str
    value: Number = None
    low: Number = None
    high: Number = None
    unit: str = ""
    text: str = ""


def csv_text(document: ProfileDocument, edition: Edition, language: str, about: About) -> str:
    """All facts below the names of their columns; what looks like a formula begins with an apostrophe."""
    reading = Reading(document, edition, language)
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(Fact._fields)
    for fact in facts(reading, about):
        writer.writerow([inert(part) if isinstance(part, str) else part for part in fact])
    return written.getvalue()


def inert(text: str) -> str:
    """A text as it was typed, that no spreadsheet computes."""
    said = visible_text(text)
    return f"'{said}" if _FORMULA.match(said) else said


def facts(reading: Reading, about: About) -> Iterator[Fact]:
    """Every fact of the profile, in its order."""
    yield from _report(reading, about)
    yield from _overall(reading)
    for function in reading.document["functions"]:
        yield from _function(function, reading)
    for place, gap in enumerate(reading.document["gaps"], 1):
        of = "gap", gap["capability"], gap["name"]
        yield Fact(*of, "order", place)
        yield Fact(*of, "level", gap["level"], unit=LEVELS)
        yield Fact(*of, "target", gap["target"], unit=LEVELS)
        yield _score((*of, "gap"), gap["gap"])
        yield Fact(*of, "effort", gap["effort"], unit=POINTS)
        yield Fact(*of, "gain", gap["gain"], unit=LEVELS)
        yield Fact(*of, "breaks_floor", int(gap["breaks_floor"]))
        yield Fact(*of, "next_step", text=gap["next_step"] or "")
    yield from _sides(reading)
    yield from _respondents(reading)
    for notice in reading.document["notices"]:
        yield Fact("notice", notice["code"], "", "detail", text=notice["detail"])


def _report(reading: Reading, about: About) -> Iterator[Fact]:
    document, day = reading.document, about.day
    told = {
        "publisher": about.publisher,
        "company": about.company,
        "occasion": about.occasion,
        "day": None if day is None else day.isoformat(),
        "questionnaire": document["questionnaire"]["id"],
        "version": document["questionnaire"]["version"],
        "tier": document["tier"],
        "scoring_version": document["scoring_version"],
        "answers_digest": document["digests"]["answers"],
        "result_digest": document["digests"]["result"],
    }
    for measure, text in told.items():
        if text is not None:
            yield Fact("report", "", "", measure, text=text)


def _overall(reading: Reading) -> Iterator[Fact]:
    document = reading.document
    of = "overall", "", ""
    yield Fact(*of, "verdict", text=document["verdict"]["status"])
    yield _score((*of, "score"), document["overall"]["score"])
    yield _score((*of, "index"), document["overall"]["index"], INDEX)
    yield _level((*of, "level"), document["overall"]["level"])
    yield from _counts(of, document["counts"])
    for lens in document["lenses"]:
        yield _score(("lens", lens["id"], lens["name"], "score"), lens["score"])


def _function(function: FunctionProfile, reading: Reading) -> Iterator[Fact]:
    of = "function", function["id"], function["name"]
    status = {clause["function"]: clause["status"] for clause in reading.document["verdict"]["clauses"]}
    absent = NOT_APPLICABLE if any(each["scored"] for each in function["capabilities"]) else NOT_SCORED
    yield Fact(*of, "status", text=status.get(function["id"], NOT_SCORED))
    yield _score((*of, "score"), function["score"], absent=absent)
    yield _level((*of, "level"), function["level"], absent)
    yield from _counts(of, function["counts"])
    for lens, score in function["lenses"].items():
        yield _score((*of, f"lens.{lens}"), score, absent=absent)
    for capability in function["capabilities"]:
        about = "capability", capability["id"], capability["name"]
        yield _score((*about, "score"), capability["score"])
        yield _level((*about, "level"), capability["level"])
        yield Fact(*about, "target", capability["target"], unit=LEVELS)
        yield Fact(*about, "level_text", text=capability["level_text"] or "")
        for answer in capability["questions"]:
            asked = "answer", answer["id"], reading.question_name(answer["id"])
            said = answer["option"] or answer["reason"] or ""
            yield Fact(*asked, answer["state"], answer["points"], unit=LEVELS, text=said)
            if answer["comment"]:
                yield Fact(*asked, "comment", text=answer["comment"])
            for evidence in answer["evidence"]:
                yield Fact(*asked, "evidence", text=evidence)


def _sides(reading: Reading) -> Iterator[Fact]:
    collaboration = reading.document["collaboration"]
    for side in () if collaboration is None else collaboration["sides"]:
        named = side["id"] or ""
        name = reading.words.texts.sides.get(named, named)
        yield _score(("side", named, name, "score"), side["score"])
        for answer in side["answers"]:
            of = "side", answer["question"], reading.question_name(answer["question"])
            yield Fact(*of, f"points.{named}", answer["points"], unit=LEVELS, text=answer["option"] or "")


def _respondents(reading: Reading) -> Iterator[Fact]:
    respondents = reading.document["respondents"]
    if respondents is None:
        return
    of = "respondents", "", ""
    yield Fact(*of, "asked", respondents["asked"])
    yield Fact(*of, "submitted", respondents["submitted"])
    for question in respondents["questions"]:
        asked = "spread", question["id"], reading.question_name(question["id"])
        yield Fact(*asked, "answers", question["n"], question["min"], question["max"])
        yield Fact(*asked, "agreement", question["r_wg"])
        for role in question["by_role"]:
            yield Fact(*asked, f"mean.{role['role']}", role["mean"], unit=LEVELS)
        for written in question["comments"]:
            yield Fact(*asked, f"comment.{written['role'] or ''}", text=written["comment"])


def _score(
    of: tuple[str, str, str, str],
    score: ScoreDocument | None,
    unit: str = LEVELS,
    absent: str = NOT_APPLICABLE,
) -> Fact:
    if score is None:
        return Fact(*of, unit=unit, text=absent)
    return Fact(*of, score["value"], score["low"], score["high"], unit)


def _level(of: tuple[str, str, str, str], level: LevelDocument | None, absent: str = NOT_APPLICABLE) -> Fact:
    if level is None:
        return Fact(*of, unit=LEVELS, text=absent)
    low, high = level["low"], level["high"]
    return Fact(*of, low if low == high else None, low, high, LEVELS)


def _counts(of: tuple[str, str, str], counts: CountsDocument) -> Iterator[Fact]:
    yield Fact(*of, "questions.answered", counts["answered"])
    yield Fact(*of, "questions.dont_know", counts["dont_know"])
    yield Fact(*of, "questions.unanswered", counts["unanswered"])
    yield Fact(*of, "questions.not_applicable", counts["not_applicable"])
    yield Fact(*of, "questions.total", counts["total"])
