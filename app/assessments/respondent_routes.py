"""`/v1/respondent`: all that a respondent needs, opened by the token of an invitation and nothing else."""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from app.assessments import answers, lifecycle, participants, results, store
from app.assessments.asked import edition_of
from app.assessments.auth import Invited
from app.assessments.participant_routes import about, answers_response
from app.assessments.presentation import present_respondent
from app.assessments.result_schemas import RespondentDocument, RespondentSubmissionDocument
from app.assessments.routes import READING, WRITING
from app.assessments.schemas import AnswersChange, AnswersDocument, SubmissionInput
from app.assessments.work import Work, writing
from app.catalog.presentation import present_questionnaire
from app.catalog.schemas import QuestionnaireDocument
from app.core.errors import ForbiddenError, WrongStateError
from app.core.web.entity_tags import IfMatch, tag_of
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import Answer, IdempotencyKey, once
from app.core.web.problems import problems
from app.core.web.responses import NOT_MODIFIED, IfNoneMatch, json_in, json_of, unless_current
from app.core.web.strict_json import StrictRoute
from app.scores.schemas import ProfileDocument
from app.workspaces import store as workspaces
from scoring.presentation.document import present

router = APIRouter(prefix="/v1/respondent", tags=["Respondent"], route_class=StrictRoute)


@router.get("", operation_id="get_respondent", response_model=RespondentDocument, responses=READING)
def get_respondent(request: Request, invited: Invited) -> Response:
    """What the respondent is asked by whom, and the answers so far, with their revision as entity tag."""
    catalog = request.app.state.catalog
    with request.app.state.database.reading() as session:
        assessment = lifecycle.get(session, invited.workspace, invited.assessment)
        participant = participants.get(session, *invited)
        workspace = workspaces.get_workspace(session, invited.workspace)
        company = store.get_company(session, invited.workspace, assessment.company_id)
    names = {"company": company.name, "workspace": workspace.name}
    sees_profile = workspace.respondents_see_profile
    content = present_respondent(catalog, assessment, participant, names, sees_profile=sees_profile)
    return json_of(content, {"ETag": tag_of(participant.revision)})


@router.get(
    "/questionnaire",
    operation_id="get_respondent_questionnaire",
    response_model=QuestionnaireDocument,
    responses=READING | NOT_MODIFIED,
    openapi_extra={"parameters": PARAMETERS},
)
def get_respondent_questionnaire(
    request: Request, invited: Invited, if_none_match: IfNoneMatch = None
) -> Response:
    """The questionnaire that is answered, with its words in one language."""
    with request.app.state.database.reading() as session:
        assessment = lifecycle.get(session, invited.workspace, invited.assessment)
    edition = edition_of(request.app.state.catalog, assessment)
    content = present_questionnaire(edition, preferred(request))
    return unless_current(json_in(content["language"], content), if_none_match)


@router.patch(
    "/answers",
    operation_id="change_respondent_answers",
    response_model=AnswersDocument,
    responses=WRITING | problems(412, 428),
)
def change_respondent_answers(
    request: Request, invited: Invited, body: AnswersChange, if_match: IfMatch = None
) -> Response:
    """Change single answers: what is not named stays, `null` takes one back."""
    with writing(request, invited.caller) as work:
        assessment, participant = participants.lock_both(work, invited.assessment, invited.participant)
        answers.merge(work, assessment, participant, body, if_match)
        return answers_response(work.catalog, assessment, participant)


@router.post(
    "/submission",
    operation_id="submit_respondent_answers",
    status_code=201,
    response_model=RespondentSubmissionDocument,
    responses=WRITING,
)
def submit_respondent_answers(
    request: Request,
    invited: Invited,
    body: SubmissionInput,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Hand in the answers. Open questions are refused, all named, unless `incomplete` is true."""

    def do(session: Session, moment: datetime) -> Answer:
        work = Work.of(request, invited.caller, session, moment)
        assessment, participant = participants.lock_both(work, invited.assessment, invited.participant)
        answers.submit(work, assessment, participant, incomplete=body.incomplete)
        workspace = workspaces.get_workspace(session, invited.workspace)
        shown = workspace.respondents_see_profile and results.may_show(assessment)
        content = {"submitted_at": moment, "revision": participant.revision, "profile_shown": shown}
        return Answer(content, about(assessment, participant))

    return once(request, invited.caller, body.model_dump(mode="json"), do)


@router.delete(
    "/submission",
    operation_id="reopen_respondent_answers",
    response_model=AnswersDocument,
    responses=READING,
)
def reopen_respondent_answers(request: Request, invited: Invited) -> Response:
    """Open one's own handed-in answers again, while the assessment is open; it is recorded."""
    with writing(request, invited.caller) as work:
        assessment, participant = participants.lock_both(work, invited.assessment, invited.participant)
        answers.reopen(work, assessment, participant)
        return answers_response(work.catalog, assessment, participant)


@router.get(
    "/profile",
    operation_id="get_respondent_profile",
    response_model=ProfileDocument,
    responses=READING | NOT_MODIFIED,
    openapi_extra={"parameters": PARAMETERS},
)
def get_respondent_profile(request: Request, invited: Invited, if_none_match: IfNoneMatch = None) -> Response:
    """The company's profile, for a respondent who has handed in, where the workspace shows it."""
    language = preferred(request)
    with request.app.state.database.reading() as session:
        if not workspaces.get_workspace(session, invited.workspace).respondents_see_profile:
            raise ForbiddenError("profile_not_shown", "Who asks does not show the profile to respondents.")
        assessment = lifecycle.get(session, invited.workspace, invited.assessment)
        if participants.get(session, *invited).submitted_at is None:
            raise WrongStateError("not_submitted", "The profile is shown after handing in.")
        edition, profile = results.live_profile(session, request.app.state.catalog, assessment)
    words = edition.words(language)
    return unless_current(json_in(words.language, present(profile, words)), if_none_match)
