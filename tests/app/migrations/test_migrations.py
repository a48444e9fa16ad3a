"""`app.migrations`: every step up and down keeps what there is, and what would not is refused."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from app.assessments.models import Participant
from app.core.database import Database
from app.core.settings import Settings
from app.main import create_app
from app.migrations import run
from app.migrations.metadata import METADATA
from app.migrations.run import MigrationError, check_current, migrate
from tests.kit.commands import refused, sbm
from tests.kit.databases import Templates, new_database
from tests.kit.portal import Portal

FOLDER = Path(run.__file__).parent
# From the first step to the last.
REVISIONS = [step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]
HEAD = REVISIONS[-1]


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    """An empty database."""
    database = Database(empty_url)
    yield database
    database.close()


@pytest.fixture
def migrated(migrated_url: str) -> Iterator[Database]:
    """A migrated database with nothing in it."""
    database = Database(migrated_url)
    yield database
    database.close()


@pytest.fixture(scope="module")
def filled_url(backend: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with something in every table, to copy."""
    with templates.copied(backend, tmp_path_factory.mktemp("filled")) as address:
        app = create_app(Settings(database_url=address))
        with TestClient(app, "http://127.0.0.1", raise_server_exceptions=False) as client:
            for name in ("Rossi Consulting", "Bianchi Partners"):
                fill(Portal.new(client, name))
        yield address


@pytest.fixture
def populated_url(backend: str, server: str | None, filled_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with something in every table."""
    with new_database(backend, tmp_path, server, filled_url) as address:
        yield address


@pytest.fixture
def populated(populated_url: str) -> Iterator[Database]:
    """A database with something in every table."""
    database = Database(populated_url)
    yield database
    database.close()


def fill(portal: Portal) -> None:
    responses = 3 * [{"role": "cmo", "answers": {"marketing.dialogue": "4"}, "self_rating": 6}]
    company = portal.post("/companies", {"name": "Cantine Alte"}, Idempotency_Key="once")["id"]
    given = {"company": company, "responses": responses, "submit": True, "incomplete": True}
    assessment = f"/assessments/{portal.post('/assessments', given)['id']}"
    portal.participant(assessment, role="cio")
    portal.post(f"{assessment}/results", {"name": "Baseline"})
    portal.patch("/workspace", {"allowed_origins": ["https://portal.example"]})
    somebody = portal.participant(assessment).rpartition("/")[2]
    given = {"view": "questionnaire", "participant": somebody, "parent_origin": "https://portal.example"}
    portal.post("/embed-sessions", given)


def counts(database: Database) -> dict[str, int]:
    """The rows of every table that there is, but for the revision's and the requests counted."""
    with database.reader.connect() as connection:
        quote = connection.dialect.identifier_preparer.quote
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {quote(name)}").scalar_one()  # noqa: S608 -- names of tables
            for name in inspect(connection).get_table_names()
            if name not in {"alembic_version", "rate_limit"}
        }


def revision(database: Database) -> str | None:
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(database: Database) -> list[object]:
    """Where the database is not what the models say."""
    options = {"compare_type": True, "compare_server_default": True}
    with database.reader.connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
    return found


def execute(database: Database, statement: str) -> None:
    with database.writing() as session:
        session.connection().execute(text(statement))


# --- All steps


def test_from_nothing_up_down_and_up_again(database: Database) -> None:
    assert migrate(database) == (None, HEAD)
    check_current(database)
    assert migrate(database, "base") == (HEAD, None)
    assert counts(database) == {}
    assert migrate(database) == (None, HEAD)
    assert migrate(database) == (HEAD, HEAD)
    assert counts(database).keys() == METADATA.tables.keys() - {"rate_limit"}


def test_every_step_down_and_up_keeps_every_row(populated: Database) -> None:
    filled = counts(populated)
    assert [name for name in METADATA.tables if not filled.get(name, name == "rate_limit")] == []
    for below, step in reversed(list(zip(["base", *REVISIONS], REVISIONS, strict=False))):
        before = counts(populated)
        assert revision(populated) == step
        migrate(populated, below, may_drop=True)
        lower = counts(populated)
        migrate(populated, step)
        again = counts(populated)
        assert again.keys() == before.keys()
        migrate(populated, below, may_drop=True)
        assert counts(populated) == lower
        for name in lower.keys() & before.keys():
            assert before[name] == lower[name] == again[name]
    assert counts(populated) == {}


