"""`POST /v1/assessments`: a draft, or all in one call."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from app.assessments.intake.service import foresee, take_in
from app.assessments.life import service as life
from app.assessments.life.routes import WRITING, present
from app.assessments.models import Assessment
from app.assessments.results.service import profile_if_shown
from app.assessments.schemas import AssessmentInput, NewAssessmentDocument
from app.core.limits import cost_of_scoring
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Made, Outcome
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
        return shown(work, assessment, [participant.id for participant in participants], profile)

    def again(work: Work, made: Made) -> Outcome:
        name, *participants = made
        assessment = life.get(work, name)
        profile = profile_if_shown(work, assessment, language) if body.submit else None
        return shown(work, assessment, participants, profile)

    return once_prepared(request, caller, body, Steps(prepare, None, do, again))


def shown(
    work: Work, assessment: Assessment, participants: list[str], profile: Mapping[str, object] | None
) -> Outcome:
    """An assessment that has been made with these participants."""
    content = present(work, assessment) | {"responses": participants, "profile": profile}
    headers = {"Location": f"/v1/assessments/{assessment.id}", "ETag": tag_of(assessment.revision)}
    return Outcome(content, (assessment.id, *participants), headers=headers)
