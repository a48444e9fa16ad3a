"""The token that a participant of an anonymous assessment has exchanged the invitation for, as a digest."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has exchanged an invitation yet."""
    with op.batch_alter_table("participant") as participant:
        participant.add_column(sa.Column("own_token_digest", sa.String(), nullable=True))
        participant.create_index("participant_own_token", ["own_token_digest"])


def downgrade() -> None:
    """Forget the tokens: the invitations open what they did before."""
    with op.batch_alter_table("participant") as participant:
        participant.drop_index("participant_own_token")
        participant.drop_column("own_token_digest")
