"""A portal's backend makes a session; its code opens it once; its token is renewed while the session lives.

Codes and tokens are kept as digests. A renewed token stays good until its own end, so that an answer that is
lost on the way locks nobody out. A session of a questionnaire is never one of an anonymous assessment: who
makes it could read and write the answers.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.assessments import session_store, store
from app.assessments.disclosure import refuse_answers_to_others, refuse_profile
from app.assessments.life.service import get as get_assessment
from app.assessments.models import EmbedSession
from app.assessments.participants.claims import Bearer
from app.assessments.sessions.schemas import EmbedSessionInput, ThemeInput
from app.core.errors import InvalidError, MissingError, UnauthenticatedError
from app.core.ids import new_id
from app.core.resources import Work
from app.look.themes import base_of, schemes, theme_faults
from app.workspaces.service import get_workspace
from app.workspaces.tokens import digest_of, new_token
from scoring import Fault

CODE_LASTS = timedelta(seconds=120)
TOKEN_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=8)


class Opened(NamedTuple):
    """A session with the token that was given out for it."""

    session: EmbedSession
    token: str


def create(work: Work, given: EmbedSessionInput) -> tuple[EmbedSession, str]:
    """A session, and the code that opens it once.

    Raises `InvalidError`, `MissingError`, `ForbiddenError` where it would open anonymous answers, and
    `WrongStateError` where there is no profile to show.
    """
    faults = [*_faults_of_subject(given), *_faults_of_theme(given.theme)]
    if given.parent_origin not in get_workspace(work).allowed_origins:
        detail = "the workspace does not name it in allowed_origins (PATCH /v1/workspace)"
        faults.append(Fault(("parent_origin",), "origin_not_allowed", detail))
    if faults:
        raise InvalidError(faults)
    assessment_id, language = _subject(work, given)
    code = new_token("code")
    session = EmbedSession(
        workspace_id=work.workspace,
        id=new_id("ses"),
        assessment_id=assessment_id,
        participant_id=given.participant,
        view=given.view,
        parent_origin=given.parent_origin,
        language=given.lang or language,
        theme=None if given.theme is None else _look(given.theme),
        code_digest=digest_of(code),
        code_expires_at=work.moment + CODE_LASTS,
        expires_at=work.moment + SESSION_LASTS,
        created_at=work.moment,
    )
    session_store.drop_ended_sessions(work.session, work.workspace, work.moment)
    work.session.add(session)
    work.session.flush()
    return session, code


def _faults_of_subject(given: EmbedSessionInput) -> list[Fault]:
    """A questionnaire is a participant's, a profile an assessment's."""
    wanted, other = (
        ("participant", "assessment") if given.view == "questionnaire" else ("assessment", "participant")
    )
    faults = []
    if getattr(given, wanted) is None:
        faults.append(Fault((wanted,), "missing", f"with this view it says whose {given.view} it is"))
    if getattr(given, other) is not None:
        faults.append(Fault((other,), "not_with_this_view", f"name the {wanted} alone"))
    return faults


def _faults_of_theme(theme: ThemeInput | None) -> list[Fault]:
    if theme is None:
        return []
    return [
        Fault(("theme", fault.token), "low_contrast", fault.said("the surface"))
        for fault in theme_faults(base_of(theme.model_dump(), theme.mode))
    ]


def _subject(work: Work, given: EmbedSessionInput) -> tuple[str, str]:
    """The assessment, and the language of who sees it."""
    if given.participant is None:
        assessment = get_assessment(work, given.assessment or "")
        refuse_profile(assessment)
        return assessment.id, assessment.language
    participant = store.find_participant(work.session, work.workspace, given.participant)
    if participant is None:
        raise MissingError("participant", ("participant",))
    assessment = get_assessment(work, participant.assessment_id)
    refuse_answers_to_others(assessment)
    return assessment.id, participant.language or assessment.language


def _look(theme: ThemeInput) -> dict[str, Any]:
    base = base_of(theme.model_dump(), theme.mode)
    return {
        "font": theme.font,
        "radius": theme.radius,
        "mode": theme.mode,
        "colours": schemes(base, theme.mode),
    }


def get(work: Work, session_id: str) -> EmbedSession:
    """A session of the workspace; raises `MissingError`."""
    session = session_store.get_session(work.session, work.workspace, session_id)
    if session is None:
        raise MissingError("session")
    return session


def revoke(work: Work, session_id: str) -> None:
    """From now on neither code nor token opens anything; raises `MissingError`."""
    work.session.delete(get(work, session_id))


def find_exchangeable(connection: Connection, moment: datetime, token: str, *, demo: bool) -> EmbedSession:
    """A row that reads like the session that a code, or a token of it, opens.

    Raises `UnauthenticatedError`.
    """
    found = session_store.find_session(connection, digest_of(token))
    if found is None or (found.is_demo and not demo):
        raise _opens_nothing()
    if found.session.expires_at <= moment or found.ends_at <= moment:
        raise UnauthenticatedError("expired_token", "The session, its code or its token has expired.")
    return found.session


def exchange(work: Work, token: str) -> Opened:
    """A new token for a code, which opens nothing any more, or for a token that is still good."""
    session = session_store.lock_session(work.session, work.workspace, work.caller.id)
    digest = digest_of(token)
    if session is None or digest not in {session.code_digest, session.token_digest, session.previous_digest}:
        raise _opens_nothing()
    if digest == session.code_digest:
        session.code_digest = None
    elif digest == session.token_digest:
        session.previous_digest, session.previous_expires_at = digest, session.token_expires_at
    fresh = new_token("embed")
    session.token_digest = digest_of(fresh)
    session.token_expires_at = min(work.moment + TOKEN_LASTS, session.expires_at)
    work.session.add(session)
    work.session.flush()
    return Opened(session, fresh)


def authenticate(connection: Connection, moment: datetime, token: str, *, demo: bool) -> Bearer:
    """Whose token it is; of a session of a profile nobody's. Raises `UnauthenticatedError`."""
    own = find_exchangeable(connection, moment, token, demo=demo)
    is_watching = own.participant_id is None
    who = own.participant_id or own.id
    return Bearer(
        own.workspace_id,
        own.assessment_id,
        who,
        must_claim=False,
        is_claimed=False,
        origins=[],
        is_watching=is_watching,
    )


def _opens_nothing() -> UnauthenticatedError:
    detail = "This opens nothing: it was used, the session was revoked, or there never was one."
    return UnauthenticatedError("unknown_token", detail)
