"""The service as processes of its own, which are killed and started again, and clients that notice."""

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple, Self

from app.core.clock import now
from app.core.database import Database
from app.migrations.run import migrate
from app.workspaces import service
from app.workspaces.schemas import KeyInput
from tests.kit.folders import ROOT

HOST = "127.0.0.1"
# Below those that the system lends to clients: one of these could sit on the port while nobody serves there.
PORTS = range(20000, 32000)
START_SECONDS, ANSWER_SECONDS = 60, 60
_COMPLAINT = re.compile("error|warning|locked|traceback", re.IGNORECASE)


class UnansweredError(Exception):
    """The service went away before it answered; whether it did what it was asked is not known."""


class UnexpectedAnswerError(Exception):
    """The service answered something else than it should."""


class Reply(NamedTuple):
    """An answer of the service."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def content(self) -> Any:  # noqa: ANN401 -- any JSON value
        return json.loads(self.body)


class Client:
    """A connection to the service, which is opened again where it breaks; paths are below `/v1`."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        """Any request; raises `UnansweredError`."""
        sent = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        content = None if body is None else json.dumps(body)
        if content is not None:
            sent["Content-Type"] = "application/json"
        try:
            self._connection.request(method, f"/v1{path}", content, sent)
            answer = self._connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        except (ConnectionError, http.client.HTTPException) as error:
            self.close()
            raise UnansweredError from error

    def ask_until_answered(self, method: str, path: str, body: object, **headers: str) -> Reply:
        """The same as often as it takes, while the service is killed and started again."""
        deadline = monotonic() + START_SECONDS + ANSWER_SECONDS
        while True:
            try:
                return self.ask(method, path, body, **headers)
            except UnansweredError:
                if monotonic() > deadline:
                    raise
                sleep(0.02)

    def get(self, path: str) -> Any:  # noqa: ANN401 -- any JSON value
        return self._done("GET", path)

    def post(self, path: str, body: object, **headers: str) -> Any:  # noqa: ANN401 -- the same
        return self._done("POST", path, body, **headers)

    def patch(self, path: str, body: object, **headers: str) -> Any:  # noqa: ANN401 -- the same
        return self._done("PATCH", path, body, **headers)

    def delete(self, path: str) -> Any:  # noqa: ANN401 -- the same
        return self._done("DELETE", path)

    def pages(self, path: str) -> Iterator[Any]:
        """The items of a list, page by page."""
        cursor = ""
        while True:
            page = self.get(f"{path}?limit=200{cursor}")
            yield from page["data"]
            if page["next_cursor"] is None:
                return
            cursor = f"&cursor={page['next_cursor']}"

    def _done(self, method: str, path: str, body: object = None, **headers: str) -> Any:  # noqa: ANN401 -- the same
        reply = self.ask(method, path, body, **headers)
        if reply.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
            message = f"{method} {path}: {reply.status} {reply.body!r}"
            raise UnexpectedAnswerError(message)
        return reply.content


class Service:
    """The service as a process on a database, with a port and a log of its own; it has no rate limits."""

    def __init__(self, database_url: str, folder: Path, **settings: object) -> None:
        self.port = free_port()
        self.command = [sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        given = {
            "database_url": database_url,
            "requests_per_minute_per_key": 0,
            "requests_per_minute_per_address": 0,
        } | settings
        others = {name: value for name, value in os.environ.items() if not name.startswith("SBM_")}
        self.environment = others | {f"SBM_{name.upper()}": str(value) for name, value in given.items()}
        self._log = folder / f"{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Started, and gone at the end."""
        try:
            self.start()
            yield self
        finally:
            self.kill()

    def start(self) -> float:
        """Start it; the seconds until it is ready, without those in which it waited for a processor."""
        started = monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- our own command
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        while not self._is_ready():
            if self._process.poll() is not None or monotonic() > started + START_SECONDS:
                message = f"it did not start: {self._log.read_text('utf-8')}"
                raise UnexpectedAnswerError(message)
            sleep(0.02)
        return monotonic() - started - seconds_queued(self._process.pid)

    def kill(self) -> None:
        """Kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def complaints(self) -> list[str]:
        """Lines of its log that tell of errors."""
        return [line for line in self.log_lines() if _COMPLAINT.search(line)]

    def log_lines(self) -> list[str]:
        """All lines of its log."""
        return self._log.read_text("utf-8").splitlines()

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        except ConnectionError:
            return False
        finally:
            connection.close()


def seconds_queued(pid: int) -> float:
    """How long a process has waited for a processor, because others had it; 0 where nothing tells."""
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text("ascii").split()[1]) / 1e9 if told.exists() else 0.0


def free_port() -> int:
    """A port that nobody listens on."""
    while True:
        port = PORTS[secrets.randbelow(len(PORTS))]
        with socket.socket() as listener:
            try:
                listener.bind((HOST, port))
            except OSError:
                continue
        return port


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process that was started listens there."""
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return
        except ConnectionRefusedError:
            os.sched_yield()
    message = f"nobody listens on {port}"
    raise UnansweredError(message)


def prepare(database_url: str) -> str:
    """Migrate a database and make a workspace; the key to it."""
    database = Database(database_url)
    migrate(database)
    database.close()
    return key_to_new_workspace(database_url)


def key_to_new_workspace(database_url: str) -> str:
    """A key to a new workspace on a migrated database."""
    database = Database(database_url)
    with database.writing() as session:
        workspace = service.create_workspace(session, now(), "Rossi Consulting", "en")
        given = KeyInput(name="Tests", scopes=["admin"])
        _, token = service.create_key(session, now(), workspace, given)
    database.close()
    return token
