"""`POST /v1/assessments`: a draft, or all in one call."""

from fastapi import APIRouter, Request, Response

from app.assessments.intake.service import Intake, keep, plan
from app.assessments.life.routes import WRITING, present
from app.assessments.schemas import AssessmentInput, NewAssessmentDocument
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Outcome
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import IDEMPOTENCY_KEY, Steps, once_prepared
from app.core.web.strict_json import StrictRoute
from app.workspaces.auth import Writer

router = APIRouter(prefix="/v1/assessments", tags=["Assessments"], route_class=StrictRoute)


@router.post(
    "",
    operation_id="create_assessment",
    status_code=201,
    response_model=NewAssessmentDocument,
    responses=WRITING,
    openapi_extra={"parameters": [IDEMPOTENCY_KEY, *PARAMETERS]},
)
def create_assessment(
    request: Request,
    caller: Writer,
    body: AssessmentInput,
) -> Response:
    """Make an assessment of a company: a draft, or with `responses` and `submit` all in one call.

    Then the answer has the profile, in the language of `lang` or `Accept-Language`.
    """
    language = preferred(request)

    def do(work: Work, planned: Intake) -> Outcome:
        assessment, participants, profile = keep(work, body, planned)
        content = present(work, assessment) | {
            "responses": [participant.id for participant in participants],
            "profile": profile,
        }
        about = (assessment.company_id, assessment.id, *content["responses"])
        headers = {"Location": f"/v1/assessments/{assessment.id}", "ETag": tag_of(assessment.revision)}
        return Outcome(content, about, headers=headers)

    def prepare(work: Work) -> Intake:
        return plan(work, body, language)

    return once_prepared(request, caller, body, Steps(prepare, None, do))
