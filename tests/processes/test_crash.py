"""The service as a process that is killed, and that many use at once; on both databases."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http import HTTPStatus
from random import Random
from threading import Lock, Semaphore
from time import sleep
from typing import NamedTuple

import pytest

from tests.kit.databases import Templates
from tests.kit.effort import THOROUGH
from tests.kit.processes import Client, Reply, Service, key_to_new_workspace
from tests.kit.reading import Json
from tests.kit.trial import Trial
from tests.kit.writers import QUESTIONS

KILLS_OF_A_TRIAL = 10 if THOROUGH else 1
KEYS, DUPLICATES, KILLS_AMID_DUPLICATES = (200, 8, 3) if THOROUGH else (20, 8, 1)
EDITORS, EDITS = (8, 100) if THOROUGH else (8, 20)
MOST_SECONDS_TO_LOOK = 0.2
ASSESSMENTS, CLIENTS_OF_EACH, ROUNDS = 4, 8, (4 if THOROUGH else 1)


class Running(NamedTuple):
    """A running service, and what is needed to ask it."""

    service: Service
    database_url: str
    token: str

    def client(self) -> closing[Client]:
        """A connection of its own."""
        return closing(Client(self.service.port, self.token))

    def participants(self, number: int) -> list[str]:
        """That many new participants of an open assessment, as paths."""
        with self.client() as client:
            made = client.post("/assessments", {"company": {"name": "Officine Valle"}, "status": "open"})
            path = f"/assessments/{made['id']}/participants"
            return [f"{path}/{client.post(path, {})['id']}" for _ in range(number)]


@pytest.fixture(scope="module")
def process(
    backend: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, str]]:
    """A service and the address of its database; it has nothing to complain of, whatever happened."""
    folder = tmp_path_factory.mktemp("running")
    with (
        templates.copied(backend, folder) as database_url,
        Service(database_url, folder).running() as service,
    ):
        yield service, database_url
        assert service.complaints() == []


@pytest.fixture
def running(process: tuple[Service, str]) -> Running:
    """The service, with a workspace that nobody else uses."""
    return Running(*process, key_to_new_workspace(process[1]))


@pytest.mark.parametrize("seed", [1, 2] if THOROUGH else [1])
def test_kills_lose_nothing_that_was_acknowledged_and_leave_nothing_in_part(
    running: Running, seed: int
) -> None:
    trial = Trial(running.service, running.database_url, running.token, seed)
    kills = [trial.kill_while_writing() for _ in range(KILLS_OF_A_TRIAL)]
    trial.check_all()
    assert all(kill.acknowledged for kill in kills)


def test_duplicates_with_one_key_have_one_effect_and_one_answer_however_often_it_is_killed(
    running: Running,
) -> None:
    answered = Semaphore(0)
    numbers = [number for number in range(KEYS) for _ in range(DUPLICATES)]
    with ThreadPoolExecutor(2 * DUPLICATES) as pool:
        sending = [pool.submit(send_once, running, number, answered) for number in numbers]
        for _ in range(KILLS_AMID_DUPLICATES):
            for _ in range(len(numbers) // (KILLS_AMID_DUPLICATES + 1)):
                assert answered.acquire(timeout=60)
            running.service.kill()
            running.service.start()
    replies: dict[int, list[Reply]] = defaultdict(list)
    for number, each in zip(numbers, sending, strict=True):
        replies[number].append(each.result())
    for same in replies.values():
        assert {reply.status for reply in same} == {HTTPStatus.CREATED}
        assert len({reply.body for reply in same}) == 1
        assert sum(reply.headers["Idempotent-Replayed"] is None for reply in same) <= 1
    with running.client() as client:
        names = Counter(company["name"] for company in client.pages("/companies"))
        assert names == Counter(name_of(number) for number in range(KEYS))
        assessed = [assessment["company"] for assessment in client.pages("/assessments")]
    made = [replies[number][0].content["company"] for number in range(KEYS) if is_assessment(number)]
    assert sorted(assessed) == sorted(made)


def send_once(running: Running, number: int, answered: Semaphore) -> Reply:
    company = {"name": name_of(number)}
    given = {"answers": {"marketing.dialogue": "3"}}
    whole = {"company": company, "responses": [given, given], "submit": True, "incomplete": True}
    path, body = ("/assessments", whole) if is_assessment(number) else ("/companies", company)
    with running.client() as client:
        reply = client.ask_until_answered("POST", path, body, Idempotency_Key=f"key-{number}")
    answered.release()
    return reply


def name_of(number: int) -> str:
    return f"Company {number}"


def is_assessment(number: int) -> bool:
    return number % 10 == 0


class Refusal(NamedTuple):
    """What an editor was told whose revision was not the current one."""

    base: int
    current: int
    changed: set[str]


class Editing:
    """Several who change the answers of one participant, each with the revision last heard of."""

    def __init__(self, running: Running, participant: str) -> None:
        self._running, self._path = running, f"{participant}/answers"
        self._lock = Lock()
        self.done: dict[int, Json] = {}
        self.refusals: list[Refusal] = []

    def edit(self, editor: int) -> None:
        """Make all edits; whoever is refused has been overtaken, which the others' edits bound."""
        revision, made = 0, 0
        looking = Random(editor)  # noqa: S311 -- so that not all come back at once
        with self._running.client() as client:
            for _ in range(EDITORS * EDITS):
                places = (editor + made * 7) % len(QUESTIONS), (editor * 3 + made) % len(QUESTIONS)
                said = {"option": str(made % 6), "comment": f"Edit {made} of {editor}"}
                change = {QUESTIONS[place]: said for place in places}
                reply = client.ask("PATCH", self._path, {"answers": change}, If_Match=f'"{revision}"')
                if reply.status == HTTPStatus.OK:
                    revision, made = reply.content["revision"], made + 1
                    self._note(revision, change)
                else:
                    revision = self._overtaken(revision, reply)
                    sleep(looking.uniform(0, MOST_SECONDS_TO_LOOK))
                if made == EDITS:
                    return

    def _note(self, revision: int, change: Json) -> None:
        with self._lock:
            assert revision not in self.done
            self.done[revision] = change

    def _overtaken(self, base: int, reply: Reply) -> int:
        assert reply.status == HTTPStatus.PRECONDITION_FAILED, reply.body
        told = reply.content
        current = int(told["revision"])
        assert reply.headers["ETag"] == f'"{current}"'
        changed = {error["pointer"].removeprefix("/answers/") for error in told["errors"]}
        with self._lock:
            self.refusals.append(Refusal(base, current, changed))
        return current


