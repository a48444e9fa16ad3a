"""Participants are found and ordered by name and last change; a history keeps its newest entries."""

import sqlalchemy as sa
from alembic import op

from app.core.listings import FoldedText, folded

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOST_HISTORY = 50


def upgrade() -> None:
    """When somebody's answers changed last was not kept: the last that is known counts."""
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("name_folded", FoldedText, nullable=True))
        table.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    last = "coalesce(submitted_at, invited_at, created_at)"
    op.execute(f"UPDATE participant SET name_folded = '', changed_at = {last}")  # noqa: S608 -- a constant
    _fold_names()
    _cut_histories()
    with op.batch_alter_table("participant") as table:
        table.alter_column("name_folded", existing_type=FoldedText, nullable=False)
        table.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    """Forget them; what was cut off stays so."""
    with op.batch_alter_table("participant") as table:
        table.drop_column("changed_at")
        table.drop_column("name_folded")


PARTICIPANT = sa.table(
    "participant",
    *(sa.column(name) for name in ("workspace_id", "id", "name", "name_folded")),
    sa.column("history", sa.JSON()),
    sa.column("history_count", sa.BigInteger()),
)
_WHOSE = (
    PARTICIPANT.c.workspace_id == sa.bindparam("workspace"),
    PARTICIPANT.c.id == sa.bindparam("row"),
)


def _fold_names() -> None:
    own = PARTICIPANT.c.workspace_id, PARTICIPANT.c.id, PARTICIPANT.c.name
    rows = op.get_bind().execute(sa.select(*own).where(PARTICIPANT.c.name.is_not(None))).all()
    _update("name_folded", [(row[0], row[1], folded(row[2])) for row in rows])


def _cut_histories() -> None:
    """Before they were bounded they could be longer."""
    own = PARTICIPANT.c.workspace_id, PARTICIPANT.c.id, PARTICIPANT.c.history
    rows = op.get_bind().execute(sa.select(*own).where(PARTICIPANT.c.history_count > MOST_HISTORY)).all()
    _update("history", [(row[0], row[1], row[2][-MOST_HISTORY:]) for row in rows])


def _update(column: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        updated = PARTICIPANT.update().where(*_WHOSE).values({column: sa.bindparam("value")})
        values = [{"workspace": workspace, "row": row, "value": value} for workspace, row, value in rows]
        op.get_bind().execute(updated, values)
