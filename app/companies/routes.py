"""`/v1/companies`: the consultancy's clients."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from app.companies import service
from app.companies.models import Company
from app.companies.schemas import CompanyChange, CompanyDocument, CompanyInput
from app.core.ids import PATTERN
from app.core.listings import Asked, containing
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Made, Outcome
from app.core.web import paging
from app.core.web.bodies import StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.once import ONCE, once
from app.core.web.problems import problems
from app.core.web.resources import reading, writing
from app.core.web.responses import json_of
from app.workspaces.auth import Reader, Writer

router = APIRouter(prefix="/v1/companies", tags=["Companies"], route_class=StrictRoute)

READING = problems(401, 403, 404, 422, 429, 503)
WRITING = READING | problems(400, 409, 413, 415)

Reference = Annotated[
    str | None,
    Query(min_length=1, max_length=200, pattern=paging.NO_NUL, description="The one with this reference."),
]
CompanyId = Annotated[str, Path(pattern=PATTERN, description="Id of the company, `cmp_…`.")]


@router.post(
    "",
    operation_id="create_company",
    status_code=201,
    response_model=CompanyDocument,
    responses=WRITING,
    openapi_extra=ONCE,
)
def create_company(
    request: Request,
    caller: Writer,
    body: CompanyInput,
) -> Response:
    """Add a client company."""

    def do(work: Work) -> Outcome:
        return _outcome(service.create(work, body))

    def again(work: Work, made: Made) -> Outcome:
        (company,) = made
        return _outcome(service.get(work, company))

    return once(request, caller, body, do, again)


@router.get("", operation_id="list_companies", response_model=paging.Page[CompanyDocument], responses=READING)
def list_companies(
    request: Request,
    caller: Reader,
    reference: Reference = None,
    q: paging.Words = None,
    changed_since: paging.Since = None,
    order: paging.Order = "created",
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """The workspace's companies in the order in which they were added, or in another one.

    Narrowed by all that is named. Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the
    page before, with the same order and the same parameters.
    """
    asked = Asked.by(order, reference=reference, q=q and containing(q), changed_since=changed_since)
    listing = f"{caller.workspace}/companies {asked}"
    with reading(request, caller) as work:
        companies = service.list_after(work, asked, paging.decode(listing, cursor), limit + 1)
    return json_of(paging.page(listing, companies, limit, present, partial(service.key_of, asked)))


@router.get("/{company}", operation_id="get_company", response_model=CompanyDocument, responses=READING)
def get_company(request: Request, caller: Reader, company: CompanyId) -> Response:
    """A company."""
    with reading(request, caller) as work:
        return _response(service.get(work, company))


@router.patch(
    "/{company}",
    operation_id="change_company",
    response_model=CompanyDocument,
    responses=WRITING | problems(412),
)
def change_company(
    request: Request, caller: Writer, company: CompanyId, body: CompanyChange, if_match: IfMatch = None
) -> Response:
    """Change a company: what is not named stays. With `If-Match`, only if nobody else has."""
    with writing(request, caller) as work:
        return _response(service.change(work, company, body, if_match))


@router.delete("/{company}", operation_id="erase_company", status_code=204, responses=READING)
def erase_company(request: Request, caller: Writer, company: CompanyId) -> Response:
    """Erase a company and all that is theirs: assessments, participants, answers, results."""
    with writing(request, caller) as work:
        service.erase(work, company)
    return Response(status_code=204)


def present(company: Company) -> dict[str, Any]:
    """A company as the API shows it."""
    return CompanyDocument.model_validate(company, from_attributes=True).model_dump(mode="json")


def _outcome(company: Company) -> Outcome:
    headers = {"Location": f"/v1/companies/{company.id}", "ETag": tag_of(company.revision)}
    return Outcome(present(company), (company.id,), headers=headers)


def _response(company: Company) -> Response:
    return json_of(present(company), {"ETag": tag_of(company.revision)})
