"""What stored assessments cost the server: CPU a request beside the bare framework with one insert.

The bare one (`bench/store_floor.py`) validates a respondent's answers, inserts them as a row through the
same engine with the same durability, and answers briefly. The service checks a key or a link, reads, checks,
scores six respondents where there is a profile to answer with, writes, and keeps the answer for the
`Idempotency-Key`. On both databases, each in its turn, under uvicorn and without rate limits; the median of
the rounds' ratios is what to quote.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from http import HTTPStatus
from itertools import count, cycle
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import insert

from app.catalog.service import load_catalog
from app.core.clock import now
from app.core.database import Database
from app.core.saved_answers import Idempotency
from app.core.settings import Settings
from app.workspaces.store import find_key_by_digest
from app.workspaces.tokens import digest_of
from bench.score_http import UVICORN, cpu_seconds, serving
from scoring.questionnaire.form import FULL
from scoring.respondents.responses import asked_of
from tests.kit.databases import BACKENDS, new_database
from tests.kit.postgres import postgres_server
from tests.kit.processes import Client, free_port, key_to_new_workspace, prepare

ROLES = ("cmo", "cio", "head_of_sales", "head_of_research", "head_of_service", "head_of_people")
ROUNDS, WARM_UP, REQUESTS = 5, 20, 120
QUESTIONS = 40

INSERT, AUTOSAVE, SUBMISSION, LIST = "bare, one insert", "autosave", "handing in, profile of six", "list page"
PROFILE, SCORE = "live profile of six", "the same six scored"
SESSION = f"{QUESTIONS} autosaves and handing in"
SAVED = 20_000
NAME, NAME_AMONG_SAVED = "name changed", f"the same beside {SAVED:,} saved answers"

Json = dict[str, Any]


class Limit(NamedTuple):
    """At most so many times another cost."""

    times: float
    other: str = INSERT


MOST = {
    AUTOSAVE: Limit(2),
    SUBMISSION: Limit(4),
    LIST: Limit(1.5),
    SESSION: Limit(90),
    PROFILE: Limit(1.6, SCORE),
    NAME_AMONG_SAVED: Limit(1.2, NAME),
}


class Kind(NamedTuple):
    """What is measured: the next request of a client to a server process."""

    pid: int
    client: Client
    send: Callable[[], None]

    def cost(self, requests: int) -> float:
        """CPU milliseconds of the server a request."""
        self.client.close()  # the server may have given it up while others were measured; it opens again
        before = cpu_seconds(self.pid)
        for _ in range(requests):
            self.send()
        return (cpu_seconds(self.pid) - before) / requests * 1000


def responses() -> list[Json]:
    """Six respondents, who have answered all that their roles are asked, the second half with comments."""
    edition = load_catalog(Settings().questionnaire_folders).find(Settings().default_questionnaire, None)
    form = edition.questionnaire.form_of(FULL)
    options = {question.id: [option.id for option in question.options] for question in form.questions}

    def answer(place: int, name: str) -> str | Json:
        option = options[name][place % len(options[name])]
        return option if place < len(ROLES) // 2 else {"option": option, "comment": f"As seen in {name}."}

    return [
        {
            "role": role,
            "self_rating": 4 + place,
            "answers": {
                name: answer(place, name)
                for name in sorted(asked_of(edition.questionnaire, form, role, None))
            },
        }
        for place, role in enumerate(ROLES)
    ]


def checked(client: Client, method: str, path: str, body: object = None, **headers: str) -> Any:  # noqa: ANN401 -- any JSON value
    """The content of an answer, which has to be a success."""
    reply = client.ask(method, path, body, **headers)
    if reply.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        sys.exit(f"{path} answered {reply.status}: {reply.body!r}")
    return reply.content


def inserts(client: Client) -> Callable[[], None]:
    """The answers of one respondent after another, for the bare framework."""
    sheets = cycle([{name: said[name] for name in ("answers", "self_rating")} for said in responses()])
    return lambda: checked(client, "POST", "/sheets", next(sheets))


def on_levels(respondent: Client) -> list[str]:
    """Questions that are answered with a level."""
    questions: list[str] = checked(respondent, "GET", "/respondent")["questions"]
    return [name for name in questions if not name.startswith(("collaboration.", "conduct."))]


def autosaves(respondent: Client) -> Callable[[], None]:
    """One choice after another of somebody with 40 answers, by the link."""
    revision = count(checked(respondent, "GET", "/respondent")["revision"])
    names = cycle(on_levels(respondent))
    levels = cycle("0123")

    def send() -> None:
        body = {"answers": {next(names): {"option": next(levels), "comment": "As discussed in the meeting."}}}
        checked(respondent, "PATCH", "/respondent/answers", body, If_Match=f'"{next(revision)}"')

    return send


def submissions(client: Client, number: int) -> Callable[[], None]:
    """Those of six participants of one assessment after another, each with a key of its own."""
    made = [
        checked(client, "POST", "/assessments", body)
        for place in range(number // len(ROLES) + 1)
        for body in [{"company": {"name": f"Company {place}"}, "status": "open", "responses": responses()}]
    ]
    paths: Iterator[str] = (
        f"/assessments/{assessment['id']}/participants/{participant}/submission"
        for assessment in made
        for participant in assessment["responses"]
    )
    keys = (f"key-{number}" for number in count())
    return lambda: checked(client, "POST", next(paths), {}, Idempotency_Key=next(keys))


def invited(client: Client, port: int) -> Client:
    """Somebody with a link who has answered everything."""
    body = {"company": {"name": "Rossi"}, "status": "open", "responses": responses()}
    assessment = checked(client, "POST", "/assessments", body)
    link = checked(client, "POST", f"/assessments/{assessment['id']}/participants", {})["invitation_link"]
    respondent = Client(port, link.partition("#")[2])
    answers = dict.fromkeys(on_levels(respondent), "2")
    checked(respondent, "PATCH", "/respondent/answers", {"answers": answers}, If_Match='"0"')
    return respondent


def names(client: Client) -> Callable[[], None]:
    """One name after another of somebody who takes part."""
    made = checked(client, "POST", "/assessments", {"company": {"name": "Names"}})
    added = checked(client, "POST", f"/assessments/{made['id']}/participants", {})
    path = f"/assessments/{made['id']}/participants/{added['id']}"
    numbers = count()
    return lambda: checked(client, "PATCH", path, {"name": f"Ada {next(numbers)}"})


def key_beside_saved(database_url: str) -> str:
    """A key to a workspace where so many requests with a key of their own have just been answered."""
    token = key_to_new_workspace(database_url)
    database = Database(database_url)
    with database.writing() as session:
        connection = session.connection()
        key = find_key_by_digest(connection, digest_of(token))
        assert key is not None  # noqa: S101 -- it has just been made
        own = {"workspace_id": key.workspace_id, "caller": key.id, "request": "", "created_at": now()}
        rows = [own | {"key": f"key-{place}", "made": "[]"} for place in range(SAVED)]
        connection.execute(insert(Idempotency), rows)
    database.close()
    return token


def kinds(
    stack: ExitStack, pids: tuple[int, int], ports: tuple[int, int], tokens: Sequence[str]
) -> dict[str, Kind]:
    """What is measured on a database; `pids` and `ports` of the service and of the bare one.

    `tokens` open a workspace to work in, one where nothing is saved, one where much is.
    """
    client, beside_none, beside_saved = (Client(ports[0], token) for token in tokens)
    bare = Client(ports[1])
    respondent = invited(client, ports[0])
    for opened in (client, beside_none, beside_saved, bare, respondent):
        stack.enter_context(closing(opened))
    made = checked(
        client, "POST", "/assessments", {"company": {"name": "Six"}, "responses": responses(), "submit": True}
    )
    profile = f"/assessments/{made['id']}/profile"
    scored = {"responses": [response | {"submitted": True} for response in responses()]}
    service, floor = pids
    return {
        INSERT: Kind(floor, bare, inserts(bare)),
        AUTOSAVE: Kind(service, respondent, autosaves(respondent)),
        SUBMISSION: Kind(service, client, submissions(client, ROUNDS * REQUESTS + WARM_UP)),
        NAME: Kind(service, beside_none, names(beside_none)),
        NAME_AMONG_SAVED: Kind(service, beside_saved, names(beside_saved)),
        LIST: Kind(service, client, lambda: checked(client, "GET", "/assessments")),
        PROFILE: Kind(service, client, lambda: checked(client, "GET", profile)),
        SCORE: Kind(service, client, lambda: checked(client, "POST", "/score", scored)),
    }


def unlimited(database_url: str) -> dict[str, str]:
    """The environment of a server on a database, without limits."""
    return {
        "SBM_DATABASE_URL": database_url,
        "SBM_REQUESTS_PER_MINUTE_PER_KEY": "0",
        "SBM_REQUESTS_PER_MINUTE_PER_ADDRESS": "0",
    }


def try_on(backend: str, server: str) -> dict[str, list[float]]:
    """The costs by kind, round by round."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours, bare = (stack.enter_context(new_database(backend, folder, server)) for _ in range(2))
        ports = free_port(), free_port()
        tokens = prepare(ours), key_to_new_workspace(ours), key_beside_saved(ours)
        service = [sys.executable, "-m", "app", "serve", "--port", str(ports[0])]
        floor = [*UVICORN, str(ports[1]), "bench.store_floor:app"]
        pid, _ = stack.enter_context(serving(service, ports[0], unlimited(ours)))
        bare_pid, _ = stack.enter_context(serving(floor, ports[1], unlimited(bare)))
        measured = kinds(stack, (pid, bare_pid), ports, tokens)
        for kind in measured.values():
            kind.cost(WARM_UP)
        costs: dict[str, list[float]] = {name: [] for name in measured}
        for _ in track(range(ROUNDS), description=f"{backend:10}"):
            for name, kind in measured.items():
                costs[name].append(kind.cost(REQUESTS))
    costs[SESSION] = [
        QUESTIONS * save + submit for save, submit in zip(costs[AUTOSAVE], costs[SUBMISSION], strict=True)
    ]
    return costs


