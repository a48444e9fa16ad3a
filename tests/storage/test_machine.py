"""Two consultancies work at random, and the service shows what a plain model of their work says.

The model is dictionaries in memory: it knows no transactions, no revisions but counters, and no SQL. Of
every wrong move it says how it is refused. What is scored it scores with the library, from its own copy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson
from fastapi.testclient import TestClient
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
)
from hypothesis.strategies import SearchStrategy

from scoring import Consensus, Consolidation, Response, score_responses
from scoring.presentation import present
from scoring.responses import asked_of
from scoring.words import Words
from tests.app.reading import Json, problem_of
from tests.questionnaires.folders import QUESTIONNAIRES, load
from tests.storage.portal import Portal
from tests.strategies import exclusions, option_answers

TIER = "express"
QUESTIONNAIRE = load(QUESTIONNAIRES / "social-business" / "1.0.0")
FORM = QUESTIONNAIRE.form_of(TIER)
WORDS = Words(QUESTIONNAIRE, "en")
VALID = {q.id: ["dont_know", *option_answers(q), *exclusions(q)] for q in FORM.questions}

Answers = dict[str, Any]


# --- How a move is refused


class Refusal(NamedTuple):
    """A status and a code; what the problem points at, and the revision it names, where that is known."""

    status: int
    code: str
    pointers: AbstractSet[str] | None = None
    revision: int | None = None


Refusals = Iterable[Refusal]

MISSING = Refusal(404, "not_found")
INVALID = Refusal(422, "invalid_request")
ANONYMOUS = Refusal(403, "anonymous_assessment")
NOT_SHOWN = Refusal(403, "profile_not_shown")
UNKNOWN_TOKEN = Refusal(401, "unknown_token")
NO_REVISION = Refusal(428, "precondition_required")


def conflict(code: str) -> Refusal:
    return Refusal(409, code)


WRONG_STATUS = conflict("wrong_status")


# --- The model


@dataclass
class Company:
    about: Json
    revision: int = 0

    def shown(self) -> Json:
        nothing = dict.fromkeys(("industry", "country", "employees", "reference"))
        return nothing | self.about | {"revision": self.revision, "created_at": True}


@dataclass
class Participant:
    about: Json
    token: str | None = None
    answers: Answers = field(default_factory=dict)
    self_rating: int | None = None
    changed: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    submitted: bool = False
    history: list[Json] = field(default_factory=list)

    @property
    def status(self) -> str:
        if self.submitted:
            return "submitted"
        return "answering" if self.revision else "not_started"

    def response(self) -> Response:
        return Response(
            role=self.about["role"],
            functions=self.about["functions"],
            answers=self.answers,
            self_rating=self.self_rating,
            submitted=self.submitted,
        )

    def answer(self, answers: Answers, self_rating: int | None) -> None:
        self.revision += 1
        different = {n for n in self.answers | answers if self.answers.get(n) != answers.get(n)}
        if self_rating != self.self_rating:
            different.add("self_rating")
        self.changed |= dict.fromkeys(different, self.revision)
        self.answers, self.self_rating = answers, self_rating

    def record(self, kind: str, by: str, *, incomplete: bool = False) -> None:
        self.submitted = kind == "submitted"
        entry = {"kind": kind, "by": by, "revision": self.revision, "incomplete": incomplete, "at": True}
        self.history.append(entry)

    def changed_since(self, revision: int) -> set[str]:
        names = {name for name, number in self.changed.items() if number > revision}
        return {f"/{name}" if name == "self_rating" else f"/answers/{name}" for name in names}


@dataclass
class Assessment:
    about: Json
    status: str = "draft"
    revision: int = 0
    participants: dict[str, Participant] = field(default_factory=dict)
    results: list[Json] = field(default_factory=list)

    @property
    def anonymous(self) -> bool:
        return bool(self.about["anonymous"])

    @property
    def submitted(self) -> list[Participant]:
        return [participant for participant in self.participants.values() if participant.submitted]

    def asked(self, participant: Participant) -> AbstractSet[str]:
        about = participant.about
        return asked_of(QUESTIONNAIRE, FORM, about["role"], about["functions"], self.about["scope"])

    def open_questions(self, participant: Participant) -> AbstractSet[str]:
        return self.asked(participant) - participant.answers.keys()

    def fits(self, participant: Participant, answers: Answers) -> bool:
        asked = self.asked(participant)
        return all(name in asked and value in VALID[name] for name, value in answers.items())

    def settles(self, consensus: Json) -> bool:
        inside = FORM.within(self.about["scope"])
        return all(name in inside and said["option"] in VALID[name] for name, said in consensus.items())

    # What is shown

    def shown(self) -> Json:
        opened, closed = self.status != "draft", self.status == "closed"
        reference = {"id": QUESTIONNAIRE.id, "version": "1.0.0", "digest": QUESTIONNAIRE.digest}
        return self.about | {
            "status": self.status,
            "questionnaire": reference,
            "participants": self._participation(),
            "revision": self.revision,
            "created_at": True,
            "opened_at": opened,
            "closed_at": closed,
        }

    def _participation(self) -> Json:
        how_far = [participant.status for participant in self.participants.values()]
        counts = {status: how_far.count(status) for status in ("submitted", "answering", "not_started")}
        is_hidden = self.anonymous and not all(is_enough(count) for count in counts.values())
        return {"invited": len(how_far)} | (dict.fromkeys(counts) if is_hidden else counts)

    def participant_shown(self, name: str) -> Json:
        participant = self.participants[name]
        invitation = {"created_at": True, "expires_at": True} if participant.token else None
        state: Json = dict.fromkeys(("status", "progress", "revision", "history"))
        if not self.anonymous:
            state = {
                "status": participant.status,
                "progress": self.progress(participant),
                "revision": participant.revision,
                "history": participant.history,
            }
        return (
            participant.about
            | state
            | {
                "id": name,
                "language": participant.about["language"] or self.about["language"],
                "submitted_at": participant.submitted and not self.anonymous,
                "invitation": invitation,
                "created_at": True,
            }
        )

    def answers_shown(self, participant: Participant) -> Json:
        return {
            "revision": participant.revision,
            "answers": participant.answers,
            "self_rating": participant.self_rating,
            "progress": self.progress(participant),
            "submitted_at": participant.submitted,
        }

    def progress(self, participant: Participant) -> Json:
        asked, answered = self.asked(participant), participant.answers.keys()
        by_function = [(function.id, asked & set(function.question_ids)) for function in FORM.functions]
        functions = [
            {"id": name, "asked": len(names), "answered": len(names & answered)}
            for name, names in by_function
            if names
        ]
        return {"asked": len(asked), "answered": len(asked & answered), "functions": functions}

    def profile(self, counted: Iterable[Participant]) -> Json:
        about = self.about
        consensus = {name: Consensus.model_validate(said) for name, said in about["consensus"].items()}
        scope = about["scope"] and tuple(about["scope"])
        profile = score_responses(
            QUESTIONNAIRE,
            [participant.response() for participant in counted],
            Consolidation(about["consolidation"], consensus, self.anonymous, scope),
            tier=TIER,
            targets=about["targets"],
        )
        return as_json(present(profile, WORDS))

    def live_profile(self) -> Json:
        return self.profile(self.submitted if self.status == "closed" else self.participants.values())

    def result(self, name: str, by: str) -> Json:
        done, missing = len(self.submitted), len(self.participants) - len(self.submitted)
        is_shown = not self.anonymous or (is_enough(done) and is_enough(missing))
        names = [
            {"id": name, "role": participant.about["role"]}
            for name, participant in self.participants.items()
            if not participant.submitted
        ]
        profile = self.profile(self.submitted)
        return {
            "number": len(self.results) + 1,
            "name": name,
            "created_at": True,
            "created_by": by,
            "verdict": profile["verdict"]["status"],
            "overall": profile["overall"]["score"],
            "digests": profile["digests"],
            "assessment": self.about["id"],
            "participants": {
                "invited": len(self.participants),
                "submitted": done if is_shown else None,
                "missing": None if self.anonymous else names,
            },
            "profile": profile,
        }

    # What is refused

    def refuse_change(self, tag: str | None, change: Json) -> Iterator[Refusal]:
        yield from refuse_stale(tag, self.revision)
        settled = {"draft": set(), "open": {"scope"}}.get(self.status, {"scope", "consolidation", "due_date"})
        if settled & change.keys():
            yield WRONG_STATUS
        if "scope" in change and not replaced(self, change).settles(self.about["consensus"]):
            yield INVALID
        order = ("draft", "open", "closed")
        if "status" in change and order.index(change["status"]) - order.index(self.status) not in {0, 1}:
            yield WRONG_STATUS

    def refuse_setting(self, tag: str | None, *, fits: bool) -> Iterator[Refusal]:
        yield from refuse_stale(tag, self.revision)
        yield from self.refuse_closed()
        if not fits:
            yield INVALID

    def refuse_closed(self) -> Iterator[Refusal]:
        if self.status == "closed":
            yield WRONG_STATUS

    def refuse_profile(self) -> Iterator[Refusal]:
        if self.status == "draft":
            yield WRONG_STATUS
        if self.anonymous and self.status != "closed":
            yield conflict("not_closed")

    def refuse_result(self) -> Iterator[Refusal]:
        yield from self.refuse_profile()
        if not self.submitted:
            yield conflict("nothing_submitted")

    def refuse_key(self) -> Iterator[Refusal]:
        """The answers of an anonymous assessment are the respondents' own."""
        if self.anonymous:
            yield ANONYMOUS

    def refuse_answers(
        self, participant: Participant, tag: str | None, answers: Answers
    ) -> Iterator[Refusal]:
        if self.status != "open":
            yield conflict("not_open")
        if participant.submitted:
            yield conflict("submitted")
        if tag is None:
            yield NO_REVISION
        yield from refuse_stale(tag, participant.revision, participant.changed_since)
        if not self.fits(participant, answers):
            yield INVALID

    def refuse_submission(self, participant: Participant, *, incomplete: bool) -> Iterator[Refusal]:
        if self.status != "open":
            yield conflict("not_open")
        if participant.submitted:
            yield conflict("submitted")
        missing = self.open_questions(participant)
        if missing and not incomplete:
            yield Refusal(422, "incomplete", {f"/answers/{name}" for name in missing})

    def refuse_reopening(self, participant: Participant) -> Iterator[Refusal]:
        if self.status != "open":
            yield conflict("not_open")
        if not participant.submitted:
            yield conflict("not_submitted")

    def refuse_participant_change(self, participant: Participant, change: Json) -> Iterator[Refusal]:
        if self.status == "closed" and change.keys() - {"name", "email"}:
            yield WRONG_STATUS
        asked = change.keys() & {"role", "functions"}
        if participant.revision and any(participant.about[name] != change[name] for name in asked):
            yield conflict("already_answering")


