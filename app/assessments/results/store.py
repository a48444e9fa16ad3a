"""Results beside one another, in the database: the one before, and the latest of every assessment."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, or_, tuple_
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from app.assessments.models import Assessment, Result
from app.companies.models import Company
from app.core.columns import UtcTime

_ITS_ASSESSMENT = [
    col(Assessment.workspace_id) == col(Result.workspace_id),
    col(Assessment.id) == col(Result.assessment_id),
]
_PLACE = [col(Result.created_at), col(Result.assessment_id), col(Result.number)]

# The newest first: results of a company by one questionnaire, with version and tier.
_OF_COMPANY = (
    select(  # type: ignore[call-overload] # it knows no more than four columns
        Result.assessment_id,
        Result.number,
        Result.name,
        Result.created_at,
        Result.summary,
        Assessment.version,
        Assessment.tier,
    )
    .where(
        col(Result.workspace_id) == bindparam("workspace"),
        *_ITS_ASSESSMENT,
        col(Assessment.company_id) == bindparam("company"),
        col(Assessment.questionnaire) == bindparam("questionnaire"),
    )
    .order_by(*(column.desc() for column in _PLACE))
    .limit(1)
)
_BEFORE = _OF_COMPANY.where(
    tuple_(*_PLACE)
    < tuple_(bindparam("created_at", type_=UtcTime()), bindparam("assessment"), bindparam("number"))
)


_UNTIL_CLOSED = _OF_COMPANY.where(
    or_(
        col(Result.assessment_id) == bindparam("assessment"),
        col(Result.created_at) <= bindparam("closed_at", type_=UtcTime()),
    )
)


def newest(session: Session, assessment: Assessment) -> Any | None:  # noqa: ANN401 -- a row
    """The newest result of an assessment's company by the same questionnaire.

    Of a closed assessment its own count, and of others those kept before it was closed: what came after
    its answers is nothing that they can be compared with as earlier.
    """
    if assessment.closed_at is None:
        return session.connection().execute(_OF_COMPANY, _own(assessment)).first()
    values = {"assessment": assessment.id, "closed_at": assessment.closed_at}
    return session.connection().execute(_UNTIL_CLOSED, _own(assessment) | values).first()


def before(session: Session, assessment: Assessment, result: Result) -> Any | None:  # noqa: ANN401 -- a row
    """The newest of those that were kept before a result of this assessment."""
    values = {
        "created_at": result.created_at,
        "assessment": result.assessment_id,
        "number": result.number,
    }
    return session.connection().execute(_BEFORE, _own(assessment) | values).first()


def _own(assessment: Assessment) -> dict[str, Any]:
    return {
        "workspace": assessment.workspace_id,
        "company": assessment.company_id,
        "questionnaire": assessment.questionnaire,
    }


_LAST_NUMBER = select(func.max(Result.number)).where(*_ITS_ASSESSMENT).correlate(Assessment).scalar_subquery()
_LATEST = (
    select(  # type: ignore[call-overload] # the same
        Company.name.label("company"),  # type: ignore[attr-defined] # an attribute
        Company.reference,
        Result.assessment_id,
        Assessment.name.label("assessment_name"),  # type: ignore[attr-defined] # the same
        Result.number,
        Result.name,
        Result.created_at,
        Assessment.questionnaire,
        Assessment.version,
        Assessment.tier,
        Assessment.anonymous,
        Result.participants,
        Result.summary,
    )
    .where(
        col(Result.workspace_id) == bindparam("workspace"),
        *_ITS_ASSESSMENT,
        col(Company.workspace_id) == col(Assessment.workspace_id),
        col(Company.id) == col(Assessment.company_id),
        col(Result.number) == _LAST_NUMBER,
    )
    .order_by(col(Result.assessment_id))
    .limit(bindparam("most"))
)
_NARROWED = {
    "company": col(Assessment.company_id) == bindparam("company"),
    "changed_since": col(Result.created_at) >= bindparam("changed_since", type_=UtcTime()),
}


def latest(session: Session, workspace: str, narrowed: Mapping[str, Any], most: int) -> Sequence[Any]:
    """So many rows at most: of each assessment the latest result, in the order of the assessments."""
    statement = _LATEST.where(*(_NARROWED[name] for name in narrowed))
    return session.connection().execute(statement, {"workspace": workspace, "most": most, **narrowed}).all()


def get_profiles(session: Session, workspace: str, assessment: str, number: int) -> Result:
    """A result that there is, without what was scored."""
    sealed = defer(Result.request, raiseload=True)  # type: ignore[arg-type] # it is a column
    return session.get_one(Result, (workspace, assessment, number), options=[sealed])
