"""Handing in (scored and stored) beside the bare framework with one insert, on both databases.

The bare one (`bench/store_floor.py`) validates a respondent's answers, inserts them as a row through the same
engine with the same durability, and answers briefly. The service checks a key, reads, scores six
respondents, writes, and answers with the profile, which it keeps for the request's `Idempotency-Key`.
Both run under uvicorn, with no rate limits, and are measured in turn; the median of the rounds' ratios is
what to quote.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http import HTTPStatus
from itertools import chain, count, cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from app.catalog.service import load_catalog
from app.core.settings import Settings
from bench.score_http import UVICORN, serving
from scoring.questionnaire.form import FULL
from scoring.respondents.responses import asked_of
from tests.databases import BACKENDS, new_database, postgres_server
from tests.storage.processes import Client, free_port, prepare

ROLES = ("cmo", "cio", "head_of_sales", "head_of_research", "head_of_service", "head_of_people")
ROUNDS, WARM_UP = 7, 20
REQUESTS = {1: 40, 16: 200}  # of a round, by the number of clients at once
LEAST_RATIO, OF_CLIENTS = 0.5, 16
INSERT = "bare, one insert"
SUBMISSION = "submission"
WITHOUT_KEY = "submission, no key"
ALL_IN_ONE = "all in one"

Json = dict[str, Any]


class Sent(NamedTuple):
    """A POST."""

    path: str
    body: Json
    headers: dict[str, str]


class Round(NamedTuple):
    """Requests a second, and the seconds that each took."""

    rate: float
    seconds: list[float]


class Kind(NamedTuple):
    """What is measured: requests to a server, each sent once."""

    port: int
    token: str | None
    requests: Iterator[Sent]

    def measure(self, clients: int, number: int) -> Round:
        """Send the next so many from so many clients at once."""
        waiting = iter(list(islice(self.requests, number)))
        started = perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            seconds = list(chain.from_iterable(pool.map(self._send, [waiting] * clients)))
        return Round(number / (perf_counter() - started), seconds)

    def _send(self, waiting: Iterator[Sent]) -> list[float]:
        seconds = []
        with closing(Client(self.port, self.token)) as client:
            for path, body, headers in waiting:
                started = perf_counter()
                reply = client.ask("POST", path, body, **headers)
                seconds.append(perf_counter() - started)
                if reply.status != HTTPStatus.CREATED:
                    sys.exit(f"{path} answered {reply.status}: {reply.body!r}")
        return seconds


def responses() -> list[Json]:
    """Six respondents, who have answered all that their roles are asked."""
    edition = load_catalog(Settings().questionnaires).find(Settings().default_questionnaire, None)
    form = edition.questionnaire.form_of(FULL)
    options = {question.id: [option.id for option in question.options] for question in form.questions}
    return [
        {
            "role": role,
            "self_rating": 4 + place,
            "answers": {
                name: options[name][place % len(options[name])]
                for name in sorted(asked_of(edition.questionnaire, form, role, None))
            },
        }
        for place, role in enumerate(ROLES)
    ]


def sheets() -> Iterator[Sent]:
    """The answers of one respondent after another, for the bare framework."""
    for response in cycle(responses()):
        body = {name: response[name] for name in ("answers", "self_rating")}
        yield Sent("/sheets", body, {})


def keys() -> Iterator[dict[str, str]]:
    """A header with another key each time."""
    return ({"Idempotency_Key": f"key-{number}"} for number in count())


def submissions(port: int, token: str, number: int, headers: Iterator[dict[str, str]]) -> Iterator[Sent]:
    """Those of so many participants and more: one of each assessment, then the next of each."""
    six = responses()
    with closing(Client(port, token)) as client:
        bodies = (
            {"company": {"name": f"Company {place}"}, "status": "open", "responses": six}
            for place in range(number // len(six) + 1)
        )
        made = [client.post("/assessments", body) for body in bodies]
    for place in range(len(six)):
        for assessment in made:
            path = f"/assessments/{assessment['id']}/participants/{assessment['responses'][place]}/submission"
            yield Sent(path, {}, next(headers))


def all_in_one() -> Iterator[Sent]:
    """Assessments made, answered and handed in with one call each."""
    for number, key in enumerate(keys()):
        body = {"company": {"name": f"Company {number}"}, "responses": responses(), "submit": True}
        yield Sent("/assessments", body, {"Idempotency_Key": f"{key['Idempotency_Key']}-whole"})


def unlimited(database_url: str) -> dict[str, str]:
    """The environment of a server on a database, without limits."""
    return {
        "SBM_DATABASE_URL": database_url,
        "SBM_REQUESTS_PER_MINUTE_PER_KEY": "0",
        "SBM_REQUESTS_PER_MINUTE_PER_ADDRESS": "0",
    }


def try_on(backend: str, server: str) -> dict[int, dict[str, list[Round]]]:
    """The rounds by number of clients and kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours, bare = (stack.enter_context(new_database(backend, folder, server)) for _ in range(2))
        port, bare_port = free_port(), free_port()
        token = prepare(ours)
        service = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        stack.enter_context(serving(service, port, unlimited(ours)))
        floor = [*UVICORN, str(bare_port), "bench.store_floor:app"]
        stack.enter_context(serving(floor, bare_port, unlimited(bare)))
        number = sum(REQUESTS.values()) * ROUNDS + WARM_UP
        kinds = {
            INSERT: Kind(bare_port, None, sheets()),
            SUBMISSION: Kind(port, token, submissions(port, token, number, keys())),
            WITHOUT_KEY: Kind(port, token, submissions(port, token, number, cycle([{}]))),
            ALL_IN_ONE: Kind(port, token, all_in_one()),
        }
        for kind in kinds.values():
            kind.measure(1, WARM_UP)
        rounds: dict[int, dict[str, list[Round]]] = {
            clients: {name: [] for name in kinds} for clients in REQUESTS
        }
        for _ in track(range(ROUNDS), description=f"{backend:10}"):
            for clients, requests in REQUESTS.items():
                for name, kind in kinds.items():
                    rounds[clients][name].append(kind.measure(clients, requests))
    return rounds