@dataclass
class Consultancy:
    """A workspace: what asks for it, and all that it has."""

    portal: Portal
    key: str
    shows_profile: bool = False
    companies: dict[str, Company] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    dead_tokens: list[str] = field(default_factory=list)

    def erase_assessment(self, name: str) -> None:
        erased = self.assessments.pop(name)
        for participant in erased.participants.values():
            self.bury(participant)

    def bury(self, participant: Participant) -> None:
        """The link of a participant opens nothing any more."""
        if participant.token is not None:
            self.dead_tokens.append(participant.token)
        participant.token = None


def is_enough(people: int) -> bool:
    return people == 0 or people >= 5


def replaced(assessment: Assessment, change: Json) -> Assessment:
    return Assessment(assessment.about | change)


def refuse_stale(
    tag: str | None, revision: int, changed_since: Callable[[int], set[str]] = lambda _: set()
) -> Iterator[Refusal]:
    if tag not in {None, "*", f'"{revision}"'}:
        pointers = changed_since(int(str(tag).strip('"')))
        yield Refusal(412, "stale", pointers, revision)


def as_json(value: object) -> Json:
    plain: Json = orjson.loads(orjson.dumps(value))
    return plain


def timeless(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """The same, where moments only are there or are not."""
    if isinstance(value, Mapping):
        return {
            name: part is not None if name == "at" or name.endswith("_at") else timeless(part)
            for name, part in value.items()
        }
    return [timeless(part) for part in value] if isinstance(value, list) else value


# --- What is tried


class Ref(NamedTuple):
    """Something of one of the consultancies, which may have been erased since."""

    home: int
    id: str
    participant: str = ""


HOMES = st.integers(0, 1)
# Who asks: mostly the consultancy whose it is, at times the other one.
STRAYS = st.integers(0, 9).map(lambda number: number // 9)
TAGS = st.sampled_from([*4 * ["current"], "stale", "any", None])
NAMES = st.sampled_from(["Officine Valle", "Cantine Alte", "Nordlicht"])
ROLES = st.sampled_from([None, None, "cmo", "cio", "practitioner"])
FUNCTIONS = st.sampled_from([None, None, None, ["sales"], ["marketing", "collaboration"]])
SCOPES = st.sampled_from([None, None, None, ["marketing", "sales"], ["service", "collaboration"]])
QUESTIONS = st.sampled_from([question.id for question in FORM.questions])


def all_answers(seed: int) -> Answers:
    return {name: valid[seed * (1 + n) % len(valid)] for n, (name, valid) in enumerate(VALID.items())}


SOME_ANSWERS = st.lists(QUESTIONS, unique=True, max_size=5).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(VALID[name]) for name in names})
)
ALL_ANSWERS = st.integers(0, 30).map(all_answers)
# Beside answers to what is asked: a question that is not, or not always, and answers that are none.
FAULTS: list[Answers] = [
    {"nowhere": "1"},
    {"collaboration.trend": "improved"},
    {"sales.presence": "9"},
    {"marketing.dialogue": {"option": "1", "mood": "good"}},
]
FAULTY = st.sampled_from([*8 * [Answers()], *FAULTS])
RATINGS = st.sampled_from(["absent", "absent", 6, 9, None])

