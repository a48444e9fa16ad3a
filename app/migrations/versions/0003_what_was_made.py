"""For an Idempotency-Key the ids of what was made are kept, and no longer the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys that were taken within a day stay taken; what was made for them is not shown again."""
    with op.batch_alter_table("idempotency") as idempotency:
        for name in ("status", "headers", "content", "about"):
            idempotency.drop_column(name)
        idempotency.add_column(sa.Column("made", sa.String(), nullable=True))


def downgrade() -> None:
    """The keys stay taken."""
    with op.batch_alter_table("idempotency") as idempotency:
        idempotency.drop_column("made")
        idempotency.add_column(sa.Column("status", sa.Integer(), nullable=True))
        idempotency.add_column(sa.Column("headers", sa.LargeBinary(), nullable=True))
        idempotency.add_column(sa.Column("content", sa.LargeBinary(), nullable=True))
        idempotency.add_column(sa.Column("about", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("idempotency") as idempotency:
        idempotency.alter_column("about", existing_type=sa.String(), server_default=None)
