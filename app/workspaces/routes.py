"""`/v1/workspace` and `/v1/keys`: the caller's own workspace, and who may call for it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from app.core.ids import PATTERN
from app.core.resources import Work
from app.core.saved_answers import Made, Outcome
from app.core.web import paging
from app.core.web.bodies import StrictRoute
from app.core.web.once import ONCE, once
from app.core.web.problems import problems
from app.core.web.resources import reading, resources_of, writing
from app.core.web.responses import json_of
from app.look.logos import picture_address
from app.workspaces import service
from app.workspaces.auth import Administrator, Reader
from app.workspaces.models import Key, Workspace
from app.workspaces.schemas import (
    KeyDocument,
    KeyInput,
    NewKeyDocument,
    WorkspaceChange,
    WorkspaceDocument,
)

router = APIRouter(prefix="/v1", tags=["Workspace"], route_class=StrictRoute)

KeyId = Annotated[str, Path(pattern=PATTERN, description="Id of the key, `key_…`.")]

REFUSED = problems(401, 403, 422, 429, 503)


@router.get("/workspace", operation_id="get_workspace", response_model=WorkspaceDocument, responses=REFUSED)
def get_workspace(request: Request, caller: Reader) -> Response:
    """The workspace that the key belongs to."""
    with reading(request, caller) as work:
        return json_of(present_workspace(service.get_workspace(work)))


@router.patch(
    "/workspace",
    operation_id="change_workspace",
    response_model=WorkspaceDocument,
    responses=REFUSED | problems(400, 413, 415),
)
def change_workspace(request: Request, caller: Administrator, change: WorkspaceChange) -> Response:
    """Change the workspace: what is not named stays.

    `null` takes `accent` and `logo` away. A logo is drawn anew as a PNG; pictures in an SVG are left out.
    """
    logo = service.drawn_logo(resources_of(request).processes, change)
    with writing(request, caller) as work:
        return json_of(present_workspace(service.change_workspace(work, change, logo)))


@router.post(
    "/keys",
    operation_id="create_key",
    status_code=201,
    response_model=NewKeyDocument,
    responses=REFUSED | problems(400, 413, 415),
    openapi_extra=ONCE,
)
def create_key(
    request: Request,
    caller: Administrator,
    body: KeyInput,
) -> Response:
    """Make a key. Its `secret` is shown this once and kept nowhere."""

    def do(work: Work) -> Outcome:
        return _outcome(*service.add_key(work, body))

    def again(work: Work, made: Made) -> Outcome:
        return _outcome(service.get_key(work, *made), None)

    return once(request, caller, body, do, again)


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
    with reading(request, caller) as work:
        keys = service.list_keys(work, paging.decode(listing, cursor), limit + 1)
        return json_of(paging.page(listing, keys, limit, present_key, lambda key: key.id))


@router.delete(
    "/keys/{key}",
    operation_id="revoke_key",
    status_code=204,
    responses=REFUSED | problems(404, 409),
)
def revoke_key(request: Request, caller: Administrator, key: KeyId) -> Response:
    """Revoke a key: from now on it opens nothing.

    The last one with the scope `admin` stays, and the last of those that never expires.
    """
    with writing(request, caller) as work:
        service.revoke_key(work.session, work.moment, work.workspace, key)
    return Response(status_code=204)


def _outcome(key: Key, secret: str | None) -> Outcome:
    return Outcome(present_key(key) | {"secret": secret}, (key.id,))


def present_workspace(workspace: Workspace) -> dict[str, Any]:
    """A workspace as the API shows it."""
    logo = None if workspace.logo is None else picture_address(workspace.logo)
    shown = workspace.model_dump() | {"logo": logo}
    return WorkspaceDocument.model_validate(shown).model_dump(mode="json")


def present_key(key: Key) -> dict[str, Any]:
    """A key as the API shows it."""
    return KeyDocument.model_validate(key, from_attributes=True).model_dump(mode="json")
