"""Companies in the database."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from app.companies.models import Company


def get_company(session: Session, workspace: str, company: str) -> Company | None:
    """A company by its id."""
    return session.get(Company, (workspace, company))


def lock_company(session: Session, workspace: str, company: str) -> Company | None:
    """The same, with nobody else changing it."""
    return session.get(Company, (workspace, company), with_for_update={"key_share": True})


def hold_company(session: Session, workspace: str, company: str) -> Company | None:
    """The same, with nobody erasing it."""
    return session.get(Company, (workspace, company), with_for_update={"read": True, "key_share": True})


def list_companies(session: Session, workspace: str, after: str, most: int) -> Sequence[Company]:
    """Companies in the order in which they were made."""
    own = select(Company).where(col(Company.workspace_id) == workspace, col(Company.id) > after)
    return session.exec(own.order_by(col(Company.id)).limit(most)).all()


def delete_company(session: Session, workspace: str, company: str) -> bool:
    """Erase a company and all that is theirs; whether there was one."""
    own = col(Company.workspace_id) == workspace, col(Company.id) == company
    return session.exec(delete(Company).where(*own)).rowcount > 0
