"""Two consultancies work at random, and the service shows what the model of their work says."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.kit.effort import THOROUGH
from tests.kit.model import (
    INVALID,
    MISSING,
    NEVER_SEEN,
    NO_ASSESSMENT,
    NO_COMPANY,
    NOBODY,
    TIER,
    Assessment,
    Company,
    Consultancy,
    Kind,
    Participant,
    Ref,
    Refusal,
    refs_of,
    refuse_stale,
    rescored,
    timeless,
)
from tests.kit.moves import MOVES, PEOPLE, tag_of
from tests.kit.portal import Portal
from tests.kit.reading import Json, problem_of

SUMMARY = ("number", "name", "created_at", "created_by", "verdict", "overall", "digests")


class Found(NamedTuple):
    """What somebody asks about, which is made up where it is `missing`; and as whom he or she asks."""

    asker: Consultancy
    assessment: Assessment
    participant: Participant
    missing: list[Refusal]
    path: str
    portal: Portal
    is_link: bool = False

    def by_link(self) -> "Found":
        """The same as the participant, where there is one with a link."""
        token = self.participant.own or self.participant.token
        if token is None:
            return self
        return self._replace(path="/respondent", portal=self.portal.with_token(token), is_link=True)

    @property
    def by(self) -> str:
        """The id of who asks."""
        return str(self.participant.about["id"]) if self.is_link else self.asker.key

    def refuse_others(self) -> Iterable[Refusal]:
        if self.is_link:
            return self.assessment.refuse_unclaimed(self.participant)
        return self.assessment.refuse_others()


class Consultancies(RuleBasedStateMachine):
    """All that two consultancies and their respondents can do, in any order."""

    stored: TestClient

    def __init__(self) -> None:
        super().__init__()
        portals = [Portal.new(self.stored, name) for name in ("Rossi Consulting", "Bianchi Partners")]
        self.both = [Consultancy(portal, portal.get("/keys")["data"][0]["id"]) for portal in portals]
        self.turn = 0
        self.seen = {kind: {ref: None} for kind, ref in NEVER_SEEN.items()}

    def known(self, kind: Kind) -> list[Ref]:
        """All that there is of a kind, and the last one that there was."""
        live = [ref for home, consultancy in enumerate(self.both) for ref in refs_of(kind, home, consultancy)]
        self.seen[kind].update(dict.fromkeys(live))
        gone = [ref for ref in self.seen[kind] if ref not in live]
        return 5 * live + gone[-1:]

    def find(self, ref: Ref, stray: int) -> Found:
        asker = self.both[(ref.home + stray) % 2]
        assessment = asker.assessments.get(ref.id)
        made_up = Assessment(NO_ASSESSMENT)
        participant = (assessment or made_up).participants.get(ref.participant)
        is_missing = assessment is None or (ref.participant and participant is None)
        path = f"/assessments/{ref.id}" + (f"/participants/{ref.participant}" if ref.participant else "")
        return Found(
            asker,
            assessment or made_up,
            participant or Participant(NOBODY),
            [MISSING] if is_missing else [],
            path,
            asker.portal,
        )

    def ask(  # noqa: PLR0913 -- as many as a request has parts
        self,
        found: Found,
        method: str,
        part: str,
        refusals: Iterable[Refusal] = (),
        *,
        body: object = None,
        tag: str | None = None,
    ) -> Any:  # noqa: ANN401 -- any JSON value
        """What the service answers, or `None` where it refuses; which, and how, is as the model says."""
        expected = next(chain(found.missing, refusals), None)
        headers = {} if tag is None else {"If-Match": tag}
        response = found.portal.ask(method, found.path + part, body, headers)
        if expected is None:
            assert response.is_success, response.text
            return response.json() if response.content else {}
        problem = problem_of(response, expected.status)
        assert (problem.code, problem.revision) == (expected.code, expected.revision)
        if expected.pointers is not None:
            assert {fault.pointer for fault in problem.errors} == expected.pointers
        return None

    def find_company(self, ref: Ref, stray: int) -> tuple[Found, Company]:
        found = self.find(ref, stray)
        company = found.asker.companies.get(ref.id)
        missing = [MISSING] if company is None else []
        return found._replace(missing=missing, path=f"/companies/{ref.id}"), company or Company(NO_COMPANY)

    # One rule: of many, most examples would leave out half and do the others over and over.
    @rule(step=MOVES)
    def do(self, step: Json) -> None:
        about = dict(step)
        getattr(self, about.pop("move"))(**about)

    @initialize(
        anonymous=st.booleans(),
        status=st.sampled_from(["open", "draft"]),
        people=st.lists(PEOPLE, min_size=2, max_size=2),
    )
    def begin(self, *, anonymous: bool, status: str, people: list[Json]) -> None:
        """Each has an assessment with participants, so that there is something to do."""
        self.show_profiles_to_respondents(home=0, shown=True)
        for home in (0, 1):
            self.add_company(home, {"name": "The first"})
            its = (
                {"anonymous": anonymous, "status": status} if home else {"anonymous": False, "status": "open"}
            )
            self.add_assessment(self.known("company")[home], 0, its, [], {"submit": False})
            for person in people:
                self.add_participant(self.known("assessment")[home], 0, person)

    # Companies and the workspace

    def add_company(self, home: int, given: Json) -> None:
        consultancy = self.both[home]
        added = consultancy.portal.post("/companies", given)
        company = consultancy.companies[added["id"]] = Company(NO_COMPANY | given | {"id": added["id"]})
        assert timeless(added) == company.shown()

    def change_company(self, ref: Ref, stray: int, change: Json, kind: str | None) -> None:
        found, company = self.find_company(ref, stray)
        tag = tag_of(kind, company.revision)
        said = self.ask(found, "PATCH", "", refuse_stale(tag, company.revision), body=change, tag=tag)
        if said is not None:
            company.about |= change
            company.revision += 1
            assert timeless(said) == company.shown()

    def erase_company(self, ref: Ref, stray: int) -> None:
        found, _ = self.find_company(ref, stray)
        if self.ask(found, "DELETE", "") is not None:
            found.asker.erase_company(ref.id)

    def show_profiles_to_respondents(self, *, home: int, shown: bool) -> None:
        consultancy = self.both[home]
        change = {"respondents_see_profile": shown}
        assert consultancy.portal.patch("/workspace", change)["respondents_see_profile"] == shown
        consultancy.shows_profile = shown

    # Assessments

    def add_assessment(
        self, ref: Ref, stray: int, given: Json, responses: list[Json], handing_in: Json
    ) -> None:
        found, _ = self.find_company(ref, stray)
        about = given | {"company": ref.id, "name": "Spring", "tier": TIER}
        made = Assessment(NO_ASSESSMENT | {name: value for name, value in about.items() if name != "status"})
        is_opened = given["status"] == "draft" and (responses or handing_in["submit"])
        made.status = "open" if is_opened else given["status"]
        people = [Participant(NOBODY | {"role": response["role"]}) for response in responses]
        for participant, response in zip(people, responses, strict=True):
            asked = made.asked(participant)
            answers = {n: answer for n, answer in response["answers"].items() if n in asked}
            if answers:
                participant.answer(answers, None)
        body = about | handing_in | {"responses": [response_of(participant) for participant in people]}
        refusals = refuse_handing_in(made, people, handing_in)
        said = self.ask(found._replace(path="/assessments"), "POST", "", refusals, body=body)
        if said is None:
            return
        for name, participant in zip(said.pop("responses"), people, strict=True):
            participant.about["id"] = name
            made.participants[name] = participant
            if handing_in["submit"]:
                participant.record(
                    "submitted", found.asker.key, incomplete=bool(made.unanswered(participant))
                )
        made.about["id"] = said["id"]
        found.asker.assessments[said["id"]] = made
        is_shown = handing_in["submit"] and not [*made.refuse_profile()]
        assert said.pop("profile") == (made.live_profile() if is_shown else None)
        assert timeless(said) == made.shown()

    def change_assessment(self, ref: Ref, stray: int, change: Json, kind: str | None) -> None:
        found = self.find(ref, stray)
        its = found.assessment
        tag = tag_of(kind, its.revision)
        said = self.ask(found, "PATCH", "", its.refuse_change(tag, change), body=change, tag=tag)
        if said is not None:
            its.status = change.get("status", its.status)
            self.changed(its, said, {name: value for name, value in change.items() if name != "status"})

    def set_targets(self, ref: Ref, stray: int, levels: Json, kind: str | None) -> None:
        found = self.find(ref, stray)
        its = found.assessment
        tag = tag_of(kind, its.revision)
        said = self.ask(found, "PUT", "/targets", its.refuse_targets(tag, levels), body=levels, tag=tag)
        if said is not None:
            self.changed(its, said, {"targets": levels})

    def set_consensus(self, ref: Ref, stray: int, consensus: Json, kind: str | None) -> None:
        found = self.find(ref, stray)
        its = found.assessment
        tag = tag_of(kind, its.revision)
        said = self.ask(
            found, "PUT", "/consensus", its.refuse_consensus(tag, consensus), body=consensus, tag=tag
        )
        if said is not None:
            self.changed(its, said, {"consensus": consensus})

    @staticmethod
    def changed(assessment: Assessment, said: Json, change: Json) -> None:
        assessment.about |= change
        assessment.revision += 1
        assert timeless(said) == assessment.shown()

    def erase_assessment(self, ref: Ref, stray: int) -> None:
        found = self.find(ref, stray)
        if self.ask(found, "DELETE", "") is not None:
            found.asker.erase_assessment(ref.id)

    # Participants

    def add_participant(self, ref: Ref, stray: int, given: Json) -> None:
        found = self.find(ref, stray)
        unknown = [INVALID] if given["role"] == "juggler" else []
        refusals = chain(found.assessment.refuse_closed(), unknown)
        said = self.ask(found, "POST", "/participants", refusals, body=given)
        if said is not None:
            self.note_added(found.assessment, given, said)

    def add_participants(self, ref: Ref, stray: int, given: list[Json]) -> None:
        found = self.find(ref, stray)
        unknown = {f"/participants/{n}/role" for n, one in enumerate(given) if one["role"] == "juggler"}
        invalid = [INVALID._replace(pointers=unknown)] if unknown else []
        refusals = chain(found.assessment.refuse_closed(), invalid)
        said = self.ask(found, "POST", "/participants", refusals, body={"participants": given})
        if said is not None:
            for one, shown in zip(given, said["participants"], strict=True):
                self.note_added(found.assessment, one, shown)

    def note_added(self, its: Assessment, given: Json, said: Json) -> None:
        added = Participant(NOBODY | given | {"id": said["id"]})
        added.token = token_in(said.pop("invitation_link"))
        its.participants[said["id"]] = added
        assert timeless(said) == its.person_shown(added)

    def change_participant(self, ref: Ref, stray: int, change: Json) -> None:
        found = self.find(ref, stray)
        its, participant = found.assessment, found.participant
        said = self.ask(found, "PATCH", "", its.refuse_person_change(participant, change), body=change)
        if said is not None:
            participant.about |= change
            assert timeless(said) == its.person_shown(participant)

    def remove_participant(self, ref: Ref, stray: int) -> None:
        found = self.find(ref, stray)
        refusals = found.assessment.refuse_closed()
        if self.ask(found, "DELETE", "", refusals) is not None:
            found.asker.change_link(found.participant, None)
            del found.assessment.participants[ref.participant]

    def renew_invitation(self, ref: Ref, stray: int) -> None:
        found = self.find(ref, stray)
        said = self.ask(found, "POST", "/invitation", found.assessment.refuse_what_may_show_answers())
        if said is not None:
            found.asker.change_link(found.participant, token_in(said["invitation_link"]))

    def revoke_invitation(self, ref: Ref, stray: int) -> None:
        found = self.find(ref, stray)
        none = [] if found.participant.token else [MISSING]
        if self.ask(found, "DELETE", "/invitation", none) is not None:
            found.asker.change_link(found.participant, None)

    def claim(self, ref: Ref, secret: str) -> None:
        found = self.find(ref, 0)
        participant = found.participant
        if participant.token is None:
            return
        link = found._replace(path="/respondent", portal=found.portal.with_token(participant.token))
        refusals = found.assessment.refuse_claim(participant, secret)
        said = self.ask(link, "POST", "/claim", refusals, body={"secret": secret})
        if said is not None:
            assert participant.own in {None, said["token"]}
            participant.own, participant.secret = said["token"], secret

    # Answers

    def find_answers(self, ref: Ref, stray: int, *, by_link: bool) -> Found:
        found = self.find(ref, stray)
        return found.by_link() if by_link else found

    def answer(self, *, ref: Ref, stray: int, by_link: bool, edit: Json, kind: str | None) -> None:
        found = self.find_answers(ref, stray, by_link=by_link)
        its, participant = found.assessment, found.participant
        asked, is_merged = its.asked(participant), found.is_link or edit["method"] == "PATCH"
        said = {n: answer for n, answer in edit["answers"].items() if n in asked} | edit["fault"]
        taken_back = [n for n in edit["taken_back"] if is_merged and n not in said]
        body = {"answers": said | dict.fromkeys(taken_back), **edit["rated"]}
        tag = tag_of(kind, participant.revision)
        refused = its.refuse_answers(participant, tag, said)
        refusals = chain(found.refuse_others(), refused)
        shown = self.ask(found, "PATCH" if is_merged else "PUT", "/answers", refusals, body=body, tag=tag)
        if shown is not None:
            kept = participant.answers if is_merged else {}
            answers = {n: value for n, value in (kept | said).items() if n not in taken_back}
            rating = participant.self_rating if is_merged else None
            participant.answer(answers, edit["rated"].get("self_rating", rating))
            changed = {"answers": said | dict.fromkeys(taken_back)} if is_merged else {}
            assert timeless(shown) == its.answers_shown(participant) | changed

    def submit(self, *, ref: Ref, stray: int, by_link: bool, incomplete: bool) -> None:
        found = self.find_answers(ref, stray, by_link=by_link)
        its, participant = found.assessment, found.participant
        missing = its.unanswered(participant)
        refusals = chain(found.refuse_others(), its.refuse_submission(participant, incomplete=incomplete))
        said = self.ask(found, "POST", "/submission", refusals, body={"incomplete": incomplete})
        if said is None:
            return
        participant.record("submitted", found.by, incomplete=bool(missing))
        if found.is_link:
            is_shown = found.asker.shows_profile and not its.is_anonymous
            expected: Json = {
                "submitted_at": True,
                "revision": participant.revision,
                "profile_shown": is_shown,
            }
        else:
            expected = {"participant": its.person_shown(participant), "profile": its.live_profile()}
        assert timeless(said) == expected

    def reopen(self, *, ref: Ref, stray: int, by_link: bool) -> None:
        found = self.find_answers(ref, stray, by_link=by_link)
        its, participant = found.assessment, found.participant
        refusals = chain(found.refuse_others(), its.refuse_reopening(participant))
        said = self.ask(found, "DELETE", "/submission", refusals)
        if said is not None:
            participant.record("reopened", found.by)
            shown = its.answers_shown if found.is_link else its.person_shown
            assert timeless(said) == shown(participant)

    def read_the_profile_as_respondent(self, ref: Ref) -> None:
        found = self.find(ref, 0).by_link()
        if found.is_link:
            refusals = chain(
                found.refuse_others(), refuse_respondent(found), found.assessment.refuse_profile()
            )
            said = self.ask(found, "GET", "/profile", refusals)
            assert said is None or said == found.assessment.live_profile()

    # What it comes to

    def read_the_profile(self, ref: Ref, stray: int) -> None:
        found = self.find(ref, stray)
        said = self.ask(found, "GET", "/profile", found.assessment.refuse_profile())
        assert said is None or said == found.assessment.live_profile()

    def keep_result(self, ref: Ref, stray: int, name: str) -> None:
        found = self.find(ref, stray)
        its = found.assessment
        said = self.ask(found, "POST", "/results", its.refuse_result(), body={"name": name})
        if said is None:
            return
        request = said["request"]
        assert timeless(said) == its.result(name, found.asker.key) | {"request": request}
        assert (request is None) == its.is_anonymous
        assert request is None or rescored(request) == said["profile"]
        its.results.append(said)

    def read_result(self, ref: Ref, stray: int, number: int) -> None:
        found = self.find(ref, stray)
        kept = found.assessment.results[number - 1 : number]
        said = self.ask(found, "GET", f"/results/{number}", () if kept else [MISSING])
        assert said is None or [said] == kept

    # All that there is

    @invariant()
    def assessments_are_the_models(self) -> None:
        """Those of one of the two, in turn, whatever the last step was about."""
        self.turn = 1 - self.turn
        self.compare_assessments(self.both[self.turn])

    def teardown(self) -> None:
        for consultancy in self.both:
            self.compare(consultancy)

    def compare_assessments(self, consultancy: Consultancy) -> None:
        shown = consultancy.portal.get("/assessments?limit=200")["data"]
        assert timeless(shown) == [assessment.shown() for assessment in consultancy.assessments.values()]

    def compare(self, consultancy: Consultancy) -> None:
        """The service shows what the model has, nothing else, and nothing of it otherwise."""
        portal = consultancy.portal
        companies = [company.shown() for company in consultancy.companies.values()]
        assert timeless(portal.get("/companies?limit=200")["data"]) == companies
        self.compare_assessments(consultancy)
        for assessment in consultancy.assessments.values():
            self.compare_assessment(portal, assessment)
        for token in consultancy.dead_tokens:
            refused = portal.with_token(token).ask("GET", "/respondent")
            assert problem_of(refused, 401).code == "unknown_token"

    def compare_assessment(self, portal: Portal, assessment: Assessment) -> None:
        path = f"/assessments/{assessment.about['id']}"
        people = [assessment.person_shown(participant) for participant in assessment.participants.values()]
        assert timeless(portal.get(f"{path}/participants")["data"]) == people
        for participant in assessment.participants.values():
            self.compare_answers(portal, assessment, participant)
        summaries = [{name: result[name] for name in SUMMARY} for result in assessment.results]
        assert portal.get(f"{path}/results")["data"] == summaries
        for result in assessment.results:
            assert portal.get(f"{path}/results/{result['number']}") == result
            assert portal.get(f"{path}/results/{result['number']}/verification")["equal"] is True
        if not [*assessment.refuse_profile()]:
            assert portal.get(f"{path}/profile") == assessment.live_profile()

    def compare_answers(self, portal: Portal, assessment: Assessment, participant: Participant) -> None:
        name = f"/assessments/{assessment.about['id']}/participants/{participant.about['id']}"
        expected = assessment.answers_shown(participant)
        if assessment.is_anonymous:
            assert portal.get(f"{name}/answers", 403)["code"] == "anonymous_assessment"
        else:
            assert timeless(portal.get(f"{name}/answers")) == expected
        if assessment.is_anonymous and participant.token is not None:
            link = portal.with_token(participant.token)
            if participant.own is None:
                assert link.get("/respondent")["must_claim"] is True
                return
            assert link.get("/respondent", 401)["code"] == "already_claimed"
        if participant.token is not None:
            respondent = timeless(portal.with_token(participant.own or participant.token).get("/respondent"))
            assert {key: respondent[key] for key in expected} == expected
            assert set(respondent["questions"]) == assessment.asked(participant)


def token_in(link: str) -> str:
    return link.partition("#")[2]


def response_of(participant: Participant) -> Json:
    return {"role": participant.about["role"], "answers": participant.answers}


def refuse_handing_in(
    assessment: Assessment, people: list[Participant], handing_in: Json
) -> Iterable[Refusal]:
    if handing_in["submit"] and not handing_in["incomplete"]:
        pointers = {
            f"/responses/{index}/answers/{name}"
            for index, participant in enumerate(people)
            for name in assessment.unanswered(participant)
        }
        if pointers:
            yield Refusal(422, "incomplete", pointers)


def refuse_respondent(found: Found) -> Iterable[Refusal]:
    if not found.asker.shows_profile:
        yield Refusal(403, "profile_not_shown")
    if not found.participant.submitted:
        yield Refusal(409, "not_submitted")


RUNS = 3
KINDS_OF_RUNS = [("sqlite", number) for number in range(RUNS)] + [
    ("postgresql", number) for number in range(RUNS if THOROUGH else 1)
]


@pytest.mark.parametrize(("backend", "number"), KINDS_OF_RUNS, indirect=["backend"], scope="session")
def test_the_service_shows_what_the_model_says(stored: TestClient, number: int) -> None:
    """In several short runs: in a long one Hypothesis mostly repeats itself with little changed."""
    machine = type("AtWork", (Consultancies,), {"stored": stored})
    run_state_machine_as_test(
        seed(number)(machine),
        settings=settings(max_examples=settings().max_examples // 10, stateful_step_count=30),
    )
