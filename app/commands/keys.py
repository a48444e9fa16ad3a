"""`sbm keys`: keys to a workspace, made, listed and revoked."""

from datetime import timedelta
from typing import Annotated

import orjson
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table
from typer import Argument, Option, echo

from app.commands.arguments import GivenError, checked_name, chosen
from app.commands.database import opened_database
from app.commands.declared import declare
from app.core.clock import now
from app.workspaces import service, store
from app.workspaces.models import Key, Scope
from app.workspaces.schemas import KeyDocument, KeyInput

command = declare("Make, list and revoke keys to a workspace.")

WorkspaceId = Annotated[str | None, Option("--workspace", help="Id; needed where there are several.")]
MOST_LISTED = 1000


@command.command()
def create(
    name: Annotated[str, Argument(help="What the key is for.")],
    scope: Annotated[list[str], Option(help="read, write or admin; may be repeated.")],
    days: Annotated[int | None, Option(min=1, max=36500, help="Days until it expires.")] = None,
    workspace: WorkspaceId = None,
) -> None:
    """Make a key, which is printed this once."""
    if wrong := set(scope) - set(service.INCLUDED):
        message = f"unknown scope {', '.join(sorted(wrong))}: the scopes are {', '.join(service.INCLUDED)}"
        raise GivenError(message)
    scopes: list[Scope] = [known for known in service.INCLUDED if known in scope]
    expires_at = None if days is None else now() + timedelta(days=days)
    with opened_database() as database, database.writing() as session:
        own = chosen(store.list_workspaces(session), workspace)
        given = KeyInput(name=checked_name(name), scopes=scopes, expires_at=expires_at)
        key, token = service.create_key(session, now(), own, given)
        identifier = key.id
    echo(f"Key {identifier}, shown this once: {token}")


@command.command("list")
def list_keys(
    workspace: WorkspaceId = None,
    *,
    as_json: Annotated[bool, Option("--json", help="As JSON, for scripts, with how each begins.")] = False,
) -> None:
    """List the keys of a workspace."""
    with opened_database() as database, database.reading() as session:
        own = chosen(store.list_workspaces(session), workspace)
        keys = store.list_keys(session, own.id, "", MOST_LISTED)
    if as_json:
        shown = [KeyDocument.model_validate(key, from_attributes=True).model_dump() for key in keys]
        echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode())
        return
    table = Table(
        Column("Key", no_wrap=True), "Name", "Scope", "Used", Column("Until", no_wrap=True), box=SIMPLE
    )
    for key in keys:
        used = f"{key.last_used_at:%Y-%m-%d}" if key.last_used_at else "never"
        table.add_row(key.id, key.name, ", ".join(key.scopes), used, _until(key))
    Console(markup=False).print(table)


def _until(key: Key) -> str:
    """Until when it opens something; a dash where it is for good."""
    if key.revoked_at:
        return "revoked"
    return f"{key.expires_at:%Y-%m-%d}" if key.expires_at else "–"


@command.command()
def revoke(
    key: Annotated[str, Argument(help="Id of the key, key_….")], workspace: WorkspaceId = None
) -> None:
    """Revoke a key at once."""
    with opened_database() as database, database.writing() as session:
        own = chosen(store.list_workspaces(session), workspace)
        service.revoke_key(session, now(), own.id, key)
    echo(f"{key} opens nothing any more.")
