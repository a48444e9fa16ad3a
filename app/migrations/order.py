"""Ids go on behind those that there are, so that lists stay in order when the clock was set back."""

from sqlalchemy import func, select

from app.core.database import Database
from app.core.ids import go_on_behind
from app.migrations.metadata import METADATA


def continue_order(database: Database) -> None:
    """Make no id that sorts before one in the database; asks the index of each table once a workspace."""
    workspace = METADATA.tables["workspace"]
    greatest = [select(func.max(workspace.c.id))]
    for table in METADATA.tables.values():
        if {"workspace_id", "id"} <= set(table.c.keys()):
            own = select(func.max(table.c.id)).where(table.c.workspace_id == workspace.c.id)
            greatest.append(select(func.max(own.scalar_subquery())).select_from(workspace))
    with database.reading() as session:
        for statement in greatest:
            found = session.connection().execute(statement).scalar()
            if found is not None:
                go_on_behind(found)
