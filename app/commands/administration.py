"""`sbm migrate`, `sbm init`, `sbm keys`: what is done to the database from the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Column, Table

from app.core.clock import now
from app.core.database import Database
from app.core.settings import Settings
from app.migrations.run import HEAD, check_current, migrate
from app.workspaces import service, store
from app.workspaces.models import Scope, Workspace
from app.workspaces.schemas import KeyInput, Language, Name

keys = typer.Typer(no_args_is_help=True, help="Make, list and revoke keys to a workspace.")

WorkspaceId = Annotated[str | None, typer.Option("--workspace", help="Id; needed where there are several.")]
MOST_LISTED = 1000


class AdministrationError(Exception):
    """What was asked for cannot be done."""


def migrate_database(
    to: Annotated[str, typer.Option(help="Revision to go to, up or down; base is an empty database.")] = HEAD,
) -> None:
    """Bring the database to the shape that this version needs."""
    with _database(is_current=False) as database:
        before, after = migrate(database, to)
    if before == after:
        typer.echo(f"The database is at revision {after or 'base'} already.")
    else:
        typer.echo(f"The database went from revision {before or 'base'} to {after or 'base'}.")


def init(
    name: Annotated[str, typer.Argument(help="Name of the workspace, such as the consultancy's.")],
    language: Annotated[Language, typer.Option(help="Language of what it makes.")] = "en",
    test: Annotated[bool, typer.Option("--test", help="For trying things out: keys sbm_test_….")] = False,
) -> None:
    """Make a workspace and its first key, which is printed this once."""
    with _database() as database, database.writing() as session:
        workspace = service.create_workspace(session, now(), _name(name), language, is_test=test)
        given = KeyInput(name="First key", scopes=["admin"])
        _, token = service.create_key(session, now(), workspace, given)
        identifier = workspace.id
    typer.echo(f"Workspace {identifier}: {name}")
    typer.echo(f"Key, shown this once: {token}")


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[list[str], typer.Option(help="read, write or admin; may be repeated.")],
    days: Annotated[int | None, typer.Option(min=1, max=36500, help="Days until it expires.")] = None,
    workspace: WorkspaceId = None,
) -> None:
    """Make a key, which is printed this once."""
    if wrong := set(scope) - set(service.INCLUDED):
        message = f"unknown scope {', '.join(sorted(wrong))}: the scopes are {', '.join(service.INCLUDED)}"
        raise AdministrationError(message)
    scopes: list[Scope] = [known for known in service.INCLUDED if known in scope]
    expires_at = None if days is None else now() + timedelta(days=days)
    with _database() as database, database.writing() as session:
        own = _workspace(store.list_workspaces(session), workspace)
        given = KeyInput(name=_name(name), scopes=scopes, expires_at=expires_at)
        key, token = service.create_key(session, now(), own, given)
        identifier = key.id
    typer.echo(f"Key {identifier}, shown this once: {token}")


@keys.command("list")
def list_keys(workspace: WorkspaceId = None) -> None:
    """List the keys of a workspace."""
    table = Table(
        Column("Key", no_wrap=True), "Name", "Begins with", "Scopes", "Last used", "Expires", "Revoked"
    )
    with _database() as database, database.reading() as session:
        own = _workspace(store.list_workspaces(session), workspace)
        for key in store.list_keys(session, own.id, "", MOST_LISTED):
            moments = (key.last_used_at, key.expires_at, key.revoked_at)
            days = [f"{moment:%Y-%m-%d}" if moment else "–" for moment in moments]
            table.add_row(key.id, key.name, key.hint, ", ".join(key.scopes), *days)
    Console(markup=False).print(table)


@keys.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Id of the key, key_….")], workspace: WorkspaceId = None
) -> None:
    """Revoke a key at once."""
    with _database() as database, database.writing() as session:
        own = _workspace(store.list_workspaces(session), workspace)
        service.revoke_key(session, now(), own.id, key)
    typer.echo(f"{key} opens nothing any more.")


def _name(given: str) -> str:
    try:
        return TypeAdapter(Name).validate_python(given)
    except ValidationError as error:
        raise AdministrationError(f"the name: {error.errors()[0]['msg']}") from None


@contextmanager
def _database(*, is_current: bool = True) -> Iterator[Database]:
    database = Database(Settings().database_url)
    try:
        if is_current:
            check_current(database)
        yield database
    finally:
        database.close()


def _workspace(all_: list[Workspace], wanted: str | None) -> Workspace:
    """The workspace that is named, or the only one that is no demonstration."""
    own = [w for w in all_ if (w.id == wanted if wanted else not w.is_demo)]
    if len(own) == 1:
        return own[0]
    if not all_:
        raise AdministrationError("there is no workspace yet: sbm init NAME")
    known = ", ".join(f"{w.id} ({w.name})" for w in all_)
    raise AdministrationError(f"say which --workspace: {known}")
