"""What may not be shown of an anonymous assessment changes no byte of what anybody else is answered (§8)."""

from itertools import combinations
from random import Random
from typing import NamedTuple

import httpx2
import pytest
from fastapi.testclient import TestClient

from scoring.respondents.responses import asked_of
from tests.kit.databases import BACKENDS
from tests.kit.effort import THOROUGH
from tests.kit.model import FORM, QUESTIONNAIRE, TIER, VALID
from tests.kit.portal import Portal, new_secret
from tests.kit.reading import Json
from tests.kit.twins import Telling, comparable

# Every two tellings of a setting are a pair: ten of each, 40 in the suite and 2,000 when it is thorough.
TELLINGS = 5
SETTINGS = 200 if THOROUGH else 4
FEW = 4
ROLES = (None, None, "cmo", "cio", "ceo", "consultant", "head_of_sales")
UNKNOWN = ("dont_know", None)


CHANGED: Json = {
    "changes": {
        "answers": {"sales.presence": "4"},
        "targets": {"marketing": 5},
        "weights": {"sales": 3},
        "level_rule": {"coverage_percent": 50},
    }
}
TRIED = "/profile/report?part=what_if&levels=sales.presence@4"
WISHES: Json = {"goal": {"budget": 0}, "alternatives": 0, "seconds": 10}


class Secret(NamedTuple):
    """What one person says, which nobody else may find out."""

    first: Json
    answers: Json
    self_rating: int | None
    hands_in: bool
    hesitates: bool


class Setting(NamedTuple):
    """What everybody may know.

    Of `shown` questions five people and more know the answer: `answers` of each to those are no secret, nor
    who hands in. Where there are no such questions fewer than five hand in, or the assessment stays open.
    """

    roles: tuple[str | None, ...]
    answers: tuple[Json, ...]
    shown: frozenset[str]
    ratings: tuple[int, ...]
    hand_in: tuple[bool, ...] | None
    about: Json
    is_at_once: bool
    is_closed: bool
    is_awaited: bool

    def secrets(self, random: Random) -> list[Secret]:
        """Something that they may say."""
        people = range(len(self.roles))
        submitted = self.hand_in or self._who_hands_in(random)
        said = [self._anything(random, person) for person in people]
        if self.hand_in:
            self._keep_to_few(random, said)
        rated = self._ratings(random)
        return [
            Secret(
                self._anything(random, person),
                said[person],
                rated[person],
                submitted[person],
                random.random() < 0.2,
            )
            for person in people
        ]

    def _who_hands_in(self, random: Random) -> tuple[bool, ...]:
        """Fewer than five with the one who always does; where it stays open, or at once, all or nobody."""
        people = len(self.roles)
        most = people if not self.is_closed else min(people, FEW - 1)
        if self.is_at_once:
            return (most == people and random.random() < 0.5,) * people
        chosen = random.sample(range(people), random.randint(0, most))
        return tuple(person in chosen for person in range(people))

    def _anything(self, random: Random, person: int) -> Json:
        asked = asked_of(QUESTIONNAIRE, FORM, self.roles[person], None, None)
        said = {name: random.choice([*VALID[name], None]) for name in VALID if name in asked}
        return {name: _commented(random, answer) for name, answer in said.items() if answer is not None}

    def _keep_to_few(self, random: Random, said: list[Json]) -> None:
        """Everybody's answers to what is shown, and of those who hand in at most four to anything else."""
        assert self.hand_in
        counted = [person for person, hands_in in enumerate(self.hand_in) if hands_in]
        for name in VALID:
            knowing = random.sample(counted, random.randint(0, min(FEW, len(counted))))
            for person in counted:
                if name in self.shown:
                    said[person].pop(name, None)
                elif person not in knowing and _is_known(said[person].get(name)):
                    del said[person][name]
                    if random.random() < 0.5:
                        said[person][name] = "dont_know"
        for person in counted:
            said[person] |= self.answers[person]

    def _ratings(self, random: Random) -> list[int | None]:
        people = len(self.roles)
        if self.ratings:
            return list(self.ratings)
        raters = random.sample(range(people), random.randint(0, min(FEW, people)))
        return [random.randint(1, 10) if person in raters else None for person in range(people)]