def ratios(rounds: dict[str, list[Round]], name: str) -> list[float]:
    """What a kind's rate is to that of the bare framework, round by round, in order of size."""
    return sorted(own.rate / bare.rate for own, bare in zip(rounds[name], rounds[INSERT], strict=True))


def show(backend: str, rounds: dict[int, dict[str, list[Round]]]) -> None:
    """Print the figures of a database."""
    table = Table("clients", backend, "a second", "p50 ms", "p99 ms", "to bare")
    for clients, by_name in rounds.items():
        for name, measured in by_name.items():
            every = sorted(chain.from_iterable(each.seconds for each in measured))
            rate = statistics.median(each.rate for each in measured)
            percentiles = [every[int(len(every) * part)] * 1000 for part in (0.5, 0.99)]
            low, *_, high = sizes = ratios(by_name, name)
            ratio = f"{statistics.median(sizes):.2f} ({low:.2f}–{high:.2f})"
            table.add_row(str(clients), name, f"{rate:.0f}", *(f"{p:.1f}" for p in percentiles), ratio)
    Console().print(table)


def main() -> None:
    """Print rates, latencies and ratios; exits with 1 where handing in is below half of the bare one."""
    slow = []
    with postgres_server() as server:
        for backend in BACKENDS:
            rounds = try_on(backend, server)
            show(backend, rounds)
            if statistics.median(ratios(rounds[OF_CLIENTS], SUBMISSION)) < LEAST_RATIO:
                slow.append(backend)
    if slow:
        sys.exit(f"handing in reaches less than {LEAST_RATIO} of the bare rate on {' and '.join(slow)}")


if __name__ == "__main__":
    main()
