"""What is done with companies."""

from datetime import datetime

from sqlmodel import Session

from app.companies import store
from app.companies.models import Company
from app.companies.schemas import CompanyChange, CompanyInput
from app.core.errors import MissingError
from app.core.ids import new_id
from app.core.web.entity_tags import check_revision
from app.core.web.once import forget
from scoring.errors import Place


def create(session: Session, moment: datetime, workspace: str, given: CompanyInput) -> Company:
    """A new company."""
    company = Company(workspace_id=workspace, id=new_id("cmp"), created_at=moment, **given.model_dump())
    session.add(company)
    session.flush()
    return company


def get(session: Session, workspace: str, company: str, place: Place = ()) -> Company:
    """A company; raises `MissingError`, naming the `place` in the request where it is not the path."""
    found = store.get_company(session, workspace, company)
    if found is None:
        raise MissingError("company", place)
    return found


def hold(session: Session, workspace: str, company: str, place: Place) -> Company:
    """The same, with nobody erasing it until the transaction ends."""
    found = store.hold_company(session, workspace, company)
    if found is None:
        raise MissingError("company", place)
    return found


def change(
    session: Session, workspace: str, company: str, given: CompanyChange, if_match: str | None
) -> Company:
    """Change what is named."""
    found = store.lock_company(session, workspace, company)
    if found is None:
        raise MissingError("company")
    check_revision(if_match, found.revision)
    found.sqlmodel_update(given.model_dump(exclude_unset=True))
    found.revision += 1
    session.add(found)
    session.flush()
    return found


def erase(session: Session, workspace: str, company: str) -> None:
    """Erase a company with its assessments, participants, answers and results."""
    if not store.delete_company(session, workspace, company):
        raise MissingError("company")
    forget(session, workspace, company)
