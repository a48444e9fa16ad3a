"""A profile as the sheets of a workbook, as data: what each is called, its columns and its rows."""

from collections.abc import Sequence
from typing import Any

from app.reports import parts
from app.reports.about import About
from app.reports.ahead_sheet import next_sheet
from app.reports.cells import Column, Row, Sheet
from app.reports.drawing import light_colours
from app.reports.parts import option_text
from app.reports.ratings import rated
from app.reports.reading import Reading
from app.reports.signs import visible
from app.reports.summary import summarize
from scoring.presentation.display import ScoreDocument
from scoring.presentation.respondent_shapes import QuestionSpreadDocument, RespondentsDocument
from scoring.presentation.shapes import AnsweredQuestion, FunctionProfile


def workbook_data(reading: Reading, about: About) -> dict[str, Any]:
    """All sheets, and what the charts on the first are made of."""
    speech = reading.speech
    ahead = next_sheet(reading)
    made = [
        _profile(reading),
        *([] if ahead is None else [ahead]),
        _gaps(reading),
        _answers(reading),
        _respondents(reading),
        _method(reading),
    ]
    data = {
        "language": speech.language,
        "colours": light_colours(about.brand.accent),
        "title": " · ".join(part for part in (about.company, speech("kind"), about.occasion) if part),
        "author": about.publisher,
        "day": None if about.day is None else speech.date(about.day),
        "sheets": made,
        "functions": len(reading.standings),
        "max_level": reading.max_level,
        "mean": speech("mean"),
        "line": reading.words.levels[reading.line],
        "bars": speech("functions_chart", n=len(reading.standings), top=reading.max_level),
        "radar": speech("radar_chart"),
    }
    shown: dict[str, Any] = visible(data)
    return shown


def _profile(reading: Reading) -> Sheet:
    """Functions that count first, then the others and the whole; what counts is charted."""
    speech, document, summary = reading.speech, reading.document, summarize(reading)
    scored = [standing.function for standing in reading.standings]
    others = [function for function in document["functions"] if function not in scored]
    lenses = document["lenses"]
    columns = [
        Column(speech("function"), 30, "text"),
        Column(speech("mean")),
        Column(speech("least")),
        Column(speech("most")),
        Column(reading.words.levels[reading.line], 12, "whole"),
        Column(speech("level"), 30, "text"),
        *(Column(speech(f"state_{state}"), 12, "whole") for state in STATES),
        *(Column(lens["name"], 16) for lens in lenses),
    ]
    overall, counts = document["overall"], document["counts"]
    whole: Row = [
        speech("all_functions"),
        *_three(overall["score"]),
        None,
        speech.level(overall["level"], reading.words.levels),
        *_counted(counts),
        *(_three(lens["score"])[0] for lens in lenses),
    ]
    index: Row = [speech("index"), *_three(overall["index"])]
    said = [summary.headline, " ".join(part for part in (summary.is_open, summary.decides) if part)]
    rows = [*(_function(function, reading) for function in (*scored, *others)), whole, index]
    return Sheet(speech("sheet_profile"), [text for text in said if text], columns, rows, 1)


STATES = ("answered", "dont_know", "unanswered", "not_applicable")


def _function(function: FunctionProfile, reading: Reading) -> Row:
    return [
        function["name"],
        *_three(function["score"]),
        reading.line if function["scored"] else None,
        _level(function, reading),
        *_counted(function["counts"]),
        *(_three(function["lenses"].get(lens["id"]))[0] for lens in reading.document["lenses"]),
    ]


def _level(function: FunctionProfile, reading: Reading) -> str:
    if not reading.has_level(function):
        return reading.speech("not_counted")
    return reading.speech.level(function["level"], reading.words.levels)


def _counted(counts: Any) -> Row:  # noqa: ANN401 -- by names, which a TypedDict has as literals
    return [counts[state] for state in STATES]


