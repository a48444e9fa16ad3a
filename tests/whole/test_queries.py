"""What operations ask of the database: as little for many as for few, for the last page as for the first.

What is counted is what the database does, not the time that it takes.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event, text
from sqlmodel import SQLModel

from app.assessments.models import Assessment, Participant, Result
from app.companies.models import Company
from app.core.callers import Caller
from app.core.clock import now
from app.core.database import Database
from app.core.listings import folded
from app.core.resources import Resources
from app.core.saved_answers import Attempt, find_made
from app.core.settings import Settings
from app.core.web import paging
from app.main import create_app
from app.migrations.metadata import METADATA
from app.workspaces.models import Key
from app.workspaces.store import list_workspaces
from tests.kit.answer_sheets import AS_XLSX, blank_sheet
from tests.kit.databases import ON_ONE_DATABASE, Templates
from tests.kit.operations import ANY_REVISION, ONE_OF_MANY
from tests.kit.portal import Portal
from tests.kit.reading import Json
from tests.kit.things import PORTAL_ORIGIN

# What does not belong to what is asked for: a transaction begins; PostgreSQL counts the request for the
# limit; once a minute it is noted that the key was used; when the service has started it cleans up.
BESIDES = ("BEGIN", "rate_limit", "SET last_used_at", "DELETE FROM idempotency")


class Statement(NamedTuple):
    """What the database is asked, with the parameters as its driver takes them."""

    text: str
    parameters: Any


@contextmanager
def listening(database: Database) -> Iterator[list[Statement]]:
    """The statements of what is done meanwhile."""
    heard: list[Statement] = []

    def note(_connection: object, _cursor: object, said: str, parameters: object, *_: object) -> None:
        if not any(part in said for part in BESIDES):
            heard.append(Statement(said, parameters))

    # On PostgreSQL the engine that reads is the one that writes with other options, and is heard with it.
    engines = [database.writer, database.reader] if database.is_sqlite else [database.writer]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def database_of(client: TestClient) -> Database:
    database: Database = client.app.state.resources.database  # type: ignore[attr-defined] # it is a FastAPI
    return database


# --- As little for many as for few

FEW, MANY = 2, 30

ANSWERS = {"answers": {"marketing.listening": "2"}}
CONSENSUS = {"sales.presence": {"option": "3", "rationale": "Settled."}}
RESPONSE = {"role": "cmo", "answers": {"marketing.dialogue": "3"}}
NOTHING_STORED = {"Score now", "Questionnaires", "Run the service"}


def profile_shown(paths: Mapping[str, str]) -> Json:
    """The profile of an assessment in a page of a portal."""
    assessment = paths["assessment"].rpartition("/")[2]
    return {"view": "profile", "assessment": assessment, "parent_origin": PORTAL_ORIGIN}


class Operation(NamedTuple):
    """How something is asked for, and how many statements that takes at most.

    One of them finds the key, or the participant whose link it is.
    """

    most: int
    method: str
    path: str
    body: object = None


READING = {
    "list_companies": Operation(2, "GET", "/companies"),
    "get_company": Operation(2, "GET", "{company}"),
    "list_assessments": Operation(3, "GET", "/assessments"),
    "get_assessment": Operation(3, "GET", "{assessment}"),
    "list_participants": Operation(3, "GET", "{assessment}/participants"),
    "get_participant": Operation(3, "GET", "{participant}"),
    "get_answers": Operation(3, "GET", "{participant}/answers"),
    "get_answers_sheet": Operation(5, "GET", "{participant}/answers-sheet"),
    "get_respondent_answers_sheet": Operation(5, "GET", "/respondent/answers-sheet"),
    "get_profile": Operation(3, "GET", "{assessment}/profile"),
    "list_results": Operation(3, "GET", "{assessment}/results"),
    "get_result": Operation(3, "GET", "{assessment}/results/1"),
    "verify_result": Operation(3, "GET", "{assessment}/results/1/verification"),
    "compare_results": Operation(4, "GET", "{assessment}/results/1/comparison?with=2"),
    "rescore_result": Operation(3, "GET", "{assessment}/results/1/rescored"),
    "get_outlook": Operation(3, "GET", "{assessment}/outlook"),
    "get_result_outlook": Operation(3, "GET", "{assessment}/results/1/outlook"),
    "export_results": Operation(2, "GET", "/results"),
    "get_history": Operation(3, "GET", "{company}/history"),
    "list_keys": Operation(2, "GET", "/keys"),
    "get_workspace": Operation(2, "GET", "/workspace"),
    "get_respondent": Operation(5, "GET", "/respondent"),
    "get_respondent_questionnaire": Operation(2, "GET", "/respondent/questionnaire"),
    "get_report": Operation(8, "GET", "{assessment}/profile/report"),
    "get_result_report": Operation(7, "GET", "{assessment}/results/2/report"),
    "get_chart": Operation(6, "GET", "{assessment}/profile/charts/functions.svg"),
    "get_result_chart": Operation(6, "GET", "{assessment}/results/1/charts/functions.svg"),
    "get_respondent_report": Operation(8, "GET", "/respondent/profile/report"),
    "get_respondent_profile": Operation(5, "GET", "/respondent/profile"),
}
WRITING = {
    "create_company": Operation(2, "POST", "/companies", {"name": "One more"}),
    "change_company": Operation(3, "PATCH", "{company}", {"name": "Again"}),
    "change_assessment": Operation(5, "PATCH", "{assessment}", {"name": "Again"}),
    "set_targets": Operation(4, "PUT", "{assessment}/targets", {"service": 5}),
    "set_consensus": Operation(4, "PUT", "{assessment}/consensus", CONSENSUS),
    "add_participant": Operation(4, "POST", "{assessment}/participants", {"role": "cmo"}),
    "change_participant": Operation(4, "PATCH", "{participant}", {"name": "Ada"}),
    "renew_invitation": Operation(4, "POST", "{participant}/invitation"),
    "reopen_answers": Operation(4, "DELETE", "{participant}/submission"),
    "change_answers": Operation(4, "PATCH", "{participant}/answers", ANSWERS),
    "replace_answers": Operation(4, "PUT", "{participant}/answers", ANSWERS),
    "upload_answers_sheet": Operation(4, "POST", "{participant}/answers-sheet", blank_sheet()),
    "submit_answers": Operation(7, "POST", "{participant}/submission", {"incomplete": True}),
    "change_respondent_answers": Operation(4, "PATCH", "/respondent/answers", ANSWERS),
    "upload_respondent_answers_sheet": Operation(
        4, "POST", "/respondent/answers-sheet", blank_sheet(role="cmo")
    ),
    "submit_respondent_answers": Operation(5, "POST", "/respondent/submission", {"incomplete": True}),
    "reopen_respondent_answers": Operation(4, "DELETE", "/respondent/submission"),
    "create_result": Operation(7, "POST", "{assessment}/results", {}),
    "create_embed_session": Operation(6, "POST", "/embed-sessions", profile_shown),
    "exchange_embed_code": Operation(3, "POST", "/respondent/token"),
    "revoke_embed_session": Operation(3, "DELETE", "{session}"),
    "erase_assessment": Operation(2, "DELETE", "{assessment}"),
    "erase_company": Operation(2, "DELETE", "{company}"),
}


class Things(NamedTuple):
    """A workspace with so many of everything, somebody with a link, and a page with a code."""

    portal: Portal
    respondent: Portal
    page: Portal
    paths: dict[str, str]

    def asker(self, path: str) -> Portal:
        """Who asks for this."""
        if path == "/respondent/token":
            return self.page
        return self.respondent if path.startswith("/respondent") else self.portal


@pytest.fixture
def few_and_many(stored: TestClient) -> list[Things]:
    return [things(Portal.new(stored), number) for number in (FEW, MANY)]


def things(portal: Portal, number: int) -> Things:
    company = portal.company()
    portal.patch("/workspace", {"allowed_origins": [PORTAL_ORIGIN]})
    made = portal.post("/assessments", all_at_once(company, number))
    assessment = f"/assessments/{made['id']}"
    for _ in range(number):
        portal.company()
        portal.post("/assessments", {"company": company})
        portal.post(f"{assessment}/results", {})
        portal.post("/keys", {"name": "One more", "scopes": ["read"]})
        portal.post(f"{assessment}/participants", {"role": "cmo"})
        session = portal.post("/embed-sessions", profile_shown({"assessment": assessment}))
    portal.patch("/workspace", {"respondents_see_profile": True})
    paths = {
        "company": f"/companies/{company}",
        "assessment": assessment,
        "participant": f"{assessment}/participants/{made['responses'][0]}",
        "session": f"/embed-sessions/{session['id']}",
    }
    page = portal.with_token(session["session"].partition(".")[2])
    return Things(portal, portal.invited(assessment, role="cmo"), page, paths)


def all_at_once(company: str, number: int) -> Json:
    return {"company": company, "responses": number * [RESPONSE], "submit": True, "incomplete": True}


def statements(of: Things, operation: Operation) -> int:
    """How many statements it takes."""
    asker = of.asker(operation.path)
    path = operation.path.format_map(of.paths)
    body = operation.body(of.paths) if callable(operation.body) else operation.body
    with listening(database_of(asker.client)) as heard:
        is_exact = operation.method == "PUT" or operation.path.endswith(("/answers", "/answers-sheet"))
        headers = (ONE_OF_MANY if is_exact else ANY_REVISION) | (AS_XLSX if isinstance(body, bytes) else {})
        response = asker.ask(operation.method, path, body, headers)
    assert response.is_success, response.text
    return len(heard)


def check_statements(few_and_many: list[Things], operations: Mapping[str, Operation]) -> None:
    """As many for many as for few, and none more than the table says."""
    for_few, for_many = (
        {name: statements(of, operation) for name, operation in operations.items()} for of in few_and_many
    )
    assert for_many == for_few
    assert [name for name, operation in operations.items() if for_many[name] > operation.most] == []


def test_every_operation_that_reads_is_counted(stored: TestClient) -> None:
    document: Json = stored.app.openapi()  # type: ignore[attr-defined] # it is a FastAPI
    described = [operation for methods in document["paths"].values() for operation in methods.items()]
    reading = {
        o["operationId"] for method, o in described if method == "get" and not NOTHING_STORED & {*o["tags"]}
    }
    assert reading == READING.keys()


@ON_ONE_DATABASE
def test_reading_takes_as_many_statements_for_many_as_for_few(few_and_many: list[Things]) -> None:
    for of in few_and_many:
        of.respondent.post("/respondent/submission", {"incomplete": True})
    check_statements(few_and_many, READING)


@ON_ONE_DATABASE
def test_writing_takes_as_many_statements_for_many_as_for_few(few_and_many: list[Things]) -> None:
    check_statements(few_and_many, WRITING)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "{participant}", {"name": "Ada", "email": None}),
        ("DELETE", "{spare}", None),
        ("PATCH", "{company}", {"name": "Valle Holding"}),
        ("DELETE", "{assessment}", None),
        ("DELETE", "{company}", None),
    ],
)
def test_nothing_is_looked_for_in_what_was_saved_when_it_is_renamed_or_erased(
    portal: Portal, method: str, path: str, body: object
) -> None:
    company = portal.company()
    assessment = portal.assessment(company=company)
    paths = {
        "company": f"/companies/{company}",
        "assessment": assessment,
        "participant": portal.participant(assessment),
        "spare": portal.participant(assessment),
    }
    with listening(database_of(portal.client)) as heard:
        assert portal.ask(method, path.format_map(paths), body).is_success
    assert heard
    assert [statement.text for statement in heard if "idempotency" in statement.text] == []


def test_handing_in_with_a_key_looks_for_it_and_takes_it(portal: Portal) -> None:
    assessment = portal.assessment(status="open")
    submission = f"{portal.participant(assessment, role='cmo')}/submission"
    with listening(database_of(portal.client)) as heard:
        portal.post(submission, {"incomplete": True}, Idempotency_Key="once")
    asked = [statement.text.split()[0] for statement in heard if "idempotency" in statement.text]
    assert asked == ["SELECT", "INSERT"]
    assert len(heard) == WRITING["submit_answers"].most + len(asked)
    again = portal.ask("POST", submission, {"incomplete": True}, {"Idempotency-Key": "once"})
    assert again.headers["idempotent-replayed"] == "true"


def test_many_responses_at_once_take_as_many_statements_as_few(portal: Portal) -> None:
    company = portal.company()

    def statements_for(number: int) -> list[str]:
        with listening(database_of(portal.client)) as heard:
            portal.post("/assessments", all_at_once(company, number))
        return [statement.text.split()[0] for statement in heard]

    assert statements_for(MANY) == statements_for(FEW)


def test_many_participants_at_once_take_as_many_statements_as_few(portal: Portal) -> None:
    def statements_for(number: int) -> list[int]:
        people, assessment = {"participants": number * [{"role": "cmo"}]}, portal.assessment()
        counted = []
        for _ in range(2):  # the second time it is shown again
            with listening(database_of(portal.client)) as heard:
                portal.post(f"{assessment}/participants", people, Idempotency_Key=assessment[-20:])
            counted.append(len(heard))
        return counted

    assert statements_for(MANY) == statements_for(FEW)


def test_a_list_of_results_leaves_the_profiles_where_they_are(portal: Portal) -> None:
    assessment = portal.assessment()
    with listening(database_of(portal.client)) as heard:
        portal.get(f"{assessment}/results")
    (asked,) = [statement.text for statement in heard if "FROM result" in statement.text]
    assert "result.summary" in asked
    assert "result.profiles" not in asked


# --- As little for the last page as for the first

ROWS, NOISE, PAGE = 10_050, 40, 10_000
AT = datetime(2026, 1, 31, tzinfo=UTC)


class Listing(NamedTuple):
    """A list: where it is asked for, what its cursors are bound to, and the keys of its items, from 1."""

    path: str
    bound_to: str
    table: str
    key: Callable[[int], str | int]
    ordered_by: str = ""  # what stands before the key, as a cursor says it


def ids(prefix: str) -> Callable[[int], str]:
    return lambda place: f"{prefix}_{place:07}"


NAME = " one of many"
FIRST, LAST = "cmp_0000001", f"asm_{ROWS:07}"
OF_COMPANY = f"/assessments?company={FIRST}"
LISTINGS = {
    "companies": Listing("/companies", "companies created", "company", ids("cmp")),
    "companies by name": Listing("/companies?order=name", "companies name", "company", ids("cmp"), NAME),
    "companies by change": Listing(
        "/companies?order=changed", "companies changed", "company", ids("cmp"), f" {AT.isoformat()}"
    ),
    "assessments": Listing("/assessments", "assessments created", "assessment", ids("asm")),
    "of a company": Listing(OF_COMPANY, f"assessments created company={FIRST!r}", "assessment", ids("asm")),
    "open": Listing(
        "/assessments?status=open", "assessments created status='open'", "assessment", ids("asm")
    ),
    "assessments by name": Listing(
        "/assessments?order=name", "assessments name", "assessment", ids("asm"), NAME
    ),
    "assessments by change": Listing(
        "/assessments?order=changed", "assessments changed", "assessment", ids("asm"), f" {AT.isoformat()}"
    ),
    "participants": Listing(
        f"/assessments/{LAST}/participants", f"participants/{LAST} created", "participant", ids("prt")
    ),
    "results": Listing(
        f"/assessments/{LAST}/results", f"results/{LAST} created", "result", lambda place: place
    ),
    "keys": Listing("/keys", "keys", "key", ids("key")),
}


@pytest.fixture(scope="module")
def crowded(backend: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A workspace with many of everything, between two others."""
    with templates.copied(backend, tmp_path_factory.mktemp("crowded")) as address:
        app = create_app(Settings(database_url=address, requests_per_minute_per_address=0))
        database: Database = app.state.resources.database
        with TestClient(app, "http://127.0.0.1", raise_server_exceptions=False) as client:
            portals = [Portal.new(client) for _ in range(3)]
            with database.writing() as session:
                connection = session.connection()
                for portal, number in zip(portals, (NOISE, ROWS, NOISE), strict=True):
                    crowd(connection, portal.workspace, number)
                connection.execute(text("ANALYZE"))
            yield portals[1]


