"""What is done with workspaces and keys."""

from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlmodel import Session

from app.core.errors import (
    InvalidError,
    MissingError,
    UnauthenticatedError,
    UnavailableError,
    WrongStateError,
)
from app.core.ids import new_id
from app.core.processes import Processes
from app.core.resources import Work
from app.look.logos import LogoError, logo_png
from app.look.themes import accent_faults
from app.workspaces import store
from app.workspaces.models import Key, Scope, Workspace
from app.workspaces.schemas import KeyInput, WorkspaceChange
from app.workspaces.store import PresentedKey
from app.workspaces.tokens import digest_of, hint_of, kind_of, new_token
from scoring import Fault

# Each scope with what it includes.
INCLUDED: dict[Scope, tuple[Scope, ...]] = {
    "read": ("read",),
    "write": ("read", "write"),
    "admin": ("read", "write", "admin"),
}
USE_NOTED_EVERY = timedelta(minutes=1)


def create_workspace(
    session: Session, moment: datetime, name: str, language: str, *, is_test: bool = False
) -> Workspace:
    """A new workspace."""
    workspace = Workspace(id=new_id("wsp"), name=name, language=language, is_test=is_test, created_at=moment)
    session.add(workspace)
    session.flush()
    return workspace


def create_key(
    session: Session, moment: datetime, workspace: Workspace, given: KeyInput, token: str | None = None
) -> tuple[Key, str]:
    """A new key, and its token, which is not kept; a new one where none is given."""
    token = token or new_token("test" if workspace.is_test else "live")
    key = Key(
        workspace_id=workspace.id,
        id=new_id("key"),
        name=given.name,
        digest=digest_of(token),
        hint=hint_of(token),
        scopes=[scope for scope in INCLUDED if scope in given.scopes],
        created_at=moment,
        expires_at=given.expires_at,
    )
    session.add(key)
    session.flush()
    return key, token


def get_workspace(work: Work) -> Workspace:
    """The caller's workspace."""
    return store.get_workspace(work.session, work.workspace)


def is_known_origin(connection: Connection, origin: str) -> bool:
    """Whether some workspace lets pages of this origin embed what it shows."""
    return store.has_origin(connection, origin)


def origins_of(connection: Connection, workspace: str, *, demo: bool) -> list[str] | None:
    """Whose pages may embed what a workspace shows; `None` where there is no such workspace."""
    found = store.find_origins(connection, workspace)
    return None if found is None or (found.is_demo and not demo) else found.origins


def drawn_logo(processes: Processes, given: WorkspaceChange) -> bytes | None:
    """The logo that is handed in as a PNG of ours, drawn in a process of its own; raises `InvalidError`.

    It may take long, so it comes before the transaction.
    """
    if given.logo is None:
        return None
    try:
        return processes.run(logo_png, b64decode(given.logo))
    except LogoError as error:
        raise InvalidError([Fault(("logo",), error.code, error.reason)]) from None
    except UnavailableError as error:
        if error.code != "report_too_slow":
            raise
        fault = Fault(("logo",), "not_a_picture", "it takes too long to draw")
        raise InvalidError([fault]) from None


def change_workspace(work: Work, given: WorkspaceChange, logo: bytes | None = None) -> Workspace:
    """Change what is named; `logo` is what has been drawn of the one that is. Raises `InvalidError`."""
    faults = accent_faults(given.accent) if given.accent else []
    if faults:
        raise InvalidError([Fault(("accent",), "low_contrast", fault.said("white")) for fault in faults])
    workspace = store.lock_workspace(work.session, work.workspace)
    change = given.model_dump(exclude_unset=True)
    if "logo" in change:
        change["logo"] = logo
    if given.accent:
        change["accent"] = given.accent.lower()
    if given.allowed_origins:
        change["allowed_origins"] = list(dict.fromkeys(given.allowed_origins))
    workspace.sqlmodel_update(change)
    work.session.add(workspace)
    work.session.flush()
    return workspace


def add_key(work: Work, given: KeyInput) -> tuple[Key, str]:
    """A new key to the caller's workspace, and its token; raises `InvalidError` for one that is over."""
    if given.expires_at is not None and given.expires_at <= work.moment:
        raise InvalidError([Fault(("expires_at",), "in_the_past", "the key would open nothing")])
    workspace = store.lock_workspace(work.session, work.workspace)
    return create_key(work.session, work.moment, workspace, given)


def list_keys(work: Work, after: str, most: int) -> Sequence[Key]:
    """Keys in the order in which they were made, revoked ones too."""
    return store.list_keys(work.session, work.workspace, after, most)


def get_key(work: Work, key_id: str) -> Key:
    """A key, revoked or not; raises `MissingError`."""
    key = store.find_key(work.session, work.workspace, key_id)
    if key is None:
        raise MissingError("key")
    return key


def revoke_key(session: Session, moment: datetime, workspace: str, key_id: str) -> None:
    """Revoke a key at once; the last one that can make others, and the last of them without an end, stay."""
    if store.lock_workspace(session, workspace).is_demo:
        raise WrongStateError("demonstration", "The keys of the demonstration stay.")
    key = store.find_key(session, workspace, key_id)
    if key is None or key.revoked_at is not None:
        raise MissingError("key")
    others = [k for k in store.list_standing_keys(session, workspace) if k.id != key_id]
    if "admin" in key.scopes and not any(_can_stand_in(other, key, moment) for other in others):
        detail = (
            "It is the last key that can make others for good; make one with the scope admin that does not "
            "expire first."
        )
        raise WrongStateError("last_admin_key", detail)
    key.revoked_at = moment
    session.add(key)


def _can_stand_in(key: Key, for_key: Key, moment: datetime) -> bool:
    """Whether others can be made with a key in place of another: for good, unless that one ends too."""
    if "admin" not in key.scopes:
        return False
    return key.expires_at is None or (for_key.expires_at is not None and key.expires_at > moment)


def authenticate(connection: Connection, moment: datetime, token: str, *, demo: bool) -> PresentedKey:
    """The key that a token is; raises `UnauthenticatedError` for what opens nothing.

    The demonstration's key opens nothing where the service does not run as a demonstration.
    """
    kind = kind_of(token)
    if kind is None:
        raise UnauthenticatedError("malformed_key", "This is no key: its checksum is wrong.")
    if kind not in {"live", "test"}:
        detail = "This is the token of an invitation or of a session; it opens /v1/respondent only."
        raise UnauthenticatedError("invitation_token", detail)
    key = store.find_key_by_digest(connection, digest_of(token))
    if key is None or (key.is_demo and not demo):
        raise UnauthenticatedError("unknown_key", "There is no such key.")
    if key.revoked_at is not None:
        raise UnauthenticatedError("revoked_key", "This key has been revoked.")
    if key.expires_at is not None and key.expires_at <= moment:
        raise UnauthenticatedError("expired_key", "This key has expired.")
    return key


def includes(key: PresentedKey, scope: Scope) -> bool:
    """Whether a key has a scope, by itself or by a greater one."""
    return any(scope in INCLUDED[own] for own in INCLUDED if own in key.scopes)