def _three(score: ScoreDocument | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if score is None else (score["value"], score["low"], score["high"])


def _gaps(reading: Reading) -> Sheet:
    speech = reading.speech
    columns = [
        Column(speech("capability"), 34, "text"),
        Column(speech("function"), 26, "text"),
        Column(speech("level"), 8, "whole"),
        Column(speech("target"), 10, "whole"),
        Column(speech("effort"), 10, "whole"),
        Column(speech("gain")),
        Column(speech("below_the_floor"), 12, "whole"),
        Column(speech("next_step"), 60, "text"),
        Column(speech("evidence"), 60, "text"),
    ]
    rows: list[Row] = [
        [
            gap["name"],
            reading.function[gap["function"]]["name"],
            gap["level"],
            gap["target"],
            gap["effort"],
            gap["gain"],
            int(gap["breaks_floor"]),
            gap["next_step"],
            gap["evidence"],
        ]
        for gap in reading.document["gaps"]
    ]
    said = speech("gaps_said" if rows else "gaps_none")
    return Sheet(speech("gaps_nav"), [said], columns, rows, 1)


def _answers(reading: Reading) -> Sheet:
    speech = reading.speech
    columns = [
        Column(speech("question"), 34, "text"),
        Column(speech("function"), 26, "text"),
        Column(speech("answer"), 60, "text"),
        Column(speech("level")),
        Column(speech("target"), 10, "whole"),
        Column(speech("comment"), 50, "text"),
        Column(speech("evidence"), 50, "text"),
        Column("id", 30, "text"),
    ]
    rows: list[Row] = [
        [
            reading.question_name(answer["id"]),
            function["name"],
            _answered(answer, capability["level_text"], reading),
            answer["points"],
            capability["target"],
            answer["comment"],
            " ".join(answer["evidence"]),
            answer["id"],
        ]
        for function in reading.document["functions"]
        for capability in function["capabilities"]
        for answer in capability["questions"]
    ]
    return Sheet(speech("answers"), [], columns, rows, 1)


def _answered(answer: AnsweredQuestion, level_text: str | None, reading: Reading) -> str:
    """The sentence that was chosen, or why there is none."""
    option = answer["option"]
    if answer["state"] != "answered":
        return reading.speech(f"state_{answer['state']}")
    if option is None:
        return ""
    said = option_text(answer["id"], option, reading)
    return level_text or said if said == option else said


def _respondents(reading: Reading) -> Sheet:
    speech, respondents = reading.speech, reading.document["respondents"]
    columns = [
        Column(speech("question"), 34, "text"),
        Column(speech("answers"), 10, "whole"),
        Column(speech("least")),
        Column(speech("most")),
        Column(speech("agreement_column"), 12),
        Column(speech("roles_column"), 50, "text"),
        Column(speech("comment"), 60, "text"),
        Column("id", 30, "text"),
    ]
    rows = [] if respondents is None else [_spread(each, reading) for each in respondents["questions"]]
    return Sheet(speech("people"), _asked(respondents, reading), columns, rows, 1)


def _asked(respondents: RespondentsDocument | None, reading: Reading) -> Sequence[str]:
    told = [said for name, said in parts.basis(reading) if name == reading.speech("people")]
    if respondents is not None and not respondents["questions"]:
        told.append(reading.speech("spread_hidden" if respondents["anonymous"] else "spread_none"))
    return told


def _spread(question: QuestionSpreadDocument, reading: Reading) -> Row:
    roles = (f"{reading.role_name(r['role'])} {reading.speech.short(r['mean'])}" for r in question["by_role"])
    comments = (f"{reading.role_name(c['role'])}: {c['comment']}" for c in question["comments"])
    return [
        reading.question_name(question["id"]),
        question["n"],
        question["min"],
        question["max"],
        question["r_wg"],
        ", ".join(roles),
        " · ".join(comments),
        question["id"],
    ]


def _method(reading: Reading) -> Sheet:
    speech, digests = reading.speech, reading.document["digests"]
    rows: list[Row] = [
        *parts.basis(reading),
        *rated(reading),
        (speech("digest_answers"), digests["answers"]),
        (speech("digest_result"), digests["result"]),
        *((speech("notices"), notice["detail"]) for notice in reading.document["notices"]),
        *((speech("sheet_method"), line) for line in parts.method_lines(reading)),
    ]
    columns = [Column(speech("basis_title"), 30, "text"), Column("", 110, "text")]
    return Sheet(speech("sheet_method"), [], columns, rows, 0)
