"""`sbm init`."""

from typing import Annotated

from typer import Argument, Option, echo

from app.commands.arguments import GivenError, checked_language, checked_name
from app.commands.database import opened_database
from app.commands.declared import declare
from app.core.clock import now
from app.workspaces import service, store
from app.workspaces.schemas import KeyInput

command = declare()


@command.command()
def init(
    name: Annotated[str, Argument(help="Name of the workspace, such as the consultancy's.")],
    language: Annotated[str, Option(help="Language of what it makes.")] = "en",
    *,
    test: Annotated[bool, Option("--test", help="For trying things out: keys sbm_test_….")] = False,
    same_name: Annotated[
        bool, Option("--same-name", help="Also where there is a workspace of that name.")
    ] = False,
) -> None:
    """Make a workspace and its first key, which is printed this once."""
    with opened_database() as database, database.writing() as session:
        known = [workspace.id for workspace in store.list_workspaces(session) if workspace.name == name]
        if known and not same_name:
            raise GivenError(f"there is a workspace {name} already ({', '.join(known)}): see --same-name")
        workspace = service.create_workspace(
            session, now(), checked_name(name), checked_language(language), is_test=test
        )
        given = KeyInput(name="First key", scopes=["admin"])
        _, token = service.create_key(session, now(), workspace, given)
        identifier = workspace.id
    echo(f"Workspace {identifier}: {name}")
    echo(f"Key, shown this once: {token}")
