"""`sbm restore`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, echo

from app.commands.database import opened_database
from app.commands.declared import declare
from app.migrations.backup import restore
from app.migrations.run import newest_revision

command = declare()


@command.command("restore")
def restore_database(
    file: Annotated[Path, Argument(help="Copy that sbm backup made.")],
    *,
    yes: Annotated[bool, Option("--yes", help="Also where the database has rows, which go.")] = False,
) -> None:
    """Put a copy of the database back, while no service runs on it (SQLite)."""
    with opened_database(is_current=False) as database:
        content = restore(database, file, may_replace=yes)
        echo(f"{database.file} is what {file} is: {content.rows} rows, checked.")
    if content.revision != newest_revision():
        echo("It was made by an earlier version: run sbm migrate.")
