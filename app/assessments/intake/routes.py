"""`POST /v1/assessments`: a draft, or all in one call."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from app.assessments.intake.service import foresee, take_in
from app.assessments.life.routes import WRITING, present
from app.assessments.schemas import AssessmentInput, NewAssessmentDocument
from app.core.limits import cost_of_scoring
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Outcome
from app.core.web.allowances import charge
from app.core.web.bodies import StrictRoute
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import IDEMPOTENCY_KEY, Steps, once_prepared
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
    charge(request, cost_of_scoring(len(body.responses), is_traced=False))

    def prepare(work: Work) -> Mapping[str, object] | None:
        return foresee(work, body, language)

    def do(work: Work, profile: Mapping[str, object] | None) -> Outcome:
        assessment, participants = take_in(work, body)
        content = present(work, assessment) | {
            "responses": [participant.id for participant in participants],
            "profile": profile,
        }
        about = (assessment.company_id, assessment.id, *content["responses"])
        headers = {"Location": f"/v1/assessments/{assessment.id}", "ETag": tag_of(assessment.revision)}
        return Outcome(content, about, headers=headers)

    return once_prepared(request, caller, body, Steps(prepare, None, do))
