"""What is done with companies."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from app.companies import store
from app.companies.models import Company
from app.companies.schemas import CompanyChange, CompanyInput
from app.core.errors import MissingError, WrongStateError
from app.core.ids import new_id
from app.core.listings import Asked, folded
from app.core.resources import Work
from app.core.revisions import check_revision
from scoring import Fault
from scoring.errors import Place


def create(work: Work, given: CompanyInput, place: Place = ()) -> Company:
    """A new company; raises `WrongStateError` where another has its reference."""
    company = Company(
        workspace_id=work.workspace,
        id=new_id("cmp"),
        name_folded=folded(given.name),
        created_at=work.moment,
        changed_at=work.moment,
        **given.model_dump(),
    )
    with _only(work, given.reference, place):
        work.session.add(company)
        work.session.flush()
    return company


@contextmanager
def _only(work: Work, reference: str | None, place: Place) -> Iterator[None]:
    """Write a company that has a reference now; raises `WrongStateError` where another has it."""
    if reference is None:
        yield
        return
    try:
        with work.session.begin_nested():
            yield
    except IntegrityError:
        other = store.find_by_reference(work.session, work.workspace, reference)
        if other is None:
            raise
        faults = [Fault((*place, "reference"), "repeated_reference", f"company {other} has it")]
        detail = f"A reference stands for one company of a workspace; {other} has it."
        raise WrongStateError("repeated_reference", detail, faults) from None


def get(work: Work, company_id: str, place: Place = ()) -> Company:
    """A company; raises `MissingError`, naming the `place` in the request where it is not the path."""
    company = store.get_company(work.session, work.workspace, company_id)
    if company is None:
        raise MissingError("company", place)
    return company


def list_after(work: Work, asked: Asked, after: str, most: int) -> Sequence[Company]:
    """A page of companies, as rows that read like them."""
    return store.COMPANIES.rows(work.session, {"workspace": work.workspace}, asked, after, most)


def key_of(asked: Asked, company: Company) -> str:
    """What a page that ends with this company goes on behind."""
    return store.COMPANIES.key(asked, company)


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
    changes = given.model_dump(exclude_unset=True)
    reference = changes.get("reference")
    with _only(work, None if reference == company.reference else reference, ()):
        company.sqlmodel_update(changes)
        company.name_folded = folded(company.name)
        company.revision += 1
        company.changed_at = work.moment
        work.session.add(company)
        work.session.flush()
    return company


def erase(work: Work, company_id: str) -> None:
    """Erase a company with its assessments, participants, answers and results."""
    if not store.delete_company(work.session, work.workspace, company_id):
        raise MissingError("company")
