"""Assessments and what belongs to them, in the database.

Who writes locks from above to below: the assessment (shared where only its answers change), then the
participant. On SQLite the writer is alone anyway.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Label, bindparam, case, func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, delete, select

from app.assessments.models import Assessment, Participant, Result
from app.core.columns import UtcTime
from app.core.listings import Listing, is_like
from app.workspaces.models import Workspace


def get_assessment(session: Session, workspace: str, assessment: str) -> Assessment | None:
    """An assessment by its id."""
    return session.get(Assessment, (workspace, assessment))


_ASSESSMENT = select(Assessment).where(
    col(Assessment.workspace_id) == bindparam("workspace"), col(Assessment.id) == bindparam("assessment")
)
_LOCKED, _SHARED = _ASSESSMENT.with_for_update(key_share=True), _ASSESSMENT.with_for_update(read=True)


def lock_assessment(
    session: Session, workspace: str, assessment: str, *, is_shared: bool = False
) -> Assessment | None:
    """The same, with nobody else changing it."""
    own = _SHARED if is_shared else _LOCKED
    return session.exec(own, params={"workspace": workspace, "assessment": assessment}).one_or_none()


_HAS_SUBMITTED = col(Participant.submitted_at).is_not(None)
_IS_ANSWERING = (col(Participant.revision) > 0) & col(Participant.submitted_at).is_(None)


def _count(name: str, *conditions: ColumnElement[bool]) -> Label[int]:
    """How many participants of an assessment there are, as a column of it."""
    own = (
        col(Participant.workspace_id) == col(Assessment.workspace_id),
        col(Participant.assessment_id) == col(Assessment.id),
    )
    count = select(func.count()).select_from(Participant).where(*own, *conditions)
    return count.correlate(Assessment).scalar_subquery().label(name)


# How many are invited, have submitted, and have answered something and not submitted.
_COUNTS = _count("invited"), _count("submitted", _HAS_SUBMITTED), _count("answering", _IS_ANSWERING)

ASSESSMENTS = Listing(
    shown=[*Assessment.__table__.columns, *_COUNTS],  # type: ignore[attr-defined] # it is a table
    whose=[col(Assessment.workspace_id) == bindparam("workspace")],
    id=col(Assessment.id),  # type: ignore[arg-type] # an attribute
    filters={
        "company": col(Assessment.company_id) == bindparam("company"),
        "status": col(Assessment.status) == bindparam("status"),
        "q": is_like(col(Assessment.name_folded), "q"),  # type: ignore[arg-type] # the same
        "changed_since": col(Assessment.changed_at) >= bindparam("changed_since", type_=UtcTime()),
    },
    orders={"created": None, "changed": col(Assessment.changed_at), "name": col(Assessment.name_folded)},  # type: ignore[dict-item] # the same
)

_COUNTED = select(*_COUNTS).where(
    col(Assessment.workspace_id) == bindparam("workspace"), col(Assessment.id) == bindparam("assessment")
)


class Counts(NamedTuple):
    """How many participants are invited, have submitted, and have answered something and not submitted."""

    invited: int
    submitted: int
    answering: int


def count_participants(session: Session, workspace: str, assessment: str) -> Counts:
    """Those of an assessment."""
    values = {"workspace": workspace, "assessment": assessment}
    return Counts(*session.connection().execute(_COUNTED, values).one())


def delete_assessment(session: Session, workspace: str, assessment: str) -> bool:
    """Erase an assessment with all that belongs to it; whether there was one."""
    own = col(Assessment.workspace_id) == workspace, col(Assessment.id) == assessment
    return session.exec(delete(Assessment).where(*own)).rowcount > 0


_EVERYBODY = (
    select(Participant)
    .where(
        col(Participant.workspace_id) == bindparam("workspace"),
        col(Participant.assessment_id) == bindparam("assessment"),
    )
    .order_by(col(Participant.id))
)


def all_participants(session: Session, workspace: str, assessment: str) -> Sequence[Participant]:
    """All participants of an assessment in the order in which they were added."""
    return session.exec(_EVERYBODY, params={"workspace": workspace, "assessment": assessment}).all()


_STATUS = case((_HAS_SUBMITTED, "submitted"), (_IS_ANSWERING, "answering"), else_="not_started")


def _participants(*without: str) -> Listing:
    # At most 500 in an assessment: ordered by what no index orders.
    columns = Participant.__table__.columns  # type: ignore[attr-defined] # it is a table
    return Listing(
        shown=[column for column in columns if column.key not in without],
        whose=[
            col(Participant.workspace_id) == bindparam("workspace"),
            col(Participant.assessment_id) == bindparam("assessment"),
        ],
        id=col(Participant.id),  # type: ignore[arg-type] # an attribute
        filters={
            "status": bindparam("status") == _STATUS,
            "role": col(Participant.role) == bindparam("role"),
            "q": is_like(col(Participant.name_folded), "q"),  # type: ignore[arg-type] # the same
            "changed_since": col(Participant.changed_at) >= bindparam("changed_since", type_=UtcTime()),
        },
        orders={
            "created": None,
            "changed": col(Participant.changed_at),  # type: ignore[dict-item] # the same
            "name": col(Participant.name_folded),  # type: ignore[dict-item] # the same
        },
    )


PARTICIPANTS = _participants("changed")
SEALED_PARTICIPANTS = _participants("changed", "answers")


# A row whose answers cannot be read: asking for them raises.
_SEALED = (
    defer(Participant.answers, raiseload=True),  # type: ignore[arg-type] # they are columns
    defer(Participant.changed, raiseload=True),  # type: ignore[arg-type]
)
_PARTICIPANT = select(Participant).where(
    col(Participant.workspace_id) == bindparam("workspace"),
    col(Participant.id) == bindparam("participant"),
    col(Participant.assessment_id) == bindparam("assessment"),
)
# By whether the row is to be locked, and whether its answers can be read.
_PARTICIPANTS = {
    (False, False): _PARTICIPANT.options(*_SEALED),
    (False, True): _PARTICIPANT,
    (True, False): _PARTICIPANT.options(*_SEALED).with_for_update(key_share=True),
    (True, True): _PARTICIPANT.with_for_update(key_share=True),
}


def get_participant(
    session: Session, workspace: str, assessment: str, participant: str, *, with_answers: bool = False
) -> Participant | None:
    """A participant of this assessment, with answers only where that is said."""
    values = {"workspace": workspace, "assessment": assessment, "participant": participant}
    return session.exec(_PARTICIPANTS[False, with_answers], params=values).one_or_none()


def find_participants(
    session: Session, workspace: str, assessment: str, participants: Sequence[str], *, with_answers: bool
) -> Sequence[Participant]:
    """Those of these participants that there are, with answers only where that is said."""
    own = _EVERYBODY.where(col(Participant.id).in_(participants)).options(*(() if with_answers else _SEALED))
    return session.exec(own, params={"workspace": workspace, "assessment": assessment}).all()


def lock_participant(
    session: Session, workspace: str, assessment: str, participant: str, *, with_answers: bool = False
) -> Participant | None:
    """The same, with nobody else changing it."""
    values = {"workspace": workspace, "assessment": assessment, "participant": participant}
    return session.exec(_PARTICIPANTS[True, with_answers], params=values).one_or_none()


def find_participant(session: Session, workspace: str, participant: str) -> Participant | None:
    """A participant of whichever assessment, without answers."""
    own = col(Participant.workspace_id) == workspace, col(Participant.id) == participant
    return session.exec(select(Participant).where(*own).options(*_SEALED)).one_or_none()


class InvitedParticipant(NamedTuple):
    """A participant as far as a token tells who it is; `is_claimed`: the invitation has been exchanged."""

    workspace: str
    assessment: str
    participant: str
    expires_at: datetime | None
    is_demo: bool
    is_anonymous: bool
    is_claimed: bool
    origins: list[str]


_WITH_TOKEN = (
    select(  # type: ignore[call-overload] # it knows no more than four columns
        Participant.workspace_id,
        Participant.assessment_id,
        Participant.id,
        Participant.invitation_expires_at,
        Workspace.is_demo,
        Assessment.anonymous,
        col(Participant.own_token_digest).is_not(None),
        Workspace.allowed_origins,
    )
    .join(Workspace, col(Workspace.id) == col(Participant.workspace_id))
    .join(
        Assessment,
        (col(Assessment.workspace_id) == col(Participant.workspace_id))
        & (col(Assessment.id) == col(Participant.assessment_id)),
    )
)
_INVITED = _WITH_TOKEN.where(col(Participant.invitation_digest) == bindparam("digest"))
_OWNER = _WITH_TOKEN.where(col(Participant.own_token_digest) == bindparam("digest"))


def find_invited(connection: Connection, digest: str) -> InvitedParticipant | None:
    """The participant whose invitation a token is."""
    row = connection.execute(_INVITED, {"digest": digest}).first()
    return None if row is None else InvitedParticipant(*row)


def find_owner(connection: Connection, digest: str) -> InvitedParticipant | None:
    """The participant whose own token it is, for which the invitation was exchanged."""
    row = connection.execute(_OWNER, {"digest": digest}).first()
    return None if row is None else InvitedParticipant(*row)


_STATES = (
    select(  # type: ignore[call-overload] # the same
        Participant.id,
        Participant.role,
        Participant.functions,
        Participant.revision,
        Participant.submitted_at,
    )
    .where(
        col(Participant.workspace_id) == bindparam("workspace"),
        col(Participant.assessment_id) == bindparam("assessment"),
    )
    .order_by(col(Participant.id))
)


def state_of(participant: Participant) -> tuple[Any, ...]:
    """Id, role, functions, revision of the answers, when handed in: all that a profile changes with."""
    return (
        participant.id,
        participant.role,
        participant.functions,
        participant.revision,
        participant.submitted_at,
    )


def states_of_participants(session: Session, workspace: str, assessment: str) -> list[tuple[Any, ...]]:
    """`state_of` each participant in order, as it stands now."""
    values = {"workspace": workspace, "assessment": assessment}
    return [tuple(row) for row in session.exec(_STATES, params=values)]


def last_number(session: Session, workspace: str, assessment: str) -> int:
    """The number of an assessment's latest result, 0 where there is none."""
    own = col(Result.workspace_id) == workspace, col(Result.assessment_id) == assessment
    return session.exec(select(func.coalesce(func.max(Result.number), 0)).where(*own)).one()


# Without what was scored and the profiles.
RESULTS = Listing(
    shown=[
        column
        for column in Result.__table__.columns  # type: ignore[attr-defined] # it is a table
        if column.key not in {"request", "profiles"}
    ],
    whose=[
        col(Result.workspace_id) == bindparam("workspace"),
        col(Result.assessment_id) == bindparam("assessment"),
    ],
    id=col(Result.number),  # type: ignore[arg-type] # an attribute
    filters={},
    orders={"created": None},
)


def get_result(session: Session, assessment: Assessment, number: int, *, with_request: bool) -> Result | None:
    """A result by its number; what was scored, which is everybody's answers, only where that is said."""
    sealed = [] if with_request else [defer(Result.request, raiseload=True)]  # type: ignore[arg-type] # the same
    own = assessment.workspace_id, assessment.id, number
    return session.get(Result, own, options=sealed)
