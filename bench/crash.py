"""kill -9 of the service while it writes: nothing that it acknowledged is lost, nothing is half written.

`python -m bench.crash` kills it 200 times on each database; the suite does so fewer times with the same
writers (tests/storage/test_crash.py). After each kill it is started again, and what was acknowledged since
the kill before is read back; at the end everything is.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from threading import Semaphore
from time import sleep
from typing import Any, NamedTuple, Protocol

from rich.progress import track
from sqlalchemy.engine import make_url

from app.scores.example import ANSWERS
from tests.databases import BACKENDS, new_database, postgres_server
from tests.storage.processes import Client, Service, UnansweredError, UnexpectedAnswerError, prepare

KILLS = 200
MOST_SECONDS_TO_START = 5
EDITORS = 3
# A kill comes after this many writes at most, and a little later, so that it comes amid others.
MOST_WRITES, MOST_SECONDS_LATER = 40, 0.02
WRITE_SECONDS = 60

QUESTIONS = [name for name, answer in ANSWERS.items() if isinstance(answer, str) and answer.isdigit()]
CHANGED_AT_ONCE, OPTIONS = 5, 6

# What happens to each assessment that is made in one call, and to which of its two participants.
PLAN = (
    ("submitted", 0),  # the first two with the call
    ("submitted", 1),
    ("reopened", 0),
    ("submitted", 0),
    ("kept", None),
    ("reopened", 1),
    ("submitted", 1),
    ("closed", None),
    ("kept", None),
)
GIVEN = ({"marketing.dialogue": "4", "sales.presence": "2"}, {"marketing.dialogue": "1"})
DONE_WITH_THE_CALL = 2

Json = dict[str, Any]


class LossError(Exception):
    """Something that was acknowledged is not there, or something is there in part."""


def check_same(what: str, found: object, *expected: object) -> None:
    """Raises `LossError` for what is none of the things that it may be."""
    if found not in expected:
        message = f"{what}: {found!r} instead of {' or '.join(map(repr, expected))}"
        raise LossError(message)


class Writer(Protocol):
    """Writes one thing after another and remembers what was acknowledged."""

    def write(self, client: Client) -> None:
        """Write once more; raises `UnansweredError`."""
        ...

    def check(self, client: Client) -> int:
        """Look at what was acknowledged since the last look; how many writes were done without an answer.

        Raises `LossError`, and `UnexpectedAnswerError` where something is gone.
        """
        ...

    def check_all(self, client: Client) -> None:
        """Look at everything; raises the same."""
        ...


class Companies:
    """Adds companies."""

    def __init__(self) -> None:
        """Start with none."""
        self._sent, self._looked_at = 0, 0
        self._kept: list[Json] = []

    def write(self, client: Client) -> None:
        """Add another one."""
        self._sent += 1
        self._kept.append(client.post("/companies", company("Alone", self._sent)))

    def check(self, client: Client) -> int:
        """Read each new one; those without an answer have no id to be found by until the end."""
        for kept in self._kept[self._looked_at :]:
            check_same(kept["id"], client.get(f"/companies/{kept['id']}"), kept)
        self._looked_at = len(self._kept)
        return 0

    def check_all(self, client: Client) -> None:
        """All are in the list, and nobody's company stands there twice or in part."""
        listed = {found["id"]: found for found in client.pages("/companies")}
        for kept in self._kept:
            check_same(kept["id"], listed.get(kept["id"]), kept)
        for name, times in Counter(found["name"] for found in listed.values()).items():
            check_same(f"companies named {name}", times, 1)
        for found in listed.values():
            kind, _, number = found["name"].rpartition(" ")
            given = company(kind, int(number))
            check_same(found["id"], {name: found[name] for name in given}, given)


def company(kind: str, number: int) -> Json:
    """A company whose name says what else is known of it."""
    return {
        "name": f"{kind} {number}",
        "industry": f"Industry {number}",
        "country": "IT",
        "employees": number,
        "reference": f"{kind}-{number}",
    }


class Editor:
    """Changes some answers of a participant at a time; a revision's number says what stands in it."""

    def __init__(self, participant: str) -> None:
        """Edit the answers of somebody who has answered nothing."""
        self._path = f"{participant}/answers"
        self._revision = 0
        self._answers: Json = {}

    def write(self, client: Client) -> None:
        """Make the next revision."""
        body = {"answers": self._next_change()}
        client.patch(self._path, body, If_Match=f'"{self._revision}"')
        self._go_on()

    def check(self, client: Client) -> int:
        """The acknowledged revision is there or the one that was on its way, and no mixture."""
        found = client.get(self._path)
        more = found["revision"] - self._revision
        check_same(f"revisions of {self._path} beyond the acknowledged", more, 0, 1)
        if more:
            self._go_on()
        check_same(f"{self._path} in revision {self._revision}", found["answers"], self._answers)
        return int(more)

    def check_all(self, client: Client) -> None:
        """The same."""
        self.check(client)

    def _go_on(self) -> None:
        after = self._answers | self._next_change()
        self._answers = {name: answer for name, answer in after.items() if answer is not None}
        self._revision += 1

    def _next_change(self) -> Json:
        number = self._revision + 1
        places = [(number * CHANGED_AT_ONCE + place) % len(QUESTIONS) for place in range(CHANGED_AT_ONCE)]
        said = {"option": str(number % OPTIONS), "comment": f"Revision {number}"}
        taken_back = QUESTIONS[places[0]]
        return {QUESTIONS[place]: said for place in places} | {taken_back: None}


