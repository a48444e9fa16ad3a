"""Participants say how important it is to the company."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has been asked yet."""
    op.add_column("participant", sa.Column("importance", sa.Integer(), nullable=True))


def downgrade() -> None:
    """What was said of it is gone."""
    with op.batch_alter_table("participant") as table:
        table.drop_column("importance")
