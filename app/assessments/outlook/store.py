"""Results of a company, and the addresses of who took part, in the database."""

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.assessments.models import Assessment, Participant, Result
from app.assessments.store import RESULTS
from app.core.listings import Listing

_ABOUT = Assessment.questionnaire, Assessment.version, Assessment.tier, Assessment.scope

# The results of all assessments of a company, in short.
HISTORY = Listing(
    shown=[*RESULTS.shown, col(Assessment.name).label("assessment_name"), *_ABOUT],  # type: ignore[list-item] # attributes
    whose=[
        col(Result.workspace_id) == bindparam("workspace"),
        col(Assessment.company_id) == bindparam("company"),
        col(Assessment.workspace_id) == col(Result.workspace_id),
        col(Assessment.id) == col(Result.assessment_id),
    ],
    id=col(Result.number),  # type: ignore[arg-type] # the same
    filters={},
    orders={"created": col(Result.created_at)},  # type: ignore[dict-item] # the same
    within=[col(Result.assessment_id)],  # type: ignore[list-item] # the same
)


_ADDRESSES = select(Participant.assessment_id, Participant.id, Participant.email).where(
    col(Participant.workspace_id) == bindparam("workspace"),
    col(Participant.assessment_id).in_(bindparam("assessments", expanding=True)),
    col(Participant.email).is_not(None),
)


def addresses_of(session: Session, workspace: str, assessments: Sequence[str]) -> list[tuple[str, str, str]]:
    """Assessment, participant and e-mail address of everybody who has one."""
    values = {"workspace": workspace, "assessments": assessments}
    return [(name, who, address or "") for name, who, address in session.exec(_ADDRESSES, params=values)]


_WITH_REQUEST = select(Assessment, Result).where(
    col(Result.workspace_id) == bindparam("workspace"),
    col(Result.assessment_id) == bindparam("assessment"),
    col(Result.number) == bindparam("number"),
    col(Assessment.workspace_id) == col(Result.workspace_id),
    col(Assessment.id) == col(Result.assessment_id),
)


def read(session: Session, workspace: str, assessment: str, number: int) -> tuple[Assessment, Result]:
    """A result that there is, with what was scored, and its assessment."""
    values = {"workspace": workspace, "assessment": assessment, "number": number}
    return session.exec(_WITH_REQUEST, params=values).one()