def crowd(connection: Connection, workspace: str, number: int) -> None:
    """So many companies, assessments of the first, participants and results of the last, and keys.

    And for twice as many requests what they made.
    """
    about = {"workspace_id": workspace, "name": "One of many", "created_at": AT, "changed_at": AT, "id": ""}
    about |= {"name_folded": folded("One of many")}
    tier = {
        "questionnaire": "social-business",
        "tier": "express",
        "consolidation": "median",
        "language": "en",
    }
    settled = {"status": "open", "anonymous": False, "targets": {}, "consensus": {}}
    its = about | {"assessment_id": f"asm_{number:07}"}
    kept = {"number": 0, "created_by": "", "summary": {}, "participants": {}, "request": b"", "profiles": b""}
    rows: list[SQLModel] = [
        Company.model_validate(about),
        Assessment.model_validate(about | tier | settled | {"company_id": FIRST}),
        Participant.model_validate(its | {"answers": {}, "changed": {}}),
        Result.model_validate(its | kept),
        Key.model_validate(about | {"digest": "", "hint": "", "scopes": ["read"]}),
    ]
    keys = {listing.table: listing.key for listing in LISTINGS.values()}
    for row in rows:
        table = METADATA.tables[str(row.__tablename__)]
        column, template = table.primary_key.columns.keys()[-1], row.model_dump()
        many = [template | {column: keys[table.name](place)} for place in range(1, number + 1)]
        connection.execute(table.insert(), many)
    asked = {
        "workspace_id": workspace,
        "caller": "key_test",
        "request": "",
        "made": "[]",
        "created_at": now(),
    }
    taken = [asked | {"key": f"key-{place}"} for place in range(2 * number)]
    connection.execute(METADATA.tables["idempotency"].insert(), taken)