def setting_of(random: Random, seed: int) -> Setting:
    """Some people in an anonymous assessment, and what is no secret of it; all kinds in turn."""
    is_told, is_at_once = seed % 4 in {0, 3}, seed % 8 in {2, 3, 4, 5}
    roles = tuple(
        random.choice(ROLES) for _ in range(random.randint(5, 8) if is_told else random.randint(1, 6))
    )
    people = range(len(roles))
    hand_in = (
        tuple(person < 5 or is_at_once or random.random() < 0.5 for person in people) if is_told else None
    )
    answers: list[Json] = [{} for _ in people]
    shown = set()
    for name in VALID:
        chosen = [
            (person, random.choice(VALID[name]))
            for person in people
            if hand_in
            and hand_in[person]
            and name in asked_of(QUESTIONNAIRE, FORM, roles[person], None, None)
            and random.random() < 0.95
        ]
        if random.random() < 0.7 and sum(_is_known(answer) for _, answer in chosen) > FEW:
            shown.add(name)
            for person, answer in chosen:
                answers[person][name] = answer
    return Setting(
        roles,
        tuple(answers),
        frozenset(shown),
        tuple(random.randint(1, 10) for _ in people) if is_told and random.random() < 0.5 else (),
        hand_in,
        {
            "name": "Spring",
            "tier": TIER,
            "anonymous": True,
            "status": "open",
            "consolidation": random.choice(["median", "mean", "lowest"]),
        },
        is_at_once,
        is_told or random.random() < 0.6,
        random.random() < 0.5,
    )


def _is_known(answer: object) -> bool:
    return answer is not None and answer != "dont_know" and "not_applicable" not in str(answer)


def _commented(random: Random, answer: object) -> object:
    is_option = isinstance(answer, str) and answer != "dont_know"
    return {"option": answer, "comment": "Mine."} if is_option and random.random() < 0.2 else answer


