"""`sbm backup`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, echo

from app.commands.database import opened_database
from app.commands.declared import declare
from app.migrations.backup import back_up

command = declare()


@command.command()
def backup(
    file: Annotated[Path, Argument(help="File to make.")],
    *,
    force: Annotated[bool, Option("--force", help="Also where there is such a file.")] = False,
) -> None:
    """Copy the database into a file, whole, also while the service runs (SQLite)."""
    with opened_database(is_current=False) as database:
        content = back_up(database, file, may_replace=force)
    echo(f"{file} is a whole copy: {content.rows} rows, checked.")