def ratio(costs: dict[str, list[float]], name: str, other: str) -> list[float]:
    """What a kind costs beside another, round by round, in order of size."""
    return sorted(own / base for own, base in zip(costs[name], costs[other], strict=True))


def show(backend: str, costs: dict[str, list[float]]) -> list[str]:
    """Print the figures of a database; what costs more than it may."""
    table = Table(backend, "CPU ms", "times", "of", "at most")
    beyond = []
    for name, measured in costs.items():
        limit = MOST.get(name)
        other = limit.other if limit else INSERT
        low, *_, high = ratios = ratio(costs, name, other)
        times = statistics.median(ratios)
        most = "" if limit is None else f"{limit.times:g}"
        table.add_row(
            name, f"{statistics.median(measured):.2f}", f"{times:.2f} ({low:.2f}–{high:.2f})", other, most
        )
        if limit is not None and times > limit.times:
            beyond.append(f"{name} on {backend}: {times:.2f} times {other}, at most {limit.times:g}")
    Console().print(table)
    return beyond


def main() -> None:
    """Print costs and ratios; exits with 1 where something costs more than it may."""
    beyond: list[str] = []
    with postgres_server() as server:
        for backend in BACKENDS:
            beyond += show(backend, try_on(backend, server))
    if beyond:
        sys.exit("\n".join(beyond))


if __name__ == "__main__":
    main()
