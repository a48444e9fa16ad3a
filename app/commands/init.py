"""`sbm init`."""

from typing import Annotated

from typer import Argument, Option, echo

from app.commands.database import opened_database
from app.commands.declared import declare
from app.commands.workspaces import checked_name
from app.core.clock import now
from app.workspaces import service
from app.workspaces.schemas import KeyInput, Language

command = declare()


@command.command()
def init(
    name: Annotated[str, Argument(help="Name of the workspace, such as the consultancy's.")],
    language: Annotated[Language, Option(help="Language of what it makes.")] = "en",
    *,
    test: Annotated[bool, Option("--test", help="For trying things out: keys sbm_test_….")] = False,
) -> None:
    """Make a workspace and its first key, which is printed this once."""
    with opened_database() as database, database.writing() as session:
        workspace = service.create_workspace(session, now(), checked_name(name), language, is_test=test)
        given = KeyInput(name="First key", scopes=["admin"])
        _, token = service.create_key(session, now(), workspace, given)
        identifier = workspace.id
    echo(f"Workspace {identifier}: {name}")
    echo(f"Key, shown this once: {token}")
