"""`/v1/respondent`: all that a respondent needs, opened by the token of an invitation and nothing else."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from app.assessments.life import service as life
from app.assessments.life.routes import READING, WRITING
from app.assessments.participants import answers
from app.assessments.participants.claims import claim
from app.assessments.participants.doors import for_respondent
from app.assessments.participants.routes import answers_response
from app.assessments.reports.report import live, profiled
from app.assessments.respondent import service
from app.assessments.respondent.auth import (
    Claiming,
    Invited,
    InvitedCaller,
    Invitee,
    SessionOpener,
    Viewer,
    known_origins,
)
from app.assessments.respondent.presentation import present_respondent, present_token, present_unclaimed
from app.assessments.respondent.schemas import (
    ClaimDocument,
    ClaimInput,
    RespondentDocument,
    RespondentSubmissionDocument,
    UnclaimedInvitationDocument,
)
from app.assessments.schemas import AnswersChange, AnswersDocument, ChangedAnswersDocument, SubmissionInput
from app.assessments.sessions import service as sessions
from app.assessments.sessions.schemas import EmbedTokenDocument
from app.catalog.presentation import present_questionnaire
from app.catalog.schemas import QuestionnaireDocument
from app.core.limits import cost_of_scoring
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Made, Outcome
from app.core.web.allowances import charge
from app.core.web.bodies import StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import ONCE, once
from app.core.web.origins import let_read, preflight_response
from app.core.web.problems import problems
from app.core.web.resources import reading, writing
from app.core.web.responses import NOT_MODIFIED, IfNoneMatch, json_in, json_of, unless_current
from app.reports.responses import (
    REPORT,
    TO_TRY,
    Started,
    levels_wanted,
    report_response,
    wanted_of,
    what_if_response,
)
from app.scores.schemas import ProfileDocument
from app.scores.what_if import try_levels
from app.workspaces.auth import count_address
from scoring.presentation.document import present

router = APIRouter(prefix="/v1/respondent", tags=["Respondent"], route_class=StrictRoute)


@router.get(
    "",
    operation_id="get_respondent",
    response_model=RespondentDocument | UnclaimedInvitationDocument,
    responses=READING,
)
def get_respondent(request: Request, invited: Invitee) -> Response:
    """What the respondent is asked by whom, and the answers so far, with their revision as entity tag.

    Where `must_claim` is true it says only who asks: the assessment is anonymous, and the invitation is to be
    exchanged first.
    """
    with reading(request, invited.caller) as work:
        if invited.must_claim:
            return json_of(present_unclaimed(service.get_unclaimed(work, invited.assessment)))
        invitation = service.get(work, invited.assessment)
    return json_of(present_respondent(invitation), {"ETag": tag_of(invitation.own.participant.revision)})


@router.post(
    "/claim",
    operation_id="claim_invitation",
    status_code=201,
    response_model=ClaimDocument,
    responses=WRITING,
)
def claim_invitation(request: Request, invited: Claiming, body: ClaimInput) -> Response:
    """Exchange the invitation to an anonymous assessment, once, for a token that only the respondent has.

    From then on the invitation opens nothing (`already_claimed`): if somebody else has opened it, the
    respondent finds out. The token takes the invitation's place in `Authorization`. An answer that got lost
    is asked for again with the same secret: nobody who does not know the secret gets the token.
    """
    with writing(request, invited.caller) as work:
        claimed = claim(work, invited.assessment, body.secret)
    response = json_of(claimed._asdict())
    response.status_code = 201
    return response


@router.post(
    "/token",
    operation_id="exchange_embed_code",
    status_code=201,
    response_model=EmbedTokenDocument,
    responses=READING,
)
def exchange_embed_code(request: Request, opener: SessionOpener) -> Response:
    """Exchange the code of an embed session, once, for a token of 15 minutes; later that token for a new one.

    A token can be exchanged while it is good and the session lives. Of a session of a profile it opens the
    profile and nothing else.
    """
    with writing(request, opener.caller) as work:
        session, token = sessions.exchange(work, opener.token)
        response = json_of(present_token(session, token))
    response.status_code = 201
    return response


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
    with reading(request, invited.caller) as work:
        edition = service.edition(work, invited.assessment)
    content = present_questionnaire(edition, preferred(request))
    return unless_current(json_in(content["language"], content), if_none_match)


@router.patch(
    "/answers",
    operation_id="change_respondent_answers",
    response_model=ChangedAnswersDocument,
    responses=WRITING | problems(412, 428),
)
def change_respondent_answers(
    request: Request, invited: Invited, body: AnswersChange, if_match: IfMatch = None
) -> Response:
    """Change single answers: what is not named stays, `null` takes one back.

    The answer has those that were changed, and the new revision.
    """
    with writing(request, invited.caller) as work:
        own = for_respondent(work, invited.assessment, to_change=True)
        changed = answers.merge(work, own, body, if_match)
        return answers_response(own, changed)


@router.post(
    "/submission",
    operation_id="submit_respondent_answers",
    status_code=201,
    response_model=RespondentSubmissionDocument,
    responses=WRITING,
    openapi_extra=ONCE,
)
def submit_respondent_answers(request: Request, invited: Invited, body: SubmissionInput) -> Response:
    """Hand in the answers. Open questions are refused, all named, unless `incomplete` is true."""

    def do(work: Work) -> Outcome:
        return shown(service.submit(work, invited.assessment, incomplete=body.incomplete))

    def again(work: Work, made: Made) -> Outcome:
        at, revision = made
        handed_in = datetime.fromisoformat(at), int(revision)
        return shown(service.HandedIn(*handed_in, service.shows_profile(work, invited.assessment)))

    def shown(handed_in: service.HandedIn) -> Outcome:
        made = handed_in.submitted_at.isoformat(), str(handed_in.revision)
        return Outcome(handed_in._asdict(), made)

    return once(request, invited.caller, body, do, again)


@router.delete(
    "/submission",
    operation_id="reopen_respondent_answers",
    response_model=AnswersDocument,
    responses=READING,
)
def reopen_respondent_answers(request: Request, invited: Invited) -> Response:
    """Open one's own handed-in answers again, while the assessment is open; it is recorded."""
    with writing(request, invited.caller) as work:
        own = for_respondent(work, invited.assessment, to_change=True)
        answers.reopen(work, own)
        return answers_response(own)


