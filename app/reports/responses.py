"""Reports over HTTP: how one is asked for, and the answer; what takes long is made in other processes."""

from functools import partial
from typing import Any, NamedTuple, get_args
from urllib.parse import quote

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request, Response

from app.core.errors import InvalidError, MissingError, UnavailableError
from app.core.web.media_types import best_of
from app.core.web.resources import resources_of
from app.core.web.responses import PART, unless_current, wants_part
from app.reports.drawing import chart_svg
from app.reports.formats import FORMATS, Choice, Format, Job, Profiled, View, name_of
from app.reports.page import POLICY
from app.reports.paper import PAPERS
from scoring import Fault

# Threads that wait for a process. Nothing else needs them; who comes when all wait is told so at once.
WAITING = 32
_waiting = CapacityLimiter(WAITING)

HTML = "html"
SVG = "image/svg+xml"
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def _parameter(name: str, description: str, values: list[str]) -> dict[str, Any]:
    schema = {"type": "string", "enum": values}
    return {"name": name, "in": "query", "description": description, "schema": schema}


FORMAT = _parameter("format", "The format, before `Accept`.", list(FORMATS))
VIEW = _parameter("view", "`summary`: one page for the board.", list(get_args(View)))
PAPER = _parameter("paper", "Of a PDF: the size of its pages.", list(PAPERS))
OPTIONS = [FORMAT, VIEW, PAPER, PART]

_BINARY = {"schema": {"type": "string", "format": "binary"}, "example": "%PDF-1.7 …"}
REPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report.",
        "content": {
            "text/html": {"schema": {"type": "string"}, "example": '<!doctype html>\n<html lang="en">…'},
            **{known.media_type: _BINARY for name, known in FORMATS.items() if name != HTML},
        },
    }
}
DRAWING: dict[int | str, dict[str, Any]] = {
    200: {"description": "The chart.", "content": {SVG: {"schema": {"type": "string"}, "example": "<svg …"}}}
}


class Wanted(NamedTuple):
    """In which format a report is wanted, and how."""

    format: Format
    choice: Choice

    def start(self, profiled: Profiled) -> "Started":
        """What is made here, at once: a report, or the work that is left for one."""
        return Started(self.format, profiled, self.format.make(profiled, self.choice))


class Started(NamedTuple):
    """A report that is made or begun."""

    format: Format
    profiled: Profiled
    made: bytes | Job


def wanted_of(request: Request) -> Wanted:
    """How a report is wanted; raises `InvalidError` for what there is not."""
    by_type = {known.media_type: name for name, known in FORMATS.items()}
    liked = by_type[best_of(request, list(by_type))]
    name = _chosen(request, "format", list(FORMATS), liked)
    choice = Choice(
        view=_chosen(request, "view", list(get_args(View)), "full"),  # type: ignore[arg-type] # one of them
        paper=_chosen(request, "paper", list(PAPERS), "a4"),  # type: ignore[arg-type] # one of them
        is_content=wants_part(request),
    )
    return Wanted(FORMATS[name], choice)


def _chosen(request: Request, name: str, known: list[str], usual: str) -> str:
    value = request.query_params.get(name, usual)
    if value not in known:
        fault = Fault(("query", name), f"unknown_{name}", f"there are: {', '.join(known)}")
        raise InvalidError([fault])
    return value


async def finished(request: Request, started: Started) -> bytes:
    """The bytes of a report; raises `UnavailableError` where it cannot be made in time."""
    if isinstance(started.made, bytes):
        return started.made
    if _waiting.borrowed_tokens >= WAITING:
        raise UnavailableError("reports_busy", "Too many reports are being made; ask again in a while.")
    job, processes = started.made, resources_of(request).processes
    return await run_sync(partial(processes.run, job.function, *job.arguments), limiter=_waiting)


async def report_response(request: Request, started: Started, if_none_match: str | None = None) -> Response:
    """The answer with a report, or 304."""
    return unless_current(_response(started, await finished(request, started)), if_none_match)


def _response(started: Started, content: bytes) -> Response:
    name = name_of(started.profiled, started.format)
    headers = {
        "Content-Language": started.profiled.spoken,
        "Vary": "Accept, Accept-Language",
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
    }
    if started.format is FORMATS[HTML]:
        headers |= {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    return Response(content, media_type=started.format.media_type, headers=headers)


def chart_response(name: str, profiled: Profiled, if_none_match: str | None = None) -> Response:
    """A chart by itself; raises `MissingError` where the profile has nothing for it."""
    svg = chart_svg(name, profiled.document, profiled.edition, profiled.language)
    if svg is None:
        raise MissingError("chart", detail="This profile has nothing to show in this chart.")
    headers = {
        "Content-Language": profiled.spoken,
        "Vary": "Accept-Language",
        "Content-Security-Policy": SVG_POLICY,
    }
    return unless_current(Response(svg, media_type=SVG, headers=headers), if_none_match)
