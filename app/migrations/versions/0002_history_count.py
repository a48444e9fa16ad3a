"""How often a participant has handed in and opened again, of which only the newest entries are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count what there is; whatever is beyond the newest is cut off when the next entry comes."""
    with op.batch_alter_table("participant") as participant:
        participant.add_column(sa.Column("history_count", sa.BigInteger(), nullable=True))
    op.execute("UPDATE participant SET history_count = json_array_length(history)")
    with op.batch_alter_table("participant") as participant:
        participant.alter_column("history_count", existing_type=sa.BigInteger(), nullable=False)


def downgrade() -> None:
    """Forget the count."""
    with op.batch_alter_table("participant") as participant:
        participant.drop_column("history_count")