@pytest.mark.parametrize("step", REVISIONS)
def test_every_step_starts_from_nothing(database: Database, step: str) -> None:
    assert migrate(database, step) == (None, step)
    assert migrate(database) == (step, HEAD)


def test_the_database_is_what_the_models_say(migrated: Database) -> None:
    assert differences(migrated) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE company ADD COLUMN colour VARCHAR",
        "ALTER TABLE company DROP COLUMN industry",
        "DROP INDEX key_digest",
        "CREATE TABLE one_more (id VARCHAR PRIMARY KEY)",
    ],
)
def test_a_database_that_is_not_what_the_models_say_is_noticed(migrated: Database, change: str) -> None:
    execute(migrated, change)
    assert len(differences(migrated)) == 1


def test_every_primary_key_begins_with_the_workspace(migrated: Database) -> None:
    exceptions = {"workspace": ["id"], "rate_limit": ["bucket"]}
    with migrated.reader.connect() as connection:
        inspector = inspect(connection)
        keys = {name: inspector.get_pk_constraint(name)["constrained_columns"] for name in METADATA.tables}
    assert keys == {name: table.primary_key.columns.keys() for name, table in METADATA.tables.items()}
    assert {name: key for name, key in keys.items() if key[0] != "workspace_id"} == exceptions


def test_only_the_counts_of_a_minute_are_not_logged_by_postgresql(migrated: Database) -> None:
    if migrated.is_sqlite:
        with migrated.reader.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        return
    kinds = text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence <> 'p'")
    with migrated.reader.connect() as connection:
        assert connection.execute(kinds).scalars().all() == ["rate_limit"]


# --- Steps that there are not yet


STEP = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    {up}


def downgrade():
    {down}
"""

NextStep = Callable[..., None]


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NextStep:
    """Put one more step behind those that there are."""
    copy = tmp_path / "migrations"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(run, "__file__", str(copy / "run.py"))

    def write(up: str, down: str = "pass") -> None:
        (copy / "versions" / "next.py").write_text(STEP.format(head=HEAD, up=up, down=down), "utf-8")

    return write


COPY = """
    kind = op.get_bind().dialect.name
    for name in ("workspace", "company", "assessment", "participant"):
        with op.batch_alter_table(name, recreate="always" if kind == "sqlite" else "auto") as table:
            table.{change}
