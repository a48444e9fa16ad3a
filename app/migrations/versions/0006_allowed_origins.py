"""Origins whose pages may embed what a workspace shows."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody may embed anything yet."""
    with op.batch_alter_table("workspace") as workspace:
        workspace.add_column(sa.Column("allowed_origins", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("workspace") as workspace:
        workspace.alter_column("allowed_origins", server_default=None)


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("workspace") as workspace:
        workspace.drop_column("allowed_origins")
