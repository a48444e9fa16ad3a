"""`/v1/respondent/answers-sheet`: the respondent's own answers as a workbook to fill in."""

from fastapi import APIRouter, Request, Response

from app.assessments.life.routes import READING
from app.assessments.participants import answer_sheet
from app.assessments.participants.doors import for_respondent
from app.assessments.participants.routes import answers_response
from app.assessments.participants.sheet_routes import (
    IN_LANGUAGE,
    REPLACING,
    SHEET,
    UPLOADED,
    Filled,
    sheet_response,
    wanted_language,
)
from app.assessments.respondent.auth import Invited
from app.assessments.respondent.routes import let_pages_ask
from app.assessments.schemas import AnswersDocument
from app.core.web.bodies import StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.resources import reading, writing

router = APIRouter(prefix="/v1/respondent", tags=["Respondent"], route_class=StrictRoute)


@router.get(
    "/answers-sheet",
    operation_id="get_respondent_answers_sheet",
    response_class=Response,
    responses=SHEET | READING,
    openapi_extra=IN_LANGUAGE,
)
def get_respondent_answers_sheet(request: Request, invited: Invited) -> Response:
    """A workbook to fill in offline, with one's own answers so far."""
    with reading(request, invited.caller) as work:
        own = for_respondent(work, invited.assessment)
        content = answer_sheet.content(work, own, wanted_language(request))
    return sheet_response(content, own.participant.revision)


@router.post(
    "/answers-sheet",
    operation_id="upload_respondent_answers_sheet",
    response_model=AnswersDocument,
    responses=REPLACING,
    openapi_extra=UPLOADED,
)
def upload_respondent_answers_sheet(
    request: Request, invited: Invited, filled: Filled, if_match: IfMatch = None
) -> Response:
    """Put what stands in the workbook in place of all one's answers."""
    with writing(request, invited.caller) as work:
        own = for_respondent(work, invited.assessment, to_change=True)
        answer_sheet.replace(work, own, filled, if_match)
        return answers_response(own)


let_pages_ask(router)
