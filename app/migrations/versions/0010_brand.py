"""Workspaces have an accent and a logo for their reports."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reports look as they did."""
    op.add_column("workspace", sa.Column("accent", sa.String(), nullable=True))
    op.add_column("workspace", sa.Column("logo", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Both are gone."""
    with op.batch_alter_table("workspace") as workspace:
        workspace.drop_column("logo")
        workspace.drop_column("accent")
