"""Companies in the database."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, select

from app.companies.models import Company
from app.core.columns import UtcTime
from app.core.listings import Listing, is_like


def get_company(session: Session, workspace: str, company: str) -> Company | None:
    """A company by its id."""
    return session.get(Company, (workspace, company))


def lock_company(session: Session, workspace: str, company: str) -> Company | None:
    """The same, with nobody else changing it."""
    return session.get(Company, (workspace, company), with_for_update={"key_share": True})


def hold_company(session: Session, workspace: str, company: str) -> Company | None:
    """The same, with nobody erasing it."""
    return session.get(Company, (workspace, company), with_for_update={"read": True, "key_share": True})


COMPANIES = Listing(
    shown=list(Company.__table__.columns),  # type: ignore[attr-defined] # it is a table
    whose=[col(Company.workspace_id) == bindparam("workspace")],
    id=col(Company.id),  # type: ignore[arg-type] # an attribute
    filters={
        "reference": col(Company.reference) == bindparam("reference"),
        "q": is_like(col(Company.name_folded), "q"),  # type: ignore[arg-type] # the same
        "changed_since": col(Company.changed_at) >= bindparam("changed_since", type_=UtcTime()),
    },
    orders={"created": None, "changed": col(Company.changed_at), "name": col(Company.name_folded)},  # type: ignore[dict-item] # the same
)


def find_by_reference(session: Session, workspace: str, reference: str) -> str | None:
    """The id of the company with a reference."""
    own = col(Company.workspace_id) == workspace, col(Company.reference) == reference
    return session.exec(select(Company.id).where(*own)).one_or_none()


def delete_company(session: Session, workspace: str, company: str) -> bool:
    """Erase a company and all that is theirs; whether there was one."""
    own = col(Company.workspace_id) == workspace, col(Company.id) == company
    return session.exec(delete(Company).where(*own)).rowcount > 0
