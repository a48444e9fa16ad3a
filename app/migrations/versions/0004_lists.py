"""Companies and assessments are found and ordered by name and last change; references are unique."""

import sqlalchemy as sa
from alembic import op

from app.core.listings import FoldedText, folded
from app.migrations.run import MigrationError

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("company", "assessment")
INDICES = {
    "company": {"company_changed": "changed_at", "company_name": "name_folded"},
    "assessment": {
        "assessment_status": "status",
        "assessment_changed": "changed_at",
        "assessment_name": "name_folded",
    },
}
MOST = 10


def upgrade() -> None:
    """Nobody's reference is changed: where two companies of a workspace have the same, it is refused."""
    _refuse_repeated_references()
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("name_folded", FoldedText, nullable=True))
            table.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        _fill(name)
        with op.batch_alter_table(name) as table:
            table.alter_column("name_folded", existing_type=FoldedText, nullable=False)
            table.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for index, column in INDICES[name].items():
            op.create_index(index, name, ["workspace_id", column, "id"])
    op.create_index("company_reference", "company", ["workspace_id", "reference"], unique=True)


def downgrade() -> None:
    """Forget them."""
    op.drop_index("company_reference", "company")
    for name in TABLES:
        for index in INDICES[name]:
            op.drop_index(index, name)
        with op.batch_alter_table(name) as table:
            table.drop_column("changed_at")
            table.drop_column("name_folded")


def _refuse_repeated_references() -> None:
    company = sa.table(
        "company", sa.column("workspace_id"), sa.column("reference"), sa.column("id", sa.String())
    )
    own = company.c.workspace_id, company.c.reference
    repeated = sa.select(*own, sa.func.min(company.c.id), sa.func.max(company.c.id)).where(
        company.c.reference.is_not(None)
    )
    found = op.get_bind().execute(repeated.group_by(*own).having(sa.func.count() > 1).limit(MOST)).all()
    if found:
        which = ", ".join(f"{one} and {other} of {workspace}" for workspace, _, one, other in found)
        message = (
            f"companies of one workspace have the same reference: {which}; give them different ones with the "
            "version before, then migrate again; nothing was changed"
        )
        raise MigrationError(message)


def _fill(name: str) -> None:
    columns = ("workspace_id", "id", "name", "name_folded", "created_at", "changed_at")
    table = sa.table(name, *(sa.column(column) for column in columns))
    last = "coalesce(closed_at, opened_at, created_at)" if name == "assessment" else "created_at"
    op.execute(table.update().values(changed_at=sa.literal_column(last)))
    rows = op.get_bind().execute(sa.select(table.c.workspace_id, table.c.id, table.c.name)).all()
    if not rows:
        return
    own = table.c.workspace_id == sa.bindparam("workspace"), table.c.id == sa.bindparam("row")
    filled = table.update().where(*own).values(name_folded=sa.bindparam("folded"))
    values = [{"workspace": row[0], "row": row[1], "folded": folded(row[2])} for row in rows]
    op.get_bind().execute(filled, values)
