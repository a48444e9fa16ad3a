"""What is done with companies."""

from collections.abc import Sequence

from app.companies import store
from app.companies.models import Company
from app.companies.schemas import CompanyChange, CompanyInput
from app.core.errors import MissingError
from app.core.ids import new_id
from app.core.resources import Work
from app.core.revisions import check_revision
from scoring.errors import Place


def create(work: Work, given: CompanyInput) -> Company:
    """A new company."""
    company = Company(
        workspace_id=work.workspace, id=new_id("cmp"), created_at=work.moment, **given.model_dump()
    )
    work.session.add(company)
    work.session.flush()
    return company


def get(work: Work, company_id: str, place: Place = ()) -> Company:
    """A company; raises `MissingError`, naming the `place` in the request where it is not the path."""
    company = store.get_company(work.session, work.workspace, company_id)
    if company is None:
        raise MissingError("company", place)
    return company


def list_after(work: Work, after: str, most: int) -> Sequence[Company]:
    """Companies in the order in which they were made."""
    return store.list_companies(work.session, work.workspace, after, most)


def hold(work: Work, company_id: str, place: Place) -> Company:
    """A company that nobody erases until the transaction ends."""
    company = store.hold_company(work.session, work.workspace, company_id)
    if company is None:
        raise MissingError("company", place)
    return company


def change(work: Work, company_id: str, given: CompanyChange, if_match: str | None) -> Company:
    """Change what is named."""
    company = store.lock_company(work.session, work.workspace, company_id)
    if company is None:
        raise MissingError("company")
    check_revision(if_match, company.revision)
    company.sqlmodel_update(given.model_dump(exclude_unset=True))
    company.revision += 1
    work.session.add(company)
    work.session.flush()
    return company


def erase(work: Work, company_id: str) -> None:
    """Erase a company with its assessments, participants, answers and results."""
    if not store.delete_company(work.session, work.workspace, company_id):
        raise MissingError("company")
