"""`/v1/companies`: the consultancy's clients."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from sqlmodel import Session

from app.companies import service, store
from app.companies.models import Company
from app.companies.schemas import CompanyChange, CompanyDocument, CompanyInput
from app.core.ids import PATTERN
from app.core.web import paging
from app.core.web.entity_tags import IfMatch, tag_of
from app.core.web.once import Answer, IdempotencyKey, once
from app.core.web.problems import problems
from app.core.web.responses import json_of
from app.core.web.strict_json import StrictRoute
from app.workspaces.auth import Reader, Writer

router = APIRouter(prefix="/v1/companies", tags=["Companies"], route_class=StrictRoute)

READING = problems(401, 403, 404, 422, 429, 503)
WRITING = READING | problems(400, 413, 415)

CompanyId = Annotated[str, Path(pattern=PATTERN, description="Id of the company, `cmp_…`.")]


@router.post(
    "",
    operation_id="create_company",
    status_code=201,
    response_model=CompanyDocument,
    responses=WRITING,
)
def create_company(
    request: Request,
    caller: Writer,
    body: CompanyInput,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Add a client company."""

    def do(session: Session, moment: datetime) -> Answer:
        company = service.create(session, moment, caller.workspace, body)
        return Answer(present(company), (company.id,), headers=_headers(company))

    return once(request, caller, body.model_dump(mode="json"), do)


@router.get("", operation_id="list_companies", response_model=paging.Page[CompanyDocument], responses=READING)
def list_companies(
    request: Request, caller: Reader, limit: paging.Limit = 50, cursor: paging.Cursor = None
) -> Response:
    """The workspace's companies in the order in which they were added.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before.
    """
    listing = f"{caller.workspace}/companies"
    with request.app.state.database.reading() as session:
        found = store.list_companies(session, caller.workspace, paging.decode(listing, cursor), limit + 1)
        return json_of(paging.page(listing, found, limit, present, lambda company: company.id))


@router.get("/{company}", operation_id="get_company", response_model=CompanyDocument, responses=READING)
def get_company(request: Request, caller: Reader, company: CompanyId) -> Response:
    """A company."""
    with request.app.state.database.reading() as session:
        return _response(service.get(session, caller.workspace, company))


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
    with request.app.state.database.writing() as session:
        found = service.change(session, caller.workspace, company, body, if_match)
    return _response(found)


@router.delete("/{company}", operation_id="erase_company", status_code=204, responses=READING)
def erase_company(request: Request, caller: Writer, company: CompanyId) -> Response:
    """Erase a company and all that is theirs: assessments, participants, answers, results."""
    with request.app.state.database.writing() as session:
        service.erase(session, caller.workspace, company)
    return Response(status_code=204)


def present(company: Company) -> dict[str, Any]:
    """A company as the API shows it."""
    return CompanyDocument.model_validate(company, from_attributes=True).model_dump(mode="json")


def _headers(company: Company) -> dict[str, str]:
    return {"Location": f"/v1/companies/{company.id}", "ETag": tag_of(company.revision)}


def _response(company: Company) -> Response:
    return json_of(present(company), {"ETag": tag_of(company.revision)})
