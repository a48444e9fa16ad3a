"""What a consultancy has, as a plain model: dictionaries and counters in memory, without transactions or SQL.

Every `refuse…` gives the refusals of a move in the order in which they count; the first is the answer. What
is scored is scored by the library, from the model's own copy of the answers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import orjson

from scoring import Consensus, Consolidation, Response, score_responses
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from scoring.request import read, score_request
from scoring.respondents.responses import asked_of
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.portal import Portal
from tests.kit.reading import Json
from tests.kit.strategies import exclusions, option_answers

TIER = "express"
QUESTIONNAIRE = load(QUESTIONNAIRES / "social-business" / "2.0.0")
REFERENCE = {"id": "social-business", "version": "2.0.0", "digest": QUESTIONNAIRE.digest}
FORM = QUESTIONNAIRE.form_of(TIER)
VALID = {q.id: ["dont_know", *option_answers(q), *exclusions(q)] for q in FORM.questions}

STATUSES = ("draft", "open", "closed")
FEWEST = 5  # of whom an anonymous assessment tells anything
SETTLED = {"draft": set(), "open": {"scope"}, "closed": {"scope", "consolidation", "due_date"}}
PERSONAL = {"name", "email"}

NO_COMPANY: Json = dict.fromkeys(("id", "name", "industry", "country", "employees", "reference"))
NO_ASSESSMENT: Json = {
    **dict.fromkeys(("id", "company", "name", "scope", "due_date")),
    "tier": TIER,
    "anonymous": False,
    "consolidation": "median",
    "targets": {},
    "consensus": {},
    "language": "en",
}
NOBODY: Json = dict.fromkeys(("id", "role", "functions", "language", "name", "email"))

_WORDS = Words(QUESTIONNAIRE, "en")

Answers = dict[str, Any]


Kind = Literal["company", "assessment", "participant"]


class Ref(NamedTuple):
    """A company, an assessment, or a participant of it, which one of the two consultancies may have."""

    home: int
    id: str
    participant: str = ""


NEVER_SEEN: dict[Kind, Ref] = {
    "company": Ref(0, "cmp_unknown"),
    "assessment": Ref(0, "asm_unknown"),
    "participant": Ref(0, "asm_unknown", "prt_unknown"),
}


class Refusal(NamedTuple):
    """How a move is refused; what the problem points at, where that is known, and the revision it names."""

    status: int
    code: str
    pointers: AbstractSet[str] | None = None
    revision: int | None = None


MISSING = Refusal(404, "not_found")
INVALID = Refusal(422, "invalid_request")
WRONG_STATUS = Refusal(409, "wrong_status")

Refusals = Iterator[Refusal]


def refuse_stale(
    tag: str | None,
    revision: int,
    changed_since: Callable[[int], AbstractSet[str]] = lambda _: frozenset(),
    *,
    is_whole: bool = False,
) -> Refusals:
    if tag in {None, "*"} and is_whole:
        yield Refusal(428, "precondition_required")
    elif tag not in {None, "*", f'"{revision}"'}:
        yield Refusal(412, "stale", changed_since(int(str(tag).strip('"'))), revision)


@dataclass
class Company:
    about: Json
    revision: int = 0

    def shown(self) -> Json:
        moments = {"created_at": True, "changed_at": True}
        return NO_COMPANY | self.about | {"revision": self.revision} | moments


@dataclass
class Participant:
    about: Json
    token: str | None = None
    own: str | None = None
    secret: str | None = None
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
        different = {name for name in self.answers | answers if self.answers.get(name) != answers.get(name)}
        pointers = {f"/answers/{name}" for name in different}
        if self_rating != self.self_rating:
            pointers.add("/self_rating")
        self.changed |= dict.fromkeys(pointers, self.revision)
        self.answers, self.self_rating = answers, self_rating

    def changed_since(self, revision: int) -> set[str]:
        return {pointer for pointer, number in self.changed.items() if number > revision}

    def record(self, kind: str, by: str, *, incomplete: bool = False) -> None:
        self.submitted = kind == "submitted"
        said = {"kind": kind, "at": True, "by": by, "revision": self.revision, "incomplete": incomplete}
        self.history.append(said)


@dataclass
class Assessment:
    about: Json
    status: str = "draft"
    revision: int = 0
    participants: dict[str, Participant] = field(default_factory=dict)
    results: list[Json] = field(default_factory=list)

    @property
    def is_anonymous(self) -> bool:
        return bool(self.about["anonymous"])

    @property
    def submitted(self) -> list[Participant]:
        return [participant for participant in self.participants.values() if participant.submitted]

    def asked(self, participant: Participant) -> AbstractSet[str]:
        about = participant.about
        return asked_of(QUESTIONNAIRE, FORM, about["role"], about["functions"], self.about["scope"])

    def unanswered(self, participant: Participant) -> AbstractSet[str]:
        return self.asked(participant) - participant.answers.keys()

    # What is refused

    def refuse_change(self, tag: str | None, change: Json) -> Refusals:
        yield from refuse_stale(tag, self.revision)
        if SETTLED[self.status] & change.keys():
            yield WRONG_STATUS
        if not self._settles(self.about["consensus"], change.get("scope", self.about["scope"])):
            yield INVALID
        step = STATUSES.index(change.get("status", self.status)) - STATUSES.index(self.status)
        if step not in {0, 1}:
            yield WRONG_STATUS

    def refuse_targets(self, tag: str | None, targets: Json) -> Refusals:
        yield from refuse_stale(tag, self.revision, is_whole=True)
        yield from self.refuse_closed()
        known = FORM.function_of.keys() | FORM.capability_of.keys()
        if not all(name in known and level <= QUESTIONNAIRE.max_level for name, level in targets.items()):
            yield INVALID

    def refuse_consensus(self, tag: str | None, consensus: Json) -> Refusals:
        yield from refuse_stale(tag, self.revision, is_whole=True)
        yield from self.refuse_closed()
        if not self._settles(consensus, self.about["scope"]):
            yield INVALID

    def _settles(self, consensus: Json, scope: list[str] | None) -> bool:
        inside = FORM.within(scope)
        return all(name in inside and said["option"] in VALID[name] for name, said in consensus.items())

    def refuse_closed(self) -> Refusals:
        if self.status == "closed":
            yield WRONG_STATUS

    def _refuse_unless_open(self) -> Refusals:
        if self.status != "open":
            yield Refusal(409, "not_open")

    def refuse_others(self) -> Refusals:
        if self.is_anonymous:
            yield Refusal(403, "anonymous_assessment")

    def refuse_unclaimed(self, participant: Participant) -> Refusals:
        """What the link does not open."""
        if self.is_anonymous and participant.own is None:
            yield Refusal(403, "not_claimed")

    def refuse_claim(self, participant: Participant, secret: str) -> Refusals:
        if participant.own is not None and secret != participant.secret:
            yield Refusal(401, "already_claimed")
        if not self.is_anonymous:
            yield Refusal(409, "not_anonymous")

    def refuse_person_change(self, participant: Participant, change: Json) -> Refusals:
        if self.status == "closed" and change.keys() - PERSONAL:
            yield WRONG_STATUS
        asked = change.keys() & {"role", "functions"}
        if any(participant.about[name] != change[name] for name in asked):
            yield from self.refuse_what_may_show_answers()
            if participant.revision:
                yield Refusal(409, "already_answering")

    def refuse_what_may_show_answers(self) -> Refusals:
        if self.is_anonymous and self.status != "draft":
            yield Refusal(409, "anonymous_assessment")

    def refuse_answers(self, participant: Participant, tag: str | None, answers: Answers) -> Refusals:
        yield from self._refuse_unless_open()
        if participant.submitted:
            yield Refusal(409, "submitted")
        yield from refuse_stale(tag, participant.revision, participant.changed_since, is_whole=True)
        asked = self.asked(participant)
        if not all(name in asked and value in VALID[name] for name, value in answers.items()):
            yield INVALID

    def refuse_submission(self, participant: Participant, *, incomplete: bool) -> Refusals:
        yield from self._refuse_unless_open()
        if participant.submitted:
            yield Refusal(409, "submitted")
        missing = self.unanswered(participant)
        if missing and not incomplete:
            yield Refusal(422, "incomplete", {f"/answers/{name}" for name in missing})

    def refuse_reopening(self, participant: Participant) -> Refusals:
        yield from self._refuse_unless_open()
        if not participant.submitted:
            yield Refusal(409, "not_submitted")

    def refuse_profile(self) -> Refusals:
        if self.status == "draft":
            yield WRONG_STATUS
        if self.is_anonymous and self.status != "closed":
            yield Refusal(409, "not_closed")
        if self.is_anonymous and len(self.submitted) < FEWEST:
            yield Refusal(409, "too_few_submitted")

    def refuse_result(self) -> Refusals:
        yield from self.refuse_profile()
        if not self.submitted:
            yield Refusal(409, "nothing_submitted")

    # What is shown

    def shown(self) -> Json:
        return self.about | {
            "status": self.status,
            "questionnaire": REFERENCE,
            "participants": self._participation(),
            "revision": self.revision,
            "created_at": True,
            "changed_at": True,
            "opened_at": self.status != "draft",
            "closed_at": self.status == "closed",
        }

    def _participation(self) -> Json:
        reached = [participant.status for participant in self.participants.values()]
        counts = {status: reached.count(status) for status in ("submitted", "answering", "not_started")}
        if self.is_anonymous:
            return {"invited": len(reached)} | dict.fromkeys(counts) | {"submitted": self.submitted_shown}
        return {"invited": len(reached)} | counts

    @property
    def submitted_shown(self) -> int | None:
        """How many have handed in, where that is told."""
        done = len(self.submitted)
        missing = len(self.participants) - done
        is_enough = done >= FEWEST and (missing == 0 or missing >= FEWEST)
        return done if not self.is_anonymous or (self.status == "closed" and is_enough) else None

    def person_shown(self, participant: Participant) -> Json:
        state: Json = dict.fromkeys(("status", "progress", "revision", "history", "history_count"))
        if not self.is_anonymous:
            state = {
                "status": participant.status,
                "progress": self._progress(participant),
                "revision": participant.revision,
                "history": participant.history,
                "history_count": len(participant.history),
            }
        return {
            **participant.about,
            **state,
            "language": participant.about["language"] or self.about["language"],
            "submitted_at": participant.submitted and not self.is_anonymous,
            "invitation": {"created_at": True, "expires_at": True} if participant.token else None,
            "created_at": True,
            "changed_at": not self.is_anonymous,
        }

    def answers_shown(self, participant: Participant) -> Json:
        return {
            "revision": participant.revision,
            "answers": participant.answers,
            "importance": None,
            "self_rating": participant.self_rating,
            "progress": self._progress(participant),
            "submitted_at": participant.submitted,
        }

    def _progress(self, participant: Participant) -> Json:
        asked, answered = self.asked(participant), participant.answers.keys()
        by_function = {function.id: asked & set(function.question_ids) for function in FORM.functions}
        functions = [
            {"id": name, "asked": len(names), "answered": len(names & answered)}
            for name, names in by_function.items()
            if names
        ]
        return {"asked": len(asked), "answered": len(asked & answered), "functions": functions}

    def live_profile(self) -> Json:
        return self._profile(self.submitted if self.status == "closed" else self.participants.values())

    def _profile(self, counted: Iterable[Participant]) -> Json:
        about, counted = self.about, list(counted)
        consensus = {name: Consensus.model_validate(said) for name, said in about["consensus"].items()}
        scope = about["scope"] and tuple(about["scope"])
        profile = score_responses(
            QUESTIONNAIRE,
            [participant.response() for participant in counted],
            Consolidation(
                about["consolidation"],
                consensus,
                self.is_anonymous,
                scope,
                missing=len(self.participants) - len(counted),
            ),
            tier=TIER,
            targets=about["targets"],
        )
        return as_json(present(profile, _WORDS))

    def result(self, name: str, by: str) -> Json:
        """The next result, but for what was scored."""
        missing = [participant for participant in self.participants.values() if not participant.submitted]
        profile = self._profile(self.submitted)
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
                "submitted": self.submitted_shown,
                "missing": None
                if self.is_anonymous
                else [{"id": p.about["id"], "role": p.about["role"]} for p in missing],
            },
            "profile": profile,
        }


@dataclass
class Consultancy:
    """A workspace: the portal that asks for it, the id of its key, and all that it has."""

    portal: Portal
    key: str
    shows_profile: bool = False
    companies: dict[str, Company] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    dead_tokens: list[str] = field(default_factory=list)

    def erase_company(self, name: str) -> None:
        del self.companies[name]
        for assessment in [a for a in self.assessments.values() if a.about["company"] == name]:
            self.erase_assessment(assessment.about["id"])

    def erase_assessment(self, name: str) -> None:
        for participant in self.assessments.pop(name).participants.values():
            self.change_link(participant, None)

    def change_link(self, participant: Participant, token: str | None) -> None:
        """Give a participant another link, or none; what was there before opens nothing any more."""
        self.dead_tokens += filter(None, (participant.token, participant.own))
        participant.token, participant.own = token, None


def refs_of(kind: Kind, home: int, consultancy: Consultancy) -> Iterator[Ref]:
    if kind == "company":
        yield from (Ref(home, name) for name in consultancy.companies)
    elif kind == "assessment":
        yield from (Ref(home, name) for name in consultancy.assessments)
    else:
        for name, assessment in consultancy.assessments.items():
            yield from (Ref(home, name, participant) for participant in assessment.participants)


def rescored(request: Json) -> Json:
    """The profile of what was scored for a result."""
    return as_json(present(score_request(QUESTIONNAIRE, *read(request)), _WORDS))


def as_json(value: object) -> Json:
    plain: Json = orjson.loads(orjson.dumps(value))
    return plain


def timeless(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """The same, where a moment only is there or is not."""
    if isinstance(value, Mapping):
        return {
            name: part is not None if name == "at" or name.endswith("_at") else timeless(part)
            for name, part in value.items()
        }
    return [timeless(part) for part in value] if isinstance(value, list) else value
