"""`/v1/assessments/{id}/participants/{pid}/answers` and `…/submission`: their answers, for who asks."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from app.assessments.life.routes import READING, WRITING, AssessmentId
from app.assessments.participants import answers
from app.assessments.participants.doors import OwnAnswers, for_consultancy
from app.assessments.participants.routes import ParticipantId, answers_response, present
from app.assessments.participants.submission import Submission
from app.assessments.results.service import Foreseen
from app.assessments.schemas import (
    AnswersChange,
    AnswersDocument,
    AnswersInput,
    ChangedAnswersDocument,
    ParticipantDocument,
    SubmissionDocument,
    SubmissionInput,
)
from app.core.limits import cost_of_scoring
from app.core.resources import Work
from app.core.saved_answers import Made, Outcome
from app.core.web.bodies import StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import IDEMPOTENCY_KEY, Steps, once_prepared
from app.core.web.problems import problems
from app.core.web.resources import reading, writing
from app.core.web.responses import json_of
from app.workspaces.auth import Reader, Writer

router = APIRouter(
    prefix="/v1/assessments/{assessment}/participants", tags=["Participants"], route_class=StrictRoute
)


@router.get(
    "/{participant}/answers",
    operation_id="get_answers",
    response_model=AnswersDocument,
    responses=READING,
)
def get_answers(
    request: Request, caller: Reader, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """A participant's answers, with their revision as entity tag. Not of an anonymous assessment."""
    with reading(request, caller) as work:
        return answers_response(for_consultancy(work, assessment, participant))


@router.put(
    "/{participant}/answers",
    operation_id="replace_answers",
    response_model=AnswersDocument,
    responses=WRITING | problems(412, 428),
)
def replace_answers(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: AnswersInput,
    if_match: IfMatch = None,
) -> Response:
    """Put these answers in place of all there are. Not of an anonymous assessment."""
    with writing(request, caller) as work:
        own = for_consultancy(work, assessment, participant, to_change=True)
        answers.replace(work, own, body, if_match)
        return answers_response(own)


@router.patch(
    "/{participant}/answers",
    operation_id="change_answers",
    response_model=ChangedAnswersDocument,
    responses=WRITING | problems(412, 428),
)
def change_answers(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: AnswersChange,
    if_match: IfMatch = None,
) -> Response:
    """Change single answers: what is not named stays, `null` takes one back.

    The answer has those that were changed, and the new revision. Not of an anonymous assessment.
    """
    with writing(request, caller) as work:
        own = for_consultancy(work, assessment, participant, to_change=True)
        changed = answers.merge(work, own, body, if_match)
        return answers_response(own, changed)


@router.post(
    "/{participant}/submission",
    operation_id="submit_answers",
    status_code=201,
    response_model=SubmissionDocument,
    responses=WRITING,
    openapi_extra={"parameters": [IDEMPOTENCY_KEY, *PARAMETERS]},
)
def submit_answers(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: SubmissionInput,
) -> Response:
    """Hand in a participant's answers; the answer has the profile as it is now.

    Open questions are refused, all named, unless `incomplete` is true. Not in an anonymous assessment.
    """
    submission = Submission(assessment, participant, body.incomplete, preferred(request))

    def do(work: Work, foreseen: Foreseen) -> Outcome:
        return shown(work, submission.submit(work, foreseen), foreseen.profile)

    def again(work: Work, _: Made) -> Outcome:
        return shown(work, *submission.again(work))

    def shown(work: Work, own: OwnAnswers, profile: Mapping[str, object] | None) -> Outcome:
        return Outcome(
            {"participant": present(work, own.assessment, own.participant), "profile": profile}, ()
        )

    def cost(foreseen: Foreseen) -> int:
        return cost_of_scoring(foreseen.invited, is_traced=False)

    return once_prepared(request, caller, body, Steps(submission.prepare, submission.hold, do, again, cost))


@router.delete(
    "/{participant}/submission",
    operation_id="reopen_answers",
    response_model=ParticipantDocument,
    responses=READING,
)
def reopen_answers(
    request: Request, caller: Writer, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """Open handed-in answers again, which the participant's history shows. Not in an anonymous assessment."""
    with writing(request, caller) as work:
        own = for_consultancy(work, assessment, participant, to_change=True)
        answers.reopen(work, own)
        return json_of(present(work, own.assessment, own.participant))