"""
COPY_UP = COPY.format(change='add_column(sa.Column("colour", sa.String(), nullable=True))')
COPY_DOWN = COPY.format(change='drop_column("colour")')

FAULTY = {
    "loses rows": 'op.execute("DELETE FROM participant")',
    "loses rows of several": 'op.execute("DELETE FROM workspace")',
    "leaves rows that refer to nothing": "op.execute(\"UPDATE company SET workspace_id = 'nobody'\")",
    "fails in the middle": 'op.create_table("half", sa.Column("x", sa.String())); op.execute("nonsense")',
}


def test_a_step_that_copies_tables_keeps_what_refers_to_them(
    populated: Database, next_step: NextStep
) -> None:
    before = counts(populated)
    next_step(COPY_UP, COPY_DOWN)
    for to in ("next", HEAD):
        migrate(populated, to)
        assert revision(populated) == to
        assert counts(populated) == before
    assert differences(populated) == []


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_step_up_changes_nothing(populated: Database, next_step: NextStep, fault: str) -> None:
    before = counts(populated)
    next_step(FAULTY[fault])
    with pytest.raises((MigrationError, DBAPIError)):
        migrate(populated)
    assert (revision(populated), counts(populated)) == (HEAD, before)
    assert differences(populated) == []


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_step_down_changes_nothing(populated: Database, next_step: NextStep, fault: str) -> None:
    before = counts(populated)
    next_step("pass", FAULTY[fault])
    migrate(populated)
    with pytest.raises((MigrationError, DBAPIError)):
        migrate(populated, HEAD)
    assert (revision(populated), counts(populated)) == ("next", before)


def test_a_step_that_loses_rows_is_told_with_its_tables(populated: Database, next_step: NextStep) -> None:
    next_step(FAULTY["loses rows"])
    with pytest.raises(
        MigrationError, match=r"lost rows of (embed_session, )?participant; nothing was changed"
    ):
        migrate(populated)


# --- What is refused, and who is first


def test_a_database_of_a_newer_service_is_refused(migrated: Database) -> None:
    execute(migrated, "UPDATE alembic_version SET version_num = '9999'")
    for to in ("head", "base", HEAD):
        with pytest.raises(MigrationError, match="revision 9999, which is newer than this service"):
            migrate(migrated, to)
    with pytest.raises(MigrationError, match="revision 9999"):
        check_current(migrated)


def test_of_several_who_migrate_at_once_one_does_and_all_are_content(empty_url: str) -> None:
    together = Barrier(4)

    def go(_: int) -> tuple[str | None, str | None]:
        database = Database(empty_url)
        together.wait()
        try:
            return migrate(database)
        finally:
            database.close()

    with ThreadPoolExecutor(together.parties) as pool:
        done = list(pool.map(go, range(together.parties)))
    assert sorted(done, key=str) == [*3 * [(HEAD, HEAD)], (None, HEAD)]


def test_from_the_terminal(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SBM_DATABASE_URL", empty_url)
    needed = "sbm: the database has no tables yet: run sbm migrate\n"
    assert refused("app", "serve") == needed
    assert sbm("migrate") == f"The database went from revision base to {HEAD}.\n"
    assert sbm("migrate", "--to", "base") == f"The database went from revision {HEAD} to base.\n"


def test_a_step_down_that_drops_rows_has_to_be_told(
    populated: Database, populated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SBM_DATABASE_URL", populated_url)
    before = counts(populated)
    (line,) = refused("app", "migrate", "--to", "base").splitlines()
    assert line.startswith("sbm: nothing was changed: rows would go (")
    assert f"company: {before['company']}" in line
    assert line.endswith("make a backup, then --yes")
    assert (revision(populated), counts(populated)) == (HEAD, before)
    assert sbm("migrate", "--to", "base", "--yes") == f"The database went from revision {HEAD} to base.\n"
    assert counts(populated) == {}


def test_an_unknown_revision_is_told_in_a_line(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SBM_DATABASE_URL", empty_url)
    (line,) = refused("app", "migrate", "--to", "nonsense").splitlines()
    assert "nonsense" in line


# --- Lists


def test_references_that_are_repeated_are_named_and_nothing_is_changed(populated: Database) -> None:
    with populated.reader.connect() as connection:
        names = connection.execute(text("SELECT id FROM company ORDER BY id")).scalars().all()
    migrate(populated, "0003", may_drop=True)
    with populated.writing() as session:
        session.connection().execute(text("UPDATE company SET reference = 'CRM-1'"))
        session.connection().execute(
            text(
                "INSERT INTO company (workspace_id, id, name, reference, revision, created_at)"
                " SELECT workspace_id, 'cmp_twin', name, reference, revision, created_at FROM company"
                " WHERE id = :one"
            ),
            {"one": names[0]},
        )
    with pytest.raises(MigrationError, match=f"{names[0]} and cmp_twin"):
        migrate(populated)
    assert revision(populated) == "0003"
    execute(populated, "UPDATE company SET reference = 'CRM-2' WHERE id = 'cmp_twin'")
    assert migrate(populated) == ("0003", HEAD)


def test_names_and_changes_of_before_are_found(populated: Database) -> None:
    migrate(populated, "0003", may_drop=True)
    migrate(populated)
    columns = "name_folded, changed_at = created_at"
    with populated.reader.connect() as connection:
        found = connection.execute(text(f"SELECT DISTINCT {columns} FROM company")).all()  # noqa: S608 -- columns
    assert [tuple(row) for row in found] == [("cantine alte", True)]


# --- Participants' lists


def test_participants_of_before_are_found_by_name_and_have_a_bounded_history(populated: Database) -> None:
    migrate(populated, "0006", may_drop=True)
    entries = [{"kind": "submitted", "at": "2026-01-31T08:30:00+00:00", "revision": n} for n in range(60)]
    was = {"history": json.dumps(entries), "count": 60, "name": "Zoë  ROSSI"}
    statement = text("UPDATE participant SET name = :name, history = :history, history_count = :count")
    with populated.writing() as session:
        session.connection().execute(statement, was)
    migrate(populated)
    with populated.reading() as session:
        participants = session.exec(select(Participant)).all()
    assert participants
    for participant in participants:
        assert participant.name_folded == "zoe rossi"
        assert [entry["revision"] for entry in participant.history] == list(range(10, 60))
        assert participant.history_count == 60
        moments = participant.submitted_at, participant.invited_at, participant.created_at
        assert participant.changed_at == next(filter(None, moments))
