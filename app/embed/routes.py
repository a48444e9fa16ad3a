"""`/r`: the page that an invitation opens; its token stands behind the `#`, which no server sees."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core.web.languages import preferred
from app.core.words import DEFAULT, SPOKEN
from app.embed.page import questionnaire_page

router = APIRouter(include_in_schema=False)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@router.api_route("/r", methods=["GET", "HEAD"])
async def answering_page(request: Request) -> HTMLResponse:
    """The questionnaire page; which questionnaire, it asks `/v1/respondent` itself."""
    language = preferred(request)
    spoken = language if language in SPOKEN else DEFAULT
    headers = {
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Content-Language": spoken,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(questionnaire_page(spoken), headers=headers)