def costs(portal: Portal, listing: Listing, page: int) -> list[float]:
    """What a page of one item costs the database, statement by statement."""
    before = page - 1
    path = f"{listing.path}{'&' if '?' in listing.path else '?'}limit=1"
    if before:
        key = f"{listing.key(before)}{listing.ordered_by}"
        path += f"&cursor={paging.encode(f'{portal.workspace}/{listing.bound_to}', key)}"
    database = database_of(portal.client)
    with listening(database) as heard:
        shown = portal.get(path)["data"]
    assert [item.get("id", item.get("number")) for item in shown] == [listing.key(page)]
    return costs_of(database, heard)


def costs_of(database: Database, heard: list[Statement]) -> list[float]:
    """What statements that read cost, each."""
    cost = instructions if database.is_sqlite else rows_touched
    with database.reader.connect() as connection:
        return [cost(connection, statement) for statement in heard]


def instructions(connection: Connection, statement: Statement) -> int:
    """How many instructions of its machine SQLite carries out."""
    driver: Any = connection.connection.driver_connection
    carried_out = 0

    def count() -> int:
        nonlocal carried_out
        carried_out += 1
        return 0

    driver.execute(*statement).fetchall()  # now it is prepared, which some versions count
    driver.set_progress_handler(count, 1)
    driver.execute(*statement).fetchall()
    driver.set_progress_handler(None, 1)
    return carried_out


