"""`sbm migrate`."""

from typing import Annotated

from typer import Option, echo

from app.commands.database import opened_database
from app.commands.declared import declare
from app.migrations.run import HEAD, migrate

command = declare()


@command.command("migrate")
def migrate_database(
    to: Annotated[str, Option(help="Revision to go to, up or down; base is an empty database.")] = HEAD,
    *,
    yes: Annotated[bool, Option("--yes", help="Also where tables go with the rows in them.")] = False,
) -> None:
    """Bring the database to the shape that this version needs."""
    with opened_database(is_current=False) as database, database.not_served():
        before, after = migrate(database, to, may_drop=yes)
    if before == after:
        echo(f"The database is at revision {after or 'base'} already.")
    else:
        echo(f"The database went from revision {before or 'base'} to {after or 'base'}.")
