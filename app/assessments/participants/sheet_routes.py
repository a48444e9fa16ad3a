"""`/v1/assessments/{id}/participants/{pid}/answers-sheet`: their answers as a workbook to fill in."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from app.answer_sheets.cells import FilledIn, read_cells
from app.answer_sheets.content import Content
from app.answer_sheets.workbook import workbook_of
from app.assessments.life.routes import READING, WRITING, AssessmentId
from app.assessments.participants import answer_sheet
from app.assessments.participants.doors import for_consultancy
from app.assessments.participants.routes import ParticipantId, answers_response
from app.assessments.schemas import AnswersDocument
from app.core.errors import MediaTypeError
from app.core.revisions import tag_of
from app.core.web.bodies import StrictRequest, StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.problems import problems
from app.core.web.resources import reading, writing
from app.workspaces.auth import Reader, Writer

router = APIRouter(
    prefix="/v1/assessments/{assessment}/participants", tags=["Participants"], route_class=StrictRoute
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE = {XLSX: {"schema": {"type": "string", "format": "binary"}, "example": "…"}}

SHEET: dict[int | str, dict[str, Any]] = {200: {"description": "The answer sheet.", "content": _FILE}}
IN_LANGUAGE = {"parameters": [PARAMETERS[0]]}
UPLOADED = {"requestBody": {"required": True, "content": _FILE}}
REPLACING = WRITING | problems(412, 428)


async def _workbook(request: Request) -> bytes:
    """The body; raises `MediaTypeError`, and `TooLargeError` for one that is too long."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != XLSX:
        raise MediaTypeError("unsupported_media_type", f"Send the answer sheet as {XLSX}.")
    return await StrictRequest(request.scope, request.receive).body()


def _filled(body: Annotated[bytes, Depends(_workbook)]) -> FilledIn:
    """What stands in it, read before anybody's turn to write."""
    return read_cells(body)


Filled = Annotated[FilledIn, Depends(_filled)]


def wanted_language(request: Request) -> str | None:
    """The language that the query names, if any."""
    return preferred(request) if "lang" in request.query_params else None


def sheet_response(content: Content, revision: int) -> Response:
    """The workbook, with the revision of the answers as entity tag."""
    headers = {
        "ETag": tag_of(revision),
        "Cache-Control": "no-store",
        "Content-Language": content.language,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(content.words['file'])}.xlsx",
    }
    return Response(workbook_of(content), media_type=XLSX, headers=headers)


@router.get(
    "/{participant}/answers-sheet",
    operation_id="get_answers_sheet",
    response_class=Response,
    responses=SHEET | READING,
    openapi_extra=IN_LANGUAGE,
)
def get_answers_sheet(
    request: Request, caller: Reader, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """A workbook to fill in offline, with the answers so far. Not of an anonymous assessment."""
    with reading(request, caller) as work:
        own = for_consultancy(work, assessment, participant)
        content = answer_sheet.content(work, own, wanted_language(request))
    return sheet_response(content, own.participant.revision)


@router.post(
    "/{participant}/answers-sheet",
    operation_id="upload_answers_sheet",
    response_model=AnswersDocument,
    responses=REPLACING,
    openapi_extra=UPLOADED,
)
def upload_answers_sheet(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    filled: Filled,
    if_match: IfMatch = None,
) -> Response:
    """Put what stands in the workbook in place of all answers. Faults are told by sheet and cell."""
    with writing(request, caller) as work:
        own = for_consultancy(work, assessment, participant, to_change=True)
        answer_sheet.replace(work, own, filled, if_match)
        return answers_response(own)