class Story(Telling):
    """An anonymous assessment from its beginning to its results."""

    def __init__(self, client: TestClient, setting: Setting, people: list[Secret]) -> None:
        """Tell it to the end."""
        super().__init__(client)
        self.invitation: Portal | None = None
        self.admin.patch("/workspace", {"respondents_see_profile": True})
        self.company = self.admin.company()
        self.reader = self.admin.with_token(
            self.admin.post("/keys", {"name": "Reads", "scopes": ["read"]})["secret"]
        )
        self.about = setting.about | {"company": self.company}
        if setting.is_at_once:
            self.at_once(setting, people)
            self.begin()
            self.invite_others(setting)
        else:
            self.bit_by_bit(setting, people)
        self.look_while_open()
        if setting.is_closed:
            self.admin.patch(self.path, {"status": "closed"})
            self.begin()
            self.look_when_closed()

    def at_once(self, setting: Setting, people: list[Secret]) -> None:
        """All answers come in one call, handed in by all or by nobody."""
        self.begin()
        responses = [
            {"role": role, "answers": person.answers, "self_rating": person.self_rating}
            for role, person in zip(setting.roles, people, strict=True)
        ]
        how = {"submit": people[0].hands_in, "incomplete": True, "responses": responses}
        made = self.admin.post("/assessments", self.about | how)
        self.path = f"/assessments/{made['id']}"

    def bit_by_bit(self, setting: Setting, people: list[Secret]) -> None:
        """Everybody answers by link, and thinks again."""
        self.path = self.admin.assessment(**self.about)
        invited = [self.admin.invitee(self.path, role=role) for role in setting.roles]
        self.invitation = invited[0]
        owners = [self.claimed(invitee) for invitee in invited]
        self.invite_others(setting)
        self.begin()
        for owner, person in zip(owners, people, strict=True):
            if person.hesitates:
                owner.patch("/respondent/answers", {"answers": person.first}, If_Match='"0"')
                owner.post("/respondent/submission", {"incomplete": True})
                owner.delete("/respondent/submission", 200)
        self.begin()
        self.look_in_between()
        self.begin()
        for owner, person in zip(owners, people, strict=True):
            taken_back = dict.fromkeys(person.first) if person.hesitates else {}
            said = {"answers": taken_back | person.answers, "self_rating": person.self_rating}
            if person.answers or person.self_rating:
                owner.patch("/respondent/answers", said, If_Match=f'"{int(person.hesitates)}"')
            if person.hands_in:
                owner.post("/respondent/submission", {"incomplete": True})
        self.begin()

    def invite_others(self, setting: Setting) -> None:
        """One who hands in nothing but that, and perhaps one who has not come yet."""
        self.other = self.claimed(self.admin.invitee(self.path, role="ceo"))
        self.other.post("/respondent/submission", {"incomplete": True})
        self.awaited = self.admin.invitee(self.path, name="Ada") if setting.is_awaited else None

    @staticmethod
    def claimed(invitee: Portal) -> Portal:
        return invitee.with_token(invitee.post("/respondent/claim", {"secret": new_secret()})["token"])

    def key(self, method: str, path: str = "", body: object = None, **headers: str) -> httpx2.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("key", self.admin, method, self.path + path, body, headers=named)

    def look_in_between(self) -> None:
        """What changes with every answer, if anything does."""
        self.key("GET")
        self.key("GET", "/participants")
        self.list_all()

    def list_all(self) -> None:
        since = self.parts[-2].isoformat().replace("+00:00", "Z")
        for query in (f"changed_since={since}", "order=-changed", "status=open", "status=closed"):
            self.ask("reader", self.reader, "GET", f"/assessments?company={self.company}&{query}")

    def look_at_all(self) -> None:
        """What can be asked whatever the state is, also what is refused."""
        self.key("HEAD")
        self.key("GET")
        self.list_all()
        page = self.key("GET", "/participants?limit=2").json()
        self.key("GET", f"/participants?limit=2&cursor={page['next_cursor'] or ''}")
        for query in (
            "status=submitted",
            "status=not_started",
            "order=-changed",
            "order=name",
            "q=ad",
            "role=cmo",
        ):
            self.key("GET", f"/participants?{query}")
        self.key("GET", "/participants?changed_since=2026-01-01T00:00:00Z")
        self.key("POST", "/participants", {"participants": [{"name": "Eva"}, {"role": "king"}]})
        person = f"/participants/{page['data'][0]['id']}"
        self.key("GET", person)
        self.key("GET", f"{person}/answers")
        self.key("PUT", f"{person}/answers", {"answers": {}}, If_Match='"1"')
        self.key("PATCH", f"{person}/answers", {"answers": {"nowhere": "1"}}, If_Match='"0"')
        self.key("POST", f"{person}/submission", {})
        self.key("DELETE", f"{person}/submission")
        self.key("POST", f"{person}/invitation")
        self.key("PATCH", person, {"role": "practitioner"})
        self.key("PATCH", person, {"name": "Eva"})
        self.key("PATCH", "", {"name": "Autumn"}, If_Match='"9"')
        self.key("PATCH", "", {"status": "draft"})
        self.key("PATCH", "", {"scope": None})
        self.key("GET", "/results/2")
        for path in (f"/companies/{self.company}", "/companies?order=-changed", "/workspace", "/keys"):
            self.ask("reader", self.reader, "GET", path)
        self.ask("reader", self.reader, "POST", f"{self.path}/results", {})
        for who, portal in (("other", self.other), ("awaited", self.awaited), ("link", self.invitation)):
            if portal is not None:
                for path in ("", "/profile", "/profile/report", TRIED):
                    self.ask(who, portal, "GET", f"/respondent{path}")

    def look_while_open(self) -> None:
        self.look_at_all()
        for path in ("/profile", "/profile?include=trace", "/profile/report", "/results"):
            self.key("GET", path)
        self.key("POST", "/simulation", CHANGED)
        self.key("POST", "/plan", WISHES)
        self.key("POST", "/results", {"name": "First"})
        self.key(
            "PUT", "/consensus", {"sales.presence": {"option": "9", "rationale": "Agreed."}}, If_Match='"0"'
        )
        self.key("PUT", "/targets", {"sales": 4}, If_Match='"1"')
        self.key("POST", "/participants", {"participants": [{"name": "Eva"}, {"role": "practitioner"}]})
        self.key("GET", "/participants?order=-changed")

    def look_when_closed(self) -> None:
        profile = self.key("GET", "/profile?lang=it", Accept_Encoding="gzip")
        self.key("HEAD", "/profile?lang=it")
        self.key("GET", "/profile?lang=it", If_None_Match=profile.headers.get("etag", '""'))
        for path in ("/profile?include=trace", "/profile/report"):
            self.key("GET", path)
        for _ in range(2):
            self.key("POST", "/results", {"name": "First"}, Idempotency_Key="one")
        for path in ("/results", "/results/1", "/results/1/verification", "/results/1/report"):
            self.key("GET", path)
        self.look_ahead()
        self.look_at_all()

    def look_ahead(self) -> None:
        """Why it moved, what if, what next."""
        self.key("POST", "/results", {"name": "Second"})
        self.key("GET", "/results/1/comparison?with=2")
        self.key("GET", "/results/1/comparison?with=1")
        self.key("GET", f"/results/1/rescored?version={QUESTIONNAIRE.version}")
        for base in ("", "/results/1"):
            self.key("GET", f"{base}/outlook")
            self.key("POST", f"{base}/simulation", CHANGED)
            self.key("POST", f"{base}/simulation", {"changes": {"answers": {"sales.presence": "dont_know"}}})
        self.key("POST", "/results/1/plan", WISHES)
        self.ask("reader", self.reader, "GET", f"/companies/{self.company}/history")


@pytest.mark.parametrize(
    ("backend", "seed"),
    [(BACKENDS[seed % len(BACKENDS)], seed) for seed in range(SETTINGS)],
    indirect=["backend"],
    scope="session",
)
def test_what_fewer_than_five_say_or_hand_in_changes_no_answer(stored: TestClient, seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- the same settings each time
    setting = setting_of(random, seed)
    tellings = [Story(stored, setting, setting.secrets(random)) for _ in range(TELLINGS)]
    for one, other in combinations(comparable(tellings), 2):
        assert len(one) == len(other)
        for answer, same in zip(one, other, strict=True):
            assert answer == same
