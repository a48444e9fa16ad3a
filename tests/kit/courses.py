"""Assessments that are led from their making to their end while the service is killed."""

from collections.abc import Sequence

from tests.kit.processes import Client
from tests.kit.writers import Json, check_same, company

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
