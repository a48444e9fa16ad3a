"""Several processes of the service: one count of requests on PostgreSQL, and none but one on SQLite."""

import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import pytest

from app.scores.example import REQUEST
from tests.kit.databases import Templates
from tests.kit.folders import ROOT
from tests.kit.processes import Client, Reply, Service, key_to_new_workspace

PER_MINUTE, SENT = 50, 120
CLIENTS = 8
WINDOW_SECONDS = 60

Ask = Callable[[Client], Reply]


class Processes(NamedTuple):
    """Two processes on one database, and a key to it."""

    services: list[Service]
    token: str


@pytest.fixture(scope="module")
def two_processes(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """What a key sends and what an address sends is counted apart, so that these serve both."""
    tmp_path = tmp_path_factory.mktemp("processes")
    with ExitStack() as stack:
        database_url = stack.enter_context(templates.copied("postgresql", tmp_path))
        token = key_to_new_workspace(database_url)
        settings = {
            "requests_per_minute_per_key": PER_MINUTE,
            "requests_per_minute_per_address": PER_MINUTE,
            "public_scoring": True,
        }
        services = [Service(database_url, tmp_path, **settings) for _ in range(2)]
        yield Processes([stack.enter_context(service.running()) for service in services], token)


def ask_workspace(client: Client) -> Reply:
    return client.ask("GET", "/workspace")


def ask_score(client: Client) -> Reply:
    return client.ask("POST", "/score", REQUEST)


@pytest.mark.parametrize(("ask", "is_with_key"), [(ask_workspace, True), (ask_score, False)])
def test_two_processes_answer_as_many_requests_a_minute_as_one(
    two_processes: Processes, ask: Ask, *, is_with_key: bool
) -> None:
    services, token = two_processes
    ports = [service.port for service in services] * (CLIENTS // len(services))
    send = partial(replies, ask, token if is_with_key else None, SENT // CLIENTS)
    with ThreadPoolExecutor(CLIENTS) as pool:
        answered = [reply for some in pool.map(send, ports) for reply in some]
    assert len(answered) == SENT
    refused = [reply for reply in answered if reply.status != HTTPStatus.OK]
    assert len(answered) - len(refused) == PER_MINUTE
    for reply in refused:
        assert reply.status == HTTPStatus.TOO_MANY_REQUESTS
        assert reply.content["code"] == "too_many_requests"
        assert 1 <= int(reply.headers["Retry-After"]) <= WINDOW_SECONDS


def replies(ask: Ask, token: str | None, times: int, port: int) -> list[Reply]:
    with closing(Client(port, token)) as client:
        return [ask(client) for _ in range(times)]


def test_a_second_process_on_a_file_says_in_one_line_why_it_does_not_start(
    templates: Templates, tmp_path: Path
) -> None:
    with templates.copied("sqlite", tmp_path) as database_url:
        token = key_to_new_workspace(database_url)
        first, second = (Service(database_url, tmp_path) for _ in range(2))
        with first.running():
            add_company(first, token, "Before")
            refused = subprocess.run(  # noqa: S603 -- our own command
                second.command,
                cwd=ROOT,
                env=second.environment,
                capture_output=True,
                encoding="utf-8",
                timeout=60,
                check=False,
            )
            add_company(first, token, "After")
            assert first.complaints() == []
        with second.running(), closing(Client(second.port, token)) as client:
            assert [company["name"] for company in client.pages("/companies")] == ["Before", "After"]
    assert refused.returncode == 1
    assert "Traceback" not in refused.stdout + refused.stderr
    (line,) = refused.stderr.splitlines()
    assert line.startswith("sbm: ")
    assert "is served already" in line


def add_company(service: Service, token: str, name: str) -> None:
    with closing(Client(service.port, token)) as client:
        client.post("/companies", {"name": name})