def rows_touched(connection: Connection, statement: Statement) -> float:
    """How many rows all parts of PostgreSQL's plan pass on or throw away."""
    asked = f"EXPLAIN (ANALYZE, BUFFERS OFF, FORMAT JSON) {statement.text}"
    ((plan,),) = connection.exec_driver_sql(asked, statement.parameters).all()
    return sum(rows_of(plan[0]["Plan"]))


def rows_of(part: Json) -> Iterator[float]:
    removed = [value for name, value in part.items() if name.startswith("Rows Removed")]
    yield part["Actual Loops"] * (part["Actual Rows"] + sum(removed))
    for inner in part.get("Plans", ()):
        yield from rows_of(inner)


@pytest.mark.parametrize("name", LISTINGS)
def test_the_last_page_of_a_list_costs_what_the_first_does(crowded: Portal, name: str) -> None:
    listing = LISTINGS[name]
    second = costs(crowded, listing, 2)
    assert costs(crowded, listing, PAGE) == second
    assert max(second + costs(crowded, listing, 1)) < ROWS / 50


def test_what_was_made_for_a_key_is_found_among_many_as_among_few(crowded: Portal) -> None:
    resources: Resources = crowded.client.app.state.resources  # type: ignore[attr-defined] # it is a FastAPI

    def cost(workspace: str, key: str) -> list[float]:
        attempt = Attempt(Caller(workspace, "key_test"), key, "")
        with listening(resources.database) as heard, resources.reading(attempt.caller) as work:
            assert find_made(work, attempt) == ()
        return costs_of(resources.database, heard)

    with resources.reading(Caller("", "")) as work:
        few = next(w for w in list_workspaces(work.session) if w.id != crowded.workspace)
    assert cost(crowded.workspace, f"key-{ROWS}") == cost(few.id, f"key-{NOISE}")
