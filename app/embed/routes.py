"""`/r`: the page that an invitation opens; its token stands behind the `#`, which no server sees.

`/try`: the same without an account, where scoring is open to everybody.

`/embed/v1/w/…`: the same inside a page of a portal, and `loader.js`, which puts it there; `/embed/playground`
to try that out, in the demonstration.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse

from app.core.ids import PATTERN
from app.core.web.languages import spoken
from app.core.web.resources import resources_of
from app.demo.workspace import DEMO_KEY
from app.embed.page import (
    LOADER,
    LOADER_NAME,
    TYPES,
    Tried,
    frame_page,
    playground_page,
    questionnaire_page,
    trial_page,
)
from app.workspaces.auth import count_address
from app.workspaces.service import origins_of
from scoring.questionnaire.form import FULL

router = APIRouter(include_in_schema=False)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PLAYGROUND_POLICY = f"{POLICY}; frame-src 'self'"


@router.api_route("/r", methods=["GET", "HEAD"])
async def answering_page(request: Request) -> HTMLResponse:
    """The questionnaire page; which questionnaire, it asks `/v1/respondent` itself."""
    return _page_of(request, questionnaire_page)


@router.api_route("/try", methods=["GET", "HEAD"])
async def trying_page(request: Request) -> HTMLResponse:
    """The questionnaire without an account, where scoring is open to everybody; nothing is kept."""
    resources = resources_of(request)
    if not resources.settings.is_scoring_public:
        raise HTTPException(404)
    edition = resources.catalog.find(resources.settings.default_questionnaire, None).questionnaire
    tier = "express" if "express" in edition.forms else FULL
    tried = Tried(edition.id, edition.version, tier)
    return _page_of(request, lambda language: trial_page(language, tried))


@router.api_route("/embed/playground", methods=["GET", "HEAD"])
async def playground(request: Request) -> HTMLResponse:
    """A page that embeds, where the service runs as a demonstration."""
    if not resources_of(request).settings.demo:
        raise HTTPException(404)
    return _page_of(request, lambda language: playground_page(language, DEMO_KEY), PLAYGROUND_POLICY)


def _page_of(request: Request, make: Callable[[str], str], policy: str = POLICY) -> HTMLResponse:
    language = spoken(request)
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(make(language), headers=headers)


FRAME_POLICY = POLICY.replace("font-src 'self'", "font-src 'self' data:").replace(
    "frame-ancestors 'none'", "frame-ancestors {origins}"
)


@router.get("/embed/v1/w/{workspace}")
def embedded_page(request: Request, workspace: Annotated[str, Path(pattern=PATTERN)]) -> HTMLResponse:
    """The page inside a portal's page: none but those of the workspace's allowed origins can frame it."""
    count_address(request)
    resources = resources_of(request)
    with resources.database.looking_up() as connection:
        origins = origins_of(connection, workspace, demo=resources.settings.demo)
    if origins is None:
        raise HTTPException(404)
    language = spoken(request)
    headers = {
        "Content-Security-Policy": FRAME_POLICY.format(origins=" ".join(origins) or "'none'"),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(frame_page(language, origins), headers=headers)


@router.get("/embed/v1/loader.js")
async def loader() -> Response:
    """What a portal's page names: the newest of version 1."""
    return _script("public, max-age=300")


@router.get(f"/embed/v1/{LOADER_NAME}")
async def loader_for_good() -> Response:
    """The same by its content, which never changes."""
    return _script("public, max-age=31536000, immutable")


@router.get("/embed/v1/loader.d.ts")
async def types() -> Response:
    """What TypeScript is told of the elements, as text to read and to copy."""
    return Response(TYPES, media_type="text/plain", headers={"Cache-Control": "public, max-age=300"})


def _script(kept: str) -> Response:
    """A module that pages of every origin may load, which is all that they may."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": kept}
    return Response(LOADER, media_type="text/javascript", headers=headers)
