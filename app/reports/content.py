"""The profile as data for a document: what is set on paper or written in Word, with finished drawings."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Literal

from app.look.logos import size_of
from app.reports import parts
from app.reports.about import About
from app.reports.ahead import next_content, sure_content
from app.reports.charts import functions
from app.reports.charts.functions import functions_chart
from app.reports.charts.gaps import step_scale
from app.reports.charts.heatmap import Heatmap, heatmap
from app.reports.charts.radar import radar_chart
from app.reports.drawing import light_colours, on_paper, small_on_paper
from app.reports.lenses import lens_title
from app.reports.moved import moved_content
from app.reports.parts import GapLine
from app.reports.progress import progress_drawn
from app.reports.ratings import rated
from app.reports.reading import Reading
from app.reports.shown import only_shown
from app.reports.sides import Part, part_of, sides, spread
from app.reports.speech import sentence
from app.reports.summary import how_many, summarize, unscored

Paper = Literal["a4", "letter"]
LOGO_WIDTH, LOGO_HEIGHT = 44, 13  # mm, that a logo fits into
PAPERS: Mapping[Paper, str] = {"a4": "a4", "letter": "us-letter"}


def report_content(reading: Reading, about: About, paper: Paper) -> Part:
    """The whole report, part by part in its order."""
    made = (
        _functions,
        _lenses,
        _holds,
        next_content,
        _gaps,
        sides,
        spread,
        moved_content,
        sure_content,
        _shown,
        _basis,
    )
    said = [part for part in (make(reading) for make in made) if part is not None]
    return front(reading, about, paper) | {"parts": said}


def front(reading: Reading, about: About, paper: Paper) -> Part:
    """What every kind of report begins with: whose it is, the verdict, the main figures."""
    speech, summary = reading.speech, summarize(reading)
    return {
        "paper": PAPERS[paper],
        "language": speech.language,
        "colours": light_colours(reading.accent),
        "publisher": about.publisher,
        "logo": _logo(about),
        "company": about.company,
        "occasion": about.occasion,
        "day": None if about.day is None else speech.date(about.day),
        "kind": speech("kind"),
        "contents": speech("contents"),
        "headline": summary.headline,
        "lead": summary.lead,
        "open": summary.is_open,
        "decides": summary.decides,
        "facts": [fact._asdict() for fact in summary.facts],
        "figure": speech("figure"),
        "table": speech("table"),
    }


def _logo(about: About) -> Part | None:
    """The publisher's logo, and how large it stands on a cover, in mm."""
    logo = about.brand.logo
    if logo is None:
        return None
    width, height = size_of(logo)
    share = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return {
        "png": b64encode(logo).decode(),
        "alt": about.publisher,
        "width": width * share,
        "height": height * share,
    }


def functions_drawn(reading: Reading) -> Part | None:
    """The functions on their scale as a picture; `None` where none applies."""
    if not reading.standings:
        return None
    chart = functions_chart(reading, functions.PAPER)
    caption = reading.speech("functions_chart", n=len(chart.rows), top=reading.max_level)
    return {"svg": on_paper("functions", chart, reading), "alt": chart.description, "caption": caption}


def _functions(reading: Reading) -> Part:
    speech, has_floor = reading.speech, reading.floor != reading.line
    line = reading.words.levels[reading.line]
    radar = radar_chart(reading)
    key = "functions_said" if has_floor else "functions_said_no_floor"
    columns = ["function", "level", "at_the_line", *(["below_the_floor"] if has_floor else []), "mean"]
    return part_of(
        "functions",
        speech("functions_nav"),
        sentence(how_many(reading)),
        speech(key, level=line, needed=parts.needed_said(reading)),
        chart=functions_drawn(reading),
        progress=progress_drawn(reading),
        radar=None
        if radar is None
        else {
            "svg": on_paper("radar", radar, reading),
            "alt": f"{speech('radar_chart')}. {radar.description}",
            "caption": speech("radar_said", level=line),
        },
        columns=[speech(column) for column in columns],
        rows=[
            [
                standing.function["name"],
                speech.level(standing.function["level"], reading.words.levels),
                speech("of_total", reached=standing.at_line, total=standing.total),
                *([str(standing.below_floor)] if has_floor else []),
                reading.mean(standing.function["score"], standing.function["counts"]),
            ]
            for standing in reading.standings
        ],
        caption=speech("functions_chart", n=len(reading.standings), top=reading.max_level),
        statuses=[standing.status for standing in reading.standings],
        unscored=unscored(reading),
    )


