"""Erasing a company or an assessment erases all that is theirs, and nothing else."""

from sqlalchemy import text

from app.migrations.metadata import METADATA
from tests.kit.portal import Portal, database_of
from tests.kit.things import PORTAL_ORIGIN


def rows(portal: Portal) -> dict[str, int]:
    """How many rows of each table are this workspace's, but for the saved answers."""
    tables = [t.name for t in METADATA.sorted_tables if "workspace_id" in t.columns]
    with database_of(portal).reading() as session:
        return {
            table: session.connection()
            .execute(
                text(f"SELECT count(*) FROM {table} WHERE workspace_id = :own"),  # noqa: S608 -- names of tables
                {"own": portal.workspace},
            )
            .scalar_one()
            for table in tables
            if table != "idempotency"
        }


def filled(portal: Portal) -> tuple[str, str]:
    """A company with an assessment that has everything."""
    company = portal.company()
    assessment = portal.assessment(company=company)
    participant = portal.participant(assessment, role="cmo", name="Ada")
    portal.answer(participant, {"marketing.dialogue": "4"})
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {})
    portal.patch("/workspace", {"allowed_origins": [PORTAL_ORIGIN]})
    about = {"assessment": assessment.rpartition("/")[2], "view": "profile", "parent_origin": PORTAL_ORIGIN}
    portal.post("/embed-sessions", about)
    return company, assessment


def test_a_company_is_erased_with_all_that_is_theirs(portal: Portal) -> None:
    filled(portal)
    before = rows(portal)
    assert all(count for count in before.values())
    company, _ = filled(portal)
    portal.delete(f"/companies/{company}")
    assert rows(portal) == before
    portal.get(f"/companies/{company}", 404)
    portal.delete(f"/companies/{company}", 404)


def test_an_assessment_is_erased_with_all_that_is_its(portal: Portal) -> None:
    company, assessment = filled(portal)
    portal.delete(assessment)
    left = {name for name, count in rows(portal).items() if count}
    assert left == {"company", "key"}
    portal.get(assessment, 404)
    portal.get(f"{assessment}/results", 404)
    assert portal.get(f"/companies/{company}")["id"] == company