def test_editors_at_once_overwrite_nothing_and_are_told_what_changed(running: Running) -> None:
    (participant,) = running.participants(1)
    editing = Editing(running, participant)
    with ThreadPoolExecutor(EDITORS) as pool:
        list(pool.map(editing.edit, range(EDITORS)))
    with running.client() as client:
        final = client.get(f"{participant}/answers")
    assert final["revision"] == len(editing.done) == EDITORS * EDITS
    document: Json = {}
    for _, change in sorted(editing.done.items()):
        document |= change
    assert final["answers"] == document
    assert editing.refusals
    for base, current, changed in editing.refusals:
        assert base < current
        assert changed == {name for number in range(base, current) for name in editing.done[number + 1]}


def test_many_clients_at_once_are_all_served(running: Running) -> None:
    participants = [running.participants(CLIENTS_OF_EACH) for _ in range(ASSESSMENTS)]
    clients = [path for each in participants for path in each]
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(partial(read_and_write, running), clients))
    with running.client() as client:
        for each in participants:
            assessment = assessment_of(each[0])
            counted = client.get(assessment)["participants"]
            assert counted == {"invited": len(each), "submitted": len(each), "answering": 0, "not_started": 0}
            results = [result["number"] for result in client.pages(f"{assessment}/results")]
            assert results == list(range(1, len(each) + 1))
        names = {company["name"] for company in client.pages("/companies")}
    assert names >= {company_of(path, number) for path in clients for number in range(ROUNDS)}


def read_and_write(running: Running, participant: str) -> None:
    """What one client does; any other answer than it should get is an error."""
    assessment = assessment_of(participant)
    with running.client() as client:
        for number in range(ROUNDS):
            client.post("/companies", {"name": company_of(participant, number)})
            change = {"answers": {QUESTIONS[number]: "3"}}
            client.patch(f"{participant}/answers", change, If_Match=f'"{number}"')
            client.get("/companies?limit=20")
            client.get(assessment)
            client.post(f"{participant}/submission", {"incomplete": True})
            client.get(f"{assessment}/profile")
            client.delete(f"{participant}/submission")
        client.post(f"{participant}/submission", {"incomplete": True})
        client.post(f"{assessment}/results", {})
        client.get(f"{assessment}/results/1")


def assessment_of(participant: str) -> str:
    return participant.partition("/participants")[0]


def company_of(participant: str, number: int) -> str:
    return f"Company {number} of {participant}"
