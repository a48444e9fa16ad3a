"""`/v1/workspace` and `/v1/keys`: the caller's own workspace, and who may call for it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from sqlmodel import Session

from app.core.clock import now
from app.core.ids import PATTERN
from app.core.web import paging
from app.core.web.once import Answer, IdempotencyKey, once
from app.core.web.problems import invalid, problems
from app.core.web.responses import json_of
from app.core.web.strict_json import StrictRoute
from app.workspaces import service, store
from app.workspaces.auth import Administrator, Reader
from app.workspaces.models import Key, Workspace
from app.workspaces.schemas import (
    KeyDocument,
    KeyInput,
    NewKeyDocument,
    WorkspaceChange,
    WorkspaceDocument,
)
from scoring import Fault

router = APIRouter(prefix="/v1", tags=["Workspace"], route_class=StrictRoute)

KeyId = Annotated[str, Path(pattern=PATTERN, description="Id of the key, `key_…`.")]

REFUSED = problems(401, 403, 422, 429, 503)


@router.get("/workspace", operation_id="get_workspace", response_model=WorkspaceDocument, responses=REFUSED)
def get_workspace(request: Request, caller: Reader) -> Response:
    """The workspace that the key belongs to."""
    with request.app.state.database.reading() as session:
        return json_of(present_workspace(store.get_workspace(session, caller.workspace)))


@router.patch(
    "/workspace",
    operation_id="change_workspace",
    response_model=WorkspaceDocument,
    responses=REFUSED | problems(400, 413, 415),
)
def change_workspace(request: Request, caller: Administrator, change: WorkspaceChange) -> Response:
    """Change the workspace: what is not named stays."""
    with request.app.state.database.writing() as session:
        workspace = store.lock_workspace(session, caller.workspace)
        workspace.sqlmodel_update(change.model_dump(exclude_unset=True))
        session.add(workspace)
        session.flush()
        return json_of(present_workspace(workspace))


@router.post(
    "/keys",
    operation_id="create_key",
    status_code=201,
    response_model=NewKeyDocument,
    responses=REFUSED | problems(400, 413, 415),
)
def create_key(
    request: Request,
    caller: Administrator,
    body: KeyInput,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Make a key. Its `secret` is shown this once and kept nowhere."""
    if body.expires_at is not None and body.expires_at <= now():
        raise invalid([Fault(("expires_at",), "in_the_past", "the key would open nothing")])

    def do(session: Session, moment: datetime) -> Answer:
        workspace = store.lock_workspace(session, caller.workspace)
        key, token = service.create_key(session, moment, workspace, body)
        return Answer(present_key(key) | {"secret": token}, (key.id,), secrets=("secret",))

    return once(request, caller, body.model_dump(mode="json"), do)


@router.get(
    "/keys",
    operation_id="list_keys",
    response_model=paging.Page[KeyDocument],
    responses=REFUSED | problems(404),
)
def list_keys(
    request: Request, caller: Administrator, limit: paging.Limit = 50, cursor: paging.Cursor = None
) -> Response:
    """The workspace's keys in the order in which they were made, revoked ones too.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before.
    """
    listing = f"{caller.workspace}/keys"
    with request.app.state.database.reading() as session:
        found = store.list_keys(session, caller.workspace, paging.decode(listing, cursor), limit + 1)
        return json_of(paging.page(listing, found, limit, present_key, lambda key: key.id))


@router.delete(
    "/keys/{key}",
    operation_id="revoke_key",
    status_code=204,
    responses=REFUSED | problems(404, 409),
)
def revoke_key(request: Request, caller: Administrator, key: KeyId) -> Response:
    """Revoke a key: from now on it opens nothing. The last key with the scope `admin` stays."""
    with request.app.state.database.writing() as session:
        service.revoke_key(session, now(), caller.workspace, key)
    return Response(status_code=204)


def present_workspace(workspace: Workspace) -> dict[str, Any]:
    """A workspace as the API shows it."""
    return WorkspaceDocument.model_validate(workspace, from_attributes=True).model_dump(mode="json")


def present_key(key: Key) -> dict[str, Any]:
    """A key as the API shows it."""
    return KeyDocument.model_validate(key, from_attributes=True).model_dump(mode="json")
