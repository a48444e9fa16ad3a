"""`sbm workspaces`: the customers of the service, listed, renamed and removed."""

from typing import Annotated

import orjson
from rich.console import Console
from rich.table import Column, Table
from sqlmodel import Session, func, select
from typer import Argument, Option, echo

from app.assessments.models import Assessment, Participant, Result
from app.commands.arguments import GivenError, checked_name, chosen
from app.commands.database import opened_database
from app.commands.declared import declare
from app.companies.models import Company
from app.workspaces import store
from app.workspaces.models import Workspace

command = declare("List, rename and remove workspaces.")

WorkspaceId = Annotated[str, Argument(metavar="WORKSPACE", help="Id of the workspace, wsp_….")]
CONTENTS: dict[str, type[Company | Assessment | Participant | Result]] = {
    "companies": Company,
    "assessments": Assessment,
    "participants": Participant,
    "results": Result,
}


@command.command("list")
def list_workspaces(
    *, as_json: Annotated[bool, Option("--json", help="As JSON, for scripts.")] = False
) -> None:
    """List all workspaces."""
    with opened_database() as database, database.reading() as session:
        found = [_described(workspace) for workspace in store.list_workspaces(session)]
    if as_json:
        echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    table = Table(Column("Workspace", no_wrap=True), "Name", "Language", "Kind", "Made")
    for one in found:
        table.add_row(*one.values())
    Console(markup=False).print(table)


@command.command()
def rename(workspace: WorkspaceId, name: Annotated[str, Argument(help="The new name.")]) -> None:
    """Give a workspace another name."""
    with opened_database() as database, database.writing() as session:
        own = chosen(store.list_workspaces(session), workspace)
        own.name = checked_name(name)
        session.add(own)
    echo(f"Workspace {workspace}: {name}")


@command.command()
def remove(
    workspace: WorkspaceId,
    *,
    yes: Annotated[bool, Option("--yes", help="Also where there is something in it.")] = False,
) -> None:
    """Remove a workspace for good, with its keys, companies, assessments and results."""
    with opened_database() as database, database.writing() as session:
        own = chosen(store.list_workspaces(session), workspace)
        inside = _inside(session, own)
        if inside and not yes:
            raise GivenError(f"{own.name} is not empty ({inside}): all of it goes with --yes")
        session.delete(own)
    echo(f"{workspace} is removed.")


def _described(workspace: Workspace) -> dict[str, str]:
    kind = "demonstration" if workspace.is_demo else "test" if workspace.is_test else "live"
    return {
        "id": workspace.id,
        "name": workspace.name,
        "language": workspace.language,
        "kind": kind,
        "created": f"{workspace.created_at:%Y-%m-%d}",
    }


def _inside(session: Session, workspace: Workspace) -> str:
    """How much a workspace holds; empty where it is nothing but keys."""
    counted = {
        name: session.exec(
            select(func.count()).select_from(table).where(table.workspace_id == workspace.id)
        ).one()
        for name, table in CONTENTS.items()
    }
    return ", ".join(f"{name}: {number}" for name, number in counted.items() if number)
