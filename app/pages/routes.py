"""`/`, `/docs` and what they refer to: nothing from another host."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool

from app.core.json_text import encoded
from app.core.web.languages import preferred
from app.core.web.resources import resources_of
from app.core.web.responses import IfNoneMatch, unless_current
from app.core.words import DEFAULT, SPOKEN
from app.demo.workspace import DEMO_INVITATION, DEMO_KEY
from app.pages.landing import example
from app.pages.words import words_of
from app.scores.example import REQUEST, SHIPPED
from app.scores.service import score_body

ICON = Path(__file__).parent / "static" / "favicon.ico"

router = APIRouter(include_in_schema=False)

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
)

PAGE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'"
# Swagger UI sets style attributes; its scripts come from the package like everything else.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)


@router.get("/")
async def landing_page(request: Request) -> HTMLResponse:
    """What this is, and a finished example."""
    language = preferred(request)
    spoken = language if language in SPOKEN else DEFAULT
    resources = resources_of(request)
    values: dict[str, Any] = {
        "language": spoken,
        "say": words_of(spoken),
        "demo": resources.settings.demo,
        "example": None,
    }
    if SHIPPED in resources.catalog.editions:
        edition, profile = score_body(resources.catalog, "", REQUEST)
        values["example"] = example(profile, edition.words(spoken), spoken)
    page = templates.get_template("landing.html").render(values)
    headers = {"Content-Security-Policy": PAGE_POLICY, "Content-Language": spoken, "Vary": "Accept-Language"}
    return HTMLResponse(page, headers=headers)


@router.get("/docs")
async def docs_page(request: Request) -> HTMLResponse:
    """The API's documentation, to be tried out; a demonstration fills in its key and its invitation."""
    is_demo = resources_of(request).settings.demo
    page = templates.get_template("docs.html").render(
        tokens={"key": DEMO_KEY, "invitation": DEMO_INVITATION} if is_demo else {}
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": DOCS_POLICY})


@router.get("/openapi.json")
async def openapi_document(request: Request, if_none_match: IfNoneMatch = None) -> Response:
    """The OpenAPI document, for generators of clients."""
    content = await run_in_threadpool(request.app.openapi)
    response = Response(encoded(content), media_type="application/json")
    return unless_current(response, if_none_match)


@router.get("/favicon.ico")
async def favicon() -> FileResponse:
    """The picture that browsers ask for unasked."""
    return FileResponse(ICON, headers={"Cache-Control": "max-age=86400"})
