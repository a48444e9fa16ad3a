"""`sbm keys`: keys to a workspace, made, listed and revoked."""

from datetime import timedelta
from typing import Annotated

from rich.console import Console
from rich.table import Column, Table
from typer import Argument, Option, echo

from app.commands.arguments import GivenError, checked_name, chosen
from app.commands.database import opened_database
from app.commands.declared import declare
from app.core.clock import now
from app.workspaces import service, store
from app.workspaces.models import Scope
from app.workspaces.schemas import KeyInput

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
def list_keys(workspace: WorkspaceId = None) -> None:
    """List the keys of a workspace."""
    table = Table(
        Column("Key", no_wrap=True), "Name", "Begins with", "Scopes", "Last used", "Expires", "Revoked"
    )
    with opened_database() as database, database.reading() as session:
        own = chosen(store.list_workspaces(session), workspace)
        for key in store.list_keys(session, own.id, "", MOST_LISTED):
            moments = (key.last_used_at, key.expires_at, key.revoked_at)
            days = [f"{moment:%Y-%m-%d}" if moment else "–" for moment in moments]
            table.add_row(key.id, key.name, key.hint, ", ".join(key.scopes), *days)
    Console(markup=False).print(table)


@command.command()
def revoke(
    key: Annotated[str, Argument(help="Id of the key, key_….")], workspace: WorkspaceId = None
) -> None:
    """Revoke a key at once."""
    with opened_database() as database, database.writing() as session:
        own = chosen(store.list_workspaces(session), workspace)
        service.revoke_key(session, now(), own.id, key)
    echo(f"{key} opens nothing any more.")