COMPANIES: SearchStrategy[Json] = st.fixed_dictionaries(
    {"name": NAMES}, optional={"country": st.just("IT"), "employees": st.integers(0, 10_000_000)}
)
PARTICIPANTS: SearchStrategy[Json] = st.fixed_dictionaries(
    {"role": st.one_of(ROLES, ROLES, st.just("juggler")), "functions": FUNCTIONS},
    optional={"name": st.just("Ada"), "language": st.sampled_from(["en", "it"])},
)
RESPONSES: SearchStrategy[list[Json]] = st.lists(
    st.fixed_dictionaries({"role": ROLES, "answers": ALL_ANSWERS | SOME_ANSWERS}), max_size=7
)
TARGETS = st.sampled_from([{}, {"marketing": 5}, {"sales.crm_link": 3}, {"nowhere": 1}, {"sales": 9}])
CONSENSUS = st.dictionaries(
    QUESTIONS | st.just("nowhere"),
    st.fixed_dictionaries({"option": st.sampled_from(["2", "5"]), "rationale": st.just("Settled.")}),
    max_size=2,
)
ASSESSMENTS: SearchStrategy[Json] = st.fixed_dictionaries(
    {
        "anonymous": st.booleans(),
        "scope": SCOPES,
        "status": st.sampled_from(["draft", "open", "open"]),
        "consolidation": st.sampled_from(["median", "mean", "lowest"]),
    }
)
CHANGES: SearchStrategy[Json] = st.sampled_from(
    [
        {"name": "Again"},
        {"consolidation": "lowest"},
        {"due_date": "2027-01-31"},
        {"scope": ["marketing", "sales"]},
        {"scope": None},
    ]
)
MOVES: SearchStrategy[Json] = st.sampled_from(
    [
        *3 * [{"status": "open"}],
        *3 * [{"status": "closed"}],
        {"status": "draft"},
        {"status": "open", "name": "Opened"},
    ]
)


