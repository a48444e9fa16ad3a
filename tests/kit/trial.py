"""kill -9 of the service while it writes: nothing that it acknowledged is lost, nothing is half written.

After each kill it is started again, and what was acknowledged since the kill before is read back; at the end
everything is.
"""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random
from threading import Semaphore
from time import sleep
from typing import NamedTuple

from sqlalchemy.engine import make_url

from tests.kit.courses import Assessments
from tests.kit.processes import Client, Service, UnansweredError
from tests.kit.writers import Companies, Editor, LossError, Writer, check_same, company

EDITORS = 3
# A kill comes after this many writes at most, and a little later, so that it comes amid others.
MOST_WRITES, MOST_SECONDS_LATER = 40, 0.02
WRITE_SECONDS = 60


class Kill(NamedTuple):
    """What a kill came to."""

    acknowledged: int
    done_unanswered: int
    seconds_to_start: float


class Trial:
    """A running service on a database of its own, which is killed while some write."""

    def __init__(self, service: Service, database_url: str, token: str, seed: int = 1) -> None:
        """Begin with an assessment whose participants have answered nothing."""
        self._service, self._database_url, self._token = service, database_url, token
        self._random = Random(seed)  # noqa: S311 -- the same kills each time
        with closing(Client(service.port, token)) as client:
            made = client.post("/assessments", {"company": company("Edited", 1), "status": "open"})
            participants = f"/assessments/{made['id']}/participants"
            added = [client.post(participants, {})["id"] for _ in range(EDITORS)]
        editors = [Editor(f"{participants}/{name}") for name in added]
        self._writers: list[Writer] = [
            Companies(),
            *editors,
            Assessments("Led by one"),
            Assessments("Led by another"),
        ]

    def kill_while_writing(self) -> Kill:
        """Let all write, kill the service, start it again, and look at what was acknowledged."""
        done = Semaphore(0)
        writes = self._random.randint(1, MOST_WRITES)
        with ThreadPoolExecutor(len(self._writers)) as pool:
            try:
                writing = [pool.submit(self._write, writer, done) for writer in self._writers]
                for _ in range(writes):
                    if not done.acquire(timeout=WRITE_SECONDS):
                        raise LossError("nothing is written any more")
                sleep(self._random.uniform(0, MOST_SECONDS_LATER))
            finally:
                self._service.kill()
        acknowledged = sum(each.result() for each in writing)
        seconds = self._service.start()
        with closing(Client(self._service.port, self._token)) as client:
            done_unanswered = sum(writer.check(client) for writer in self._writers)
        check_file(self._database_url)
        return Kill(acknowledged, done_unanswered, seconds)

    def check_all(self) -> None:
        """Look at everything that was ever acknowledged."""
        with closing(Client(self._service.port, self._token)) as client:
            for writer in self._writers:
                writer.check_all(client)
        check_same("what the service complains of", self._service.complaints(), [])

    def _write(self, writer: Writer, done: Semaphore) -> int:
        """Write until the service goes away; how often that was acknowledged."""
        acknowledged = 0
        with closing(Client(self._service.port, self._token)) as client:
            while True:
                try:
                    writer.write(client)
                except UnansweredError:
                    return acknowledged
                acknowledged += 1
                done.release()


def check_file(database_url: str) -> None:
    """Raises `LossError` where SQLite finds its file damaged; PostgreSQL is not what was killed."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or url.database is None:
        return
    with closing(sqlite3.connect(url.database)) as connection:
        check_same("integrity", connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        check_same("foreign keys", connection.execute("PRAGMA foreign_key_check").fetchall(), [])