@router.get(
    "/profile",
    operation_id="get_respondent_profile",
    response_model=ProfileDocument,
    responses=READING | NOT_MODIFIED,
    openapi_extra={"parameters": PARAMETERS},
)
def get_respondent_profile(request: Request, invited: Viewer, if_none_match: IfNoneMatch = None) -> Response:
    """The company's profile, for a respondent who has handed in, where the workspace shows it."""
    language = preferred(request)
    with reading(request, invited.caller) as work:
        shown = service.profile(work, invited.assessment, is_watching=invited.is_watching)
    charge(request, cost_of_scoring(shown.invited, is_traced=False))
    words = shown.edition.words(language)
    return unless_current(json_in(words.language, present(shown.profile, words)), if_none_match)


@router.get(
    "/profile/report",
    operation_id="get_respondent_report",
    response_class=HTMLResponse,
    responses=REPORT | READING | NOT_MODIFIED,
    openapi_extra={"parameters": [*TO_TRY, *PARAMETERS]},
)
async def get_respondent_report(
    request: Request, invited: Viewer, if_none_match: IfNoneMatch = None
) -> Response:
    """The company's profile as a report, for whoever may see it: a page of HTML or a PDF.

    `part=what_if` is a section in which other levels can be tried, for a page that shows the profile: by the
    levels that it shows, and by nothing that anybody has answered beside.
    """
    language, levels = preferred(request), levels_wanted(request)
    if levels is not None:
        return await run_in_threadpool(_tried, request, invited, levels, language)
    wanted = wanted_of(request)

    def start() -> Started:
        with reading(request, invited.caller) as work:
            profile = service.profile(work, invited.assessment, is_watching=invited.is_watching)
            own = life.get(work, invited.assessment)
            told = profiled(work, own.company_id, live(work, own, profile, language))
        charge(request, cost_of_scoring(profile.invited, is_traced=False))
        return wanted.start(told)

    return await report_response(request, await run_in_threadpool(start), if_none_match)


def _tried(request: Request, invited: InvitedCaller, levels: dict[str, int], language: str) -> Response:
    with reading(request, invited.caller) as work:
        base = service.to_try(work, invited.assessment, is_watching=invited.is_watching)
    charge(request, cost_of_scoring(base.invited, is_traced=False))
    return what_if_response(try_levels(base.edition, base.side, base.profile(), levels, language))


def let_pages_ask(router: APIRouter) -> None:
    """Let browsers ask beforehand whether a page of another origin may ask (a preflight)."""
    methods: dict[str, set[str]] = {}
    for route in router.routes:
        if isinstance(route, APIRoute):
            methods.setdefault(route.path, set()).update(route.methods or ())
    for path, known in methods.items():
        router.add_api_route(
            path.removeprefix(router.prefix), _preflight(known), methods=["OPTIONS"], include_in_schema=False
        )


def _preflight(methods: set[str]) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        count_address(request)
        origins = known_origins(request)
        let_read(request, origins)
        return preflight_response(methods, is_allowed=bool(origins))

    return answer


let_pages_ask(router)