def tag_of(kind: str | None, revision: int) -> str | None:
    tags = {"current": f'"{revision}"', "stale": f'"{revision - 1 if revision else 7}"', "any": "*"}
    return None if kind is None else tags[kind]


class Consultancies(RuleBasedStateMachine):
    """All that two consultancies and their respondents can do, in any order."""

    client: TestClient

    companies: Bundle[Ref] = Bundle("companies")
    assessments: Bundle[Ref] = Bundle("assessments")
    participants: Bundle[Ref] = Bundle("participants")

    def __init__(self) -> None:
        super().__init__()
        portals = [Portal.new(self.client, name) for name in ("Rossi Consulting", "Bianchi Partners")]
        self.both = [Consultancy(portal, portal.get("/keys")["data"][0]["id"]) for portal in portals]

    # Asking

    def ask(  # noqa: PLR0913 -- as many as a request has parts
        self,
        portal: Portal,
        method: str,
        path: str,
        refusals: Refusals = (),
        body: object = None,
        tag: str | None = None,
    ) -> Any:  # noqa: ANN401 -- any JSON value
        """What the service says, or `None` where it refuses; both as the model says."""
        expected = next(iter(refusals), None)
        response = portal.ask(method, path, body, {} if tag is None else {"If-Match": tag})
        if expected is None:
            assert response.is_success, response.text
            return response.json() if response.content else {}
        problem = problem_of(response, expected.status)
        assert problem.code == expected.code
        assert problem.revision == expected.revision
        if expected.pointers is not None:
            assert {fault.pointer for fault in problem.errors} == expected.pointers
        return None

    def asker(self, ref: Ref, stray: int) -> Consultancy:
        return self.both[(ref.home + stray) % 2]

    def ask_about(  # noqa: PLR0913 -- the same
        self,
        asker: Consultancy,
        ref: Ref,
        method: str,
        part: str,
        refuse: Callable[[Assessment], Refusals],
        body: object = None,
        tag: str | None = None,
    ) -> tuple[Assessment, Any] | None:
        """The same about an assessment, which there may not be, or not for this asker."""
        assessment = asker.assessments.get(ref.id)
        refusals = [MISSING] if assessment is None else refuse(assessment)
        said = self.ask(asker.portal, method, f"/assessments/{ref.id}{part}", refusals, body, tag)
        return None if said is None or assessment is None else (assessment, said)

    def ask_about_participant(  # noqa: PLR0913 -- the same
        self,
        asker: Consultancy,
        ref: Ref,
        method: str,
        part: str,
        refuse: Callable[[Assessment, Participant], Refusals],
        body: object = None,
        tag: str | None = None,
    ) -> tuple[Assessment, Participant, Any] | None:
        """The same about a participant."""

        def refuse_both(assessment: Assessment) -> Refusals:
            participant = assessment.participants.get(ref.participant)
            return [MISSING] if participant is None else refuse(assessment, participant)

        path = f"/participants/{ref.participant}{part}"
        done = self.ask_about(asker, ref, method, path, refuse_both, body, tag)
        return done and (done[0], done[0].participants[ref.participant], done[1])

    def revision_of(self, asker: Consultancy, ref: Ref) -> int:
        """Of a participant's answers where one is named, else of the assessment."""
        assessment = asker.assessments.get(ref.id)
        if assessment is None or not ref.participant:
            return 0 if assessment is None else assessment.revision
        participant = assessment.participants.get(ref.participant)
        return 0 if participant is None else participant.revision

    # Companies and the workspace

    @initialize(target=companies)
    def begin(self) -> MultipleResults[Ref]:
        return multiple(
            self.add_company_of(0, {"name": "Rossi"}), self.add_company_of(1, {"name": "Bianchi"})
        )

    @rule(target=companies, home=HOMES, given=COMPANIES)
    def add_company(self, home: int, given: Json) -> Ref:
        return self.add_company_of(home, given)

    def add_company_of(self, home: int, given: Json) -> Ref:
        consultancy = self.both[home]
        added = self.ask(consultancy.portal, "POST", "/companies", (), given)
        company = consultancy.companies[added["id"]] = Company(given | {"id": added["id"]})
        assert timeless(added) == company.shown()
        return Ref(home, added["id"])

    @rule(ref=companies, stray=STRAYS, change=COMPANIES, kind=TAGS)
    def change_company(self, ref: Ref, stray: int, change: Json, kind: str | None) -> None:
        asker = self.asker(ref, stray)
        company = asker.companies.get(ref.id)
        tag = tag_of(kind, 0 if company is None else company.revision)
        refusals = [MISSING] if company is None else refuse_stale(tag, company.revision)
        said = self.ask(asker.portal, "PATCH", f"/companies/{ref.id}", refusals, change, tag)
        if said is not None and company is not None:
            company.about |= change
            company.revision += 1
            assert timeless(said) == company.shown()

    @rule(ref=companies, stray=STRAYS, is_meant=st.integers(0, 3))
    def erase_company(self, ref: Ref, stray: int, is_meant: int) -> None:
        asker = self.asker(ref, stray)
        if is_meant and ref.id in asker.companies:  # or there would soon be nothing to work on
            return
        refusals = [] if ref.id in asker.companies else [MISSING]
        if self.ask(asker.portal, "DELETE", f"/companies/{ref.id}", refusals) is not None:
            del asker.companies[ref.id]
            for name in [n for n, a in asker.assessments.items() if a.about["company"] == ref.id]:
                asker.erase_assessment(name)

    @rule(home=HOMES, shows=st.booleans())
    def show_profiles_to_respondents(self, home: int, shows: bool) -> None:  # noqa: FBT001 -- it is drawn
        consultancy = self.both[home]
        body = {"respondents_see_profile": shows}
        assert self.ask(consultancy.portal, "PATCH", "/workspace", (), body)["name"]
        consultancy.shows_profile = shows

    # Assessments

    @rule(target=assessments, ref=companies, stray=STRAYS, given=ASSESSMENTS)
    def add_assessment(self, ref: Ref, stray: int, given: Json) -> Ref | MultipleResults[Ref]:
        return self.add_assessment_of(ref, stray, given, []) or multiple()

    @rule(
        target=assessments,
        ref=companies,
        given=ASSESSMENTS,
        responses=RESPONSES,
        how=st.fixed_dictionaries({"submit": st.booleans(), "incomplete": st.booleans()}),
    )
    def add_assessment_with_responses(
        self, ref: Ref, given: Json, responses: list[Json], how: Json
    ) -> Ref | MultipleResults[Ref]:
        return self.add_assessment_of(ref, 0, given | how, responses) or multiple()

    def add_assessment_of(self, ref: Ref, stray: int, given: Json, responses: list[Json]) -> Ref | None:
        asker = self.asker(ref, stray)
        assessment = self.planned(ref.id, given, responses)
        body = given | {"company": ref.id, "name": "Spring", "tier": TIER}
        body |= {
            "responses": [
                {"role": p.about["role"], "answers": p.answers} for p in assessment.participants.values()
            ]
        }
        submit, incomplete = given.get("submit", False), given.get("incomplete", False)
        refusals = self.refuse_planned(asker, assessment, submit=submit, incomplete=incomplete)
        said = self.ask(asker.portal, "POST", "/assessments", refusals, body)
        if said is None:
            return None
        if submit:
            for name, participant in zip(said["responses"], assessment.participants.values(), strict=True):
                missing = bool(assessment.open_questions(participant))
                participant.record("submitted", asker.key, incomplete=missing)
        assessment.about["id"] = said["id"]
        named = zip(said.pop("responses"), assessment.participants.values(), strict=True)
        assessment.participants = dict(named)
        profile = said.pop("profile")
        is_shown = submit and not [*assessment.refuse_profile()]
        assert profile == (assessment.live_profile() if is_shown else None)
        assert timeless(said) == assessment.shown()
        asker.assessments[said["id"]] = assessment
        return Ref(asker_home(self.both, asker), said["id"])
