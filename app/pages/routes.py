"""`/`, `/docs` and what they refer to: nothing from another host."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool

from app.core.json_text import encoded
from app.core.web.languages import spoken
from app.core.web.resources import resources_of
from app.core.web.responses import IfNoneMatch, page_in, unless_current
from app.core.words import SPOKEN
from app.demo.workspace import DEMO_INVITATION, DEMO_KEY
from app.pages import errors
from app.pages.demonstration import profile_of, tried_of
from app.pages.landing import landing
from app.pages.words import words_of
from app.reports.drawing import TEMPLATES
from app.reports.page import Live, live_page
from app.reports.responses import levels_wanted, looked_ahead, what_if_response

ICON = Path(__file__).parent / "static" / "favicon.ico"

TRYING = "/static/try-levels.js"

router = APIRouter(include_in_schema=False)

templates = Environment(
    loader=FileSystemLoader([Path(__file__).parent / "templates", TEMPLATES]),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
)
templates.filters["html"] = errors.html

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-ancestors 'none'"
)
ERRORS_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'"
# Swagger UI sets style attributes; its scripts come from the package like everything else.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)


@router.get("/")
async def landing_page(request: Request) -> Response:
    """What this is, and what can be done here."""
    language = spoken(request)
    address = str(request.base_url).rstrip("/")
    values = await run_in_threadpool(landing, resources_of(request), language, address)
    page = templates.get_template("landing.html").render(language=language, say=words_of(language), **values)
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(page, headers=headers)


@router.get("/demo/{assessment}")
async def demo_profile(request: Request, assessment: str) -> Response:
    """The profile of a company of the demonstration, and the section of it in which levels are tried."""
    language, levels = spoken(request), levels_wanted(request)
    resources = resources_of(request)
    tried = await run_in_threadpool(tried_of, resources, assessment, levels or {}, language)
    if levels is not None:
        return what_if_response(tried)
    other = next(name for name in SPOKEN if name != language)
    told = await run_in_threadpool(profile_of, resources, assessment, language)
    told = await looked_ahead(told)
    about = told.about._replace(other_language=f"?lang={other}")
    page = live_page(told._replace(about=about).reading, about, Live(TRYING, tried))
    return page_in(page.language, page.html, page.policy)


@router.get("/docs")
async def docs_page(request: Request) -> HTMLResponse:
    """The API's documentation, to be tried out; a demonstration fills in its key and its invitation."""
    is_demo = resources_of(request).settings.demo
    page = templates.get_template("docs.html").render(
        tokens={"key": DEMO_KEY, "invitation": DEMO_INVITATION} if is_demo else {}
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": DOCS_POLICY})


@router.get("/docs/errors")
async def errors_page(if_none_match: IfNoneMatch = None) -> Response:
    """Every code of an error: what it means, and what to do. The `type` of a problem leads here."""
    page = templates.get_template("errors.html").render(
        introduction=errors.INTRODUCTION, sections=errors.sections()
    )
    headers = {"Content-Security-Policy": ERRORS_POLICY}
    return unless_current(HTMLResponse(page, headers=headers), if_none_match)


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