class Course:
    """An assessment, and how far it has come along `PLAN`."""

    def __init__(self, made: Json) -> None:
        """It has just been made."""
        self._path = f"/assessments/{made['id']}"
        self._participants = [f"{self._path}/participants/{name}" for name in made["responses"]]
        self._company = made["company"]
        self._done = DONE_WITH_THE_CALL
        self._kept: list[Json] = []

    @property
    def is_finished(self) -> bool:
        """Whether there is no next step."""
        return self._done == len(PLAN)

    def go_on(self, client: Client) -> None:
        """Take the next step."""
        kind, who = PLAN[self._done]
        if kind == "kept":
            result = client.post(f"{self._path}/results", {"name": f"After {self._done}"}, **self._key())
            self._kept.append(result)
        elif kind == "closed":
            client.patch(self._path, {"status": "closed"})
        elif kind == "submitted":
            client.post(f"{self._participants[who or 0]}/submission", {"incomplete": True}, **self._key())
        else:
            client.delete(f"{self._participants[who or 0]}/submission")
        self._done += 1

    def _key(self) -> dict[str, str]:
        return {"Idempotency_Key": f"{self._path}/{self._done}"}

    def check(self, client: Client) -> int:
        """It is where it was, or a whole step further."""
        found = self._read(client)
        further = PLAN[: self._done + 1]
        check_same(self._path, found, state(PLAN[: self._done]), state(further))
        is_further = found == state(further) and not self.is_finished
        self._check_results(client)
        self._done += is_further
        return int(is_further)

    def _read(self, client: Client) -> Json:
        assessment = client.get(self._path)
        participants = [client.get(path) for path in self._participants]
        return {
            "company": client.get(f"/companies/{self._company}")["id"] == assessment["company"],
            "status": assessment["status"],
            "counted": assessment["participants"],
            "participants": [participant["status"] for participant in participants],
            "histories": [[event["kind"] for event in p["history"]] for p in participants],
            "answers": [client.get(f"{path}/answers")["answers"] for path in self._participants],
            "results": [result["name"] for result in client.get(f"{self._path}/results")["data"]],
        }

    def _check_results(self, client: Client) -> None:
        for kept in self._kept:
            path = f"{self._path}/results/{kept['number']}"
            check_same(path, client.get(path), kept)
            check_same(f"{path}/verification", client.get(f"{path}/verification")["differences"], [])


def state(done: Sequence[tuple[str, int | None]]) -> Json:
    """What is found of an assessment that these steps have been taken with."""
    histories = [[kind for kind, place in done if place == who] for who in range(len(GIVEN))]
    submitted = [history[-1] == "submitted" for history in histories]
    return {
        "company": True,
        "status": "closed" if ("closed", None) in done else "open",
        "counted": {
            "invited": len(GIVEN),
            "submitted": sum(submitted),
            "answering": len(GIVEN) - sum(submitted),
            "not_started": 0,
        },
        "participants": ["submitted" if is_in else "answering" for is_in in submitted],
        "histories": histories,
        "answers": list(GIVEN),
        "results": [f"After {place}" for place, (kind, _) in enumerate(done) if kind == "kept"],
    }


class Assessments:
    """Makes assessments in one call each and leads each along `PLAN`."""

    def __init__(self, name: str) -> None:
        """Start with none; `name` tells its companies from others'."""
        self._name = name
        self._made: list[Course] = []

    def write(self, client: Client) -> None:
        """Take the next step with the latest, or make another; an unanswered call is made again."""
        if self._made and not self._made[-1].is_finished:
            self._made[-1].go_on(client)
            return
        number = len(self._made) + 1
        body = {
            "company": company(self._name, number),
            "responses": [{"answers": answers} for answers in GIVEN],
            "submit": True,
            "incomplete": True,
        }
        key = f"{self._name}-{number}".replace(" ", "-")
        self._made.append(Course(client.post("/assessments", body, Idempotency_Key=key)))

    def check(self, client: Client) -> int:
        """Read the latest; those before it change no more."""
        return sum(course.check(client) for course in self._made[-1:])

    def check_all(self, client: Client) -> None:
        """Read all; there are no others."""
        for course in self._made:
            course.check(client)


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


def report(backend: str, kills: list[Kill]) -> None:
    """Print what was done, and stop where a start took too long."""
    starts = [kill.seconds_to_start for kill in kills]
    print(
        f"{backend}: {len(kills)} kills amid {sum(kill.acknowledged for kill in kills)} acknowledged writes, "
        f"all there; {sum(kill.done_unanswered for kill in kills)} more were done without an answer.\n"
        f"Started again in {statistics.median(starts):.1f} s, at most {max(starts):.1f} s."
    )
    if max(starts) > MOST_SECONDS_TO_START:
        sys.exit(f"a start took more than {MOST_SECONDS_TO_START} s")


def try_on(backend: str, server: str, kills: int) -> None:
    """Kill the service so often on a database of this kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database_url = stack.enter_context(new_database(backend, folder, server))
        token = prepare(database_url)
        service = stack.enter_context(Service(database_url, folder).running())
        trial = Trial(service, database_url, token)
        done = [trial.kill_while_writing() for _ in track(range(kills), description=f"{backend:10}")]
        trial.check_all()
    report(backend, done)


def main() -> None:
    """Kill it on both databases; exits with 1 on any loss."""
    parser = argparse.ArgumentParser(description="kill -9 of the service while it writes")
    parser.add_argument("--kills", type=int, default=KILLS, help="on each database")
    kills = parser.parse_args().kills
    with postgres_server() as server:
        for backend in BACKENDS:
            try:
                try_on(backend, server, kills)
            except (LossError, UnexpectedAnswerError) as error:
                sys.exit(f"{backend}: {error}")


if __name__ == "__main__":
    main()