def _lenses(reading: Reading) -> Part | None:
    content, speech = heatmap(reading), reading.speech
    if content is None:
        return None
    return part_of(
        "lenses",
        speech("lenses_nav"),
        lens_title(reading),
        speech("lenses_said"),
        function=speech("function"),
        lenses=content.lenses,
        rows=_cells(content),
        caption=speech("heatmap_chart"),
    )


def _cells(content: Heatmap) -> list[Part]:
    return [
        {"name": row.name, "cells": [cell._asdict() for cell in row.cells]}
        for row in (*content.rows, content.total)
    ]


def _holds(reading: Reading) -> Part:
    speech, held = reading.speech, parts.held_back(reading)
    line = reading.words.levels[reading.line]
    nav = speech("holds_nav")
    if not held:
        return part_of("holds", nav, nav, speech("holds_none", level=line), held=[])
    key = "holds_said" if reading.floor != reading.line else "holds_said_no_floor"
    return part_of(
        "holds",
        nav,
        speech("holds_title", n=len(held)),
        speech(key, floor=reading.words.levels[reading.floor], level=line),
        held=[function._asdict() | {"holds": [h._asdict() for h in function.holds]} for function in held],
        columns=[speech("capability"), speech("today"), speech("next")],
    )


def _gaps(reading: Reading) -> Part:
    speech, groups = reading.speech, parts.gap_groups(reading)
    columns = ["capability", "today_to_target", "next_step", "effort", "gain"]
    return part_of(
        "gaps",
        speech("gaps_nav"),
        speech("gaps_title"),
        speech("gaps_said" if groups else "gaps_none"),
        planned=speech("gaps_planned") if any(g.is_planned for group in groups for g in group.gaps) else None,
        columns=[speech(column) for column in columns],
        groups=[
            {"title": group.title, "explained": group.explained, "gaps": gap_rows(group.gaps, reading)}
            for group in groups
        ],
    )


def gap_rows(gaps: Sequence[GapLine], reading: Reading) -> Sequence[Part]:
    """Gaps, each with its way drawn."""
    scale = step_scale(reading)
    return [
        {
            **gap._asdict(),
            "step": {
                "svg": small_on_paper(
                    "step", "step_strip", reading, gap.step, scale, reading.line, reading.floor
                ),
                "alt": gap.said,
            },
        }
        for gap in gaps
    ]


def _shown(reading: Reading) -> Part | None:
    speech, ones = reading.speech, only_shown(reading)
    if not ones:
        return None
    return part_of(
        "shown",
        speech("shown_nav"),
        speech("shown_title"),
        speech("shown_said"),
        lines=[(f"{one.name} ({one.function})", one.said) for one in ones],
    )


def _basis(reading: Reading) -> Part:
    speech, digests = reading.speech, reading.document["digests"]
    return part_of(
        "basis",
        speech("basis_nav"),
        speech("basis_title"),
        None,
        answers_title=speech("basis_answers"),
        lines=[*parts.basis(reading), *rated(reading)],
        digests=[
            (speech("digest_answers"), digests["answers"]),
            (speech("digest_result"), digests["result"]),
        ],
        notices_title=speech("notices"),
        notices=[notice["detail"] for notice in reading.document["notices"]],
        method_title=speech("method_title"),
        method=parts.method_lines(reading),
    )
