"""Those who write to the service while it is killed, and remember what it acknowledged."""

from collections import Counter
from typing import Any, Protocol

from app.scores.example import ANSWERS
from tests.kit.processes import Client

QUESTIONS = [name for name, answer in ANSWERS.items() if isinstance(answer, str) and answer.isdigit()]
CHANGED_AT_ONCE, OPTIONS = 5, 6

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
