"""Sessions in which a page of a portal shows a questionnaire or a profile."""

import sqlalchemy as sa
from alembic import op

from app.core.columns import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There is no session yet."""
    op.create_table(
        "embed_session",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("parent_origin", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("theme", sa.JSON(), nullable=True),
        sa.Column("code_digest", sa.String(), nullable=True),
        sa.Column("token_digest", sa.String(), nullable=True),
        sa.Column("previous_digest", sa.String(), nullable=True),
        sa.Column("code_expires_at", UtcTime(), nullable=False),
        sa.Column("token_expires_at", UtcTime(), nullable=True),
        sa.Column("previous_expires_at", UtcTime(), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id"],
            ["assessment.workspace_id", "assessment.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "participant_id"],
            ["participant.workspace_id", "participant.id"],
            ondelete="CASCADE",
        ),
    )
    for name in ("code", "token", "previous"):
        op.create_index(f"embed_session_{name}", "embed_session", [f"{name}_digest"])
    op.create_index("embed_session_assessment", "embed_session", ["workspace_id", "assessment_id"])
    op.create_index("embed_session_participant", "embed_session", ["workspace_id", "participant_id"])


def downgrade() -> None:
    """All sessions end."""
    op.drop_table("embed_session")
