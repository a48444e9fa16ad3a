"""Reports over HTTP: how one is asked for, and the answer; what takes long is made in other processes."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple, get_args
from urllib.parse import quote

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request, Response

from app.core.errors import InvalidError, UnavailableError
from app.core.web.media_types import best_of
from app.core.web.resources import resources_of
from app.core.web.responses import PART, page_in, unless_current, wants_part
from app.reports.content import PAPERS
from app.reports.drawing import ChartName
from app.reports.formats import DRAWINGS, FORMATS, Choice, Format, Profiled, View, name_of
from app.reports.page import policy_of, what_if_section
from app.reports.what_if import Tried
from scoring import Fault

# Threads that wait for a process. Nothing else needs them; who comes when all wait is told so at once.
WAITING = 32
_waiting = CapacityLimiter(WAITING)
# What is beyond a profile is found in threads of its own: nobody who wants a score waits for a plan.
_ahead = CapacityLimiter(2)

HTML, SVG = "text/html", "image/svg+xml"
OFFICE_SHEET = FORMATS["xlsx"].media_type
# What a drawing may load where a browser opens it: nothing but what stands in it.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def parameter(name: str, description: str, values: Iterable[str]) -> dict[str, Any]:
    """A parameter of the query with a few values, as OpenAPI has it."""
    schema = {"type": "string", "enum": list(values)}
    return {"name": name, "in": "query", "description": description, "schema": schema}


FORMAT = parameter("format", "The format, before `Accept`.", FORMATS)
VIEW = parameter("view", "`summary`: one page for the board.", get_args(View))
PAPER = parameter("paper", "Of PDF and DOCX: the size of the pages.", PAPERS)
OPTIONS = [FORMAT, VIEW, PAPER, PART]

WHAT_IF = "what_if"
PART_TO_TRY = PART | {
    "description": f"{PART['description']} `{WHAT_IF}`: the section to try other levels, see `levels`.",
    "schema": {"type": "string", "enum": ["content", WHAT_IF]},
}
LEVELS: dict[str, Any] = {
    "name": "levels",
    "in": "query",
    "description": "Of `what_if`: levels to try, as in `sales.presence@3,service.speed@4`.",
    "schema": {"type": "string"},
}
TRYING = [PART_TO_TRY, LEVELS]
TO_TRY = [FORMAT, VIEW, PAPER, *TRYING]
_LEVEL = re.compile(r"([a-z0-9_.]{1,200})@([0-9]{1,2})")

_BEGINNINGS = {HTML: '<!doctype html>\n<html lang="en">…', SVG: "<svg …", "application/pdf": "%PDF-1.7 …"}


def contents(formats: Iterable[Format]) -> dict[str, Any]:
    """Media types with how what is answered begins, as OpenAPI has it."""
    return {
        known.media_type: {
            "schema": {"type": "string"} | ({} if known.media_type in (HTML, SVG) else {"format": "binary"}),
            "example": _BEGINNINGS.get(known.media_type, "…"),
        }
        for known in formats
    }


REPORT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report.", "content": contents(FORMATS.values())}
}
DRAWING: dict[int | str, dict[str, Any]] = {
    200: {"description": "The chart.", "content": contents(DRAWINGS.values())}
}


class Wanted(NamedTuple):
    """In which format a report is wanted, and how."""

    format: Format
    choice: Choice

    def start(self, profiled: Profiled) -> "Started":
        """A report that is to be made of a profile."""
        return Started(self, profiled)


class Started(NamedTuple):
    """A report that is asked for, and what it is made of."""

    wanted: Wanted
    profiled: Profiled


def wanted_of(request: Request) -> Wanted:
    """How a report is wanted; raises `InvalidError` for what there is not."""
    return report_wanted(request, format_of(request, {n: known.media_type for n, known in FORMATS.items()}))


def report_wanted(request: Request, name: str) -> Wanted:
    """The same where the format is known by its name."""
    choice = Choice(
        view=chosen(request, "view", get_args(View), "full"),  # type: ignore[arg-type] # one of them
        paper=chosen(request, "paper", PAPERS, "a4"),  # type: ignore[arg-type] # one of them
        is_content=wants_part(request),
    )
    return Wanted(FORMATS[name], choice)


def chart_wanted(name: str, chart: ChartName) -> Wanted:
    """A chart in one of `DRAWINGS`."""
    return Wanted(DRAWINGS[name], Choice(chart=chart))


def format_of(request: Request, offered: Mapping[str, str]) -> str:
    """The name of a format by `?format=`, else by `Accept`; raises `InvalidError` for what there is not."""
    by_type = {media_type: name for name, media_type in offered.items()}
    return chosen(request, "format", offered, by_type[best_of(request, list(by_type))])


def chosen(request: Request, name: str, known: Iterable[str], usual: str) -> str:
    """What a parameter of the query says; raises `InvalidError` where that is none of `known`."""
    value = request.query_params.get(name, usual)
    if value not in known:
        fault = Fault(("query", name), f"unknown_{name}", f"there are: {', '.join(known)}")
        raise InvalidError([fault])
    return value


def levels_wanted(request: Request) -> dict[str, int] | None:
    """The levels to try; `None` where another part is asked for. Raises `InvalidError`."""
    given = request.query_params.get("levels", "")
    if request.query_params.get("part") != WHAT_IF:
        return None
    found = [_LEVEL.fullmatch(level) for level in given.split(",") if given]
    levels = {match[1]: int(match[2]) for match in found if match}
    if len(levels) != len(found):
        detail = "write capabilities, each once, with a level: sales.presence@3,service.speed@4"
        raise InvalidError([Fault(("query", "levels"), "malformed_levels", detail)])
    return levels


def what_if_response(tried: Tried) -> Response:
    """The section in which levels are tried, kept by nobody."""
    response = page_in(*what_if_section(tried))
    response.headers["Cache-Control"] = "no-store"
    return response


async def finished(request: Request, started: Started) -> bytes:
    """The bytes of a report; raises `UnavailableError` where it cannot be made in time."""
    wanted, profiled = started
    if wanted.format.says_beyond(wanted.choice):
        profiled = await looked_ahead(profiled)
    made = await run_sync(wanted.format.make, profiled, wanted.choice)
    if isinstance(made, bytes):
        return made
    if _waiting.borrowed_tokens >= WAITING:
        raise UnavailableError("reports_busy", "Too many reports are being made; ask again in a while.")
    processes = resources_of(request).processes
    return await run_sync(partial(processes.run, made.function, *made.arguments), limiter=_waiting)


async def looked_ahead(profiled: Profiled) -> Profiled:
    """The same with what is beyond the profile."""
    if profiled.ahead is None:
        return profiled
    return profiled._replace(beyond=await run_sync(profiled.ahead, limiter=_ahead))


async def report_response(request: Request, started: Started, if_none_match: str | None = None) -> Response:
    """The answer with a report, or 304."""
    return unless_current(_response(started, await finished(request, started)), if_none_match)


def _response(started: Started, content: bytes) -> Response:
    known, choice = started.wanted
    chart = choice.chart if known in DRAWINGS.values() else None
    headers = {
        "Content-Language": started.profiled.spoken,
        "Vary": "Accept, Accept-Language",
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name_of(started.profiled, known, chart))}",
    }
    if known.media_type in (HTML, SVG):
        is_page = known.media_type == HTML
        policy = policy_of(started.profiled.about.brand.accent) if is_page else SVG_POLICY
        headers |= {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
    return Response(content, media_type=known.media_type, headers=headers)
