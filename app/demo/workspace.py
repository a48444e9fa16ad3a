"""Put the demonstration into the database, once; only where the service runs as one."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.assessments.life import service as life
from app.assessments.method import edition_of, response_of
from app.assessments.models import Assessment, Participant
from app.assessments.participants import answers
from app.assessments.participants.doors import OwnAnswers
from app.assessments.participants.service import invite, new_participant
from app.assessments.results import service as results
from app.assessments.schemas import AssessmentInput, ParticipantInput
from app.companies import service as companies
from app.companies.schemas import CompanyInput
from app.core.callers import Caller
from app.core.resources import Resources, Work
from app.core.settings import PACKAGE
from app.scores.example import SHIPPED
from app.workspaces import service as workspaces
from app.workspaces import store
from app.workspaces.schemas import KeyInput
from app.workspaces.tokens import digest_of, token_of

# No secret: it opens the demonstration's workspace, and only where the service runs as a demonstration.
DEMO_KEY = token_of("test", "demonstration".ljust(32, "0"))

# The token of the demonstration's open invitation; no secret either.
DEMO_INVITATION = token_of("invite", "demonstration".ljust(32, "0"))

# Whose pages may embed: those of the documentation's examples, and of examples/portal.
ORIGINS = ["https://portal.example", "http://localhost:8100"]

QUESTIONNAIRE, _, VERSION = SHIPPED.partition("@")

Given = Mapping[str, Any]


class _Ids:
    """Ids that are the same in every demonstration, so that its pages can name them; in order of making."""

    def __init__(self) -> None:
        self._made: Counter[str] = Counter()

    def next(self, prefix: str) -> str:
        self._made[prefix] += 1
        return f"{prefix}_00demo{self._made[prefix]:02}"


def prepare_demo(resources: Resources) -> None:
    """Make the demonstration's workspace where there is none yet."""
    with resources.writing(Caller("", "sbm")) as work:
        if store.find_demo(work.session) is None:
            _make(work)


def _make(work: Work) -> None:
    workspace = workspaces.create_workspace(work.session, work.moment, "Demo", "en", is_test=True)
    workspace.is_demo = True
    workspace.respondents_see_profile = True
    workspace.allowed_origins = ORIGINS
    work.session.add(workspace)
    ids = _Ids()
    given = KeyInput(name="Demonstration", scopes=["admin"])
    key, _ = workspaces.create_key(work.session, work.moment, workspace, given, DEMO_KEY)
    key.id = ids.next("key")
    work.session.flush()
    content = tomllib.loads((PACKAGE / "demo" / "companies.toml").read_text("utf-8"))
    for company in content["companies"]:
        _make_company(work._replace(caller=Caller(workspace.id, key.id)), ids, company)


def _make_company(work: Work, ids: _Ids, given: Given) -> None:
    about = {name: value for name, value in given.items() if name != "assessments"}
    first = max(assessment["opened_days_ago"] for assessment in given["assessments"])
    added = work.moment - timedelta(days=first + 1)
    company = companies.create(work._replace(moment=added), CompanyInput.model_validate(about))
    company.id = ids.next("cmp")
    work.session.flush()
    for assessment in given["assessments"]:
        _make_assessment(work, ids, company.id, assessment)


def _make_assessment(work: Work, ids: _Ids, company: str, given: Given) -> None:
    opened = work._replace(moment=_days_ago(work, given["opened_days_ago"]))
    assessment = life.new_assessment(
        opened,
        company,
        AssessmentInput(
            company=company,
            name=given["name"],
            questionnaire=QUESTIONNAIRE,
            version=given.get("version", VERSION),
            tier=given["tier"],
            anonymous=given["anonymous"],
            language=given["language"],
            targets=given.get("targets", {}),
            due_date=_days_ago(work, given["due_days_ago"]).date(),
        ),
        given["language"],
    )
    assessment.id = ids.next("asm")
    work.session.add(assessment)
    work.session.flush()
    participants = [_participant(opened, ids, assessment, said) for said in given["participants"]]
    work.session.add_all(participants)
    work.session.flush()
    responses = [response_of(participant) for participant in participants]
    life.go_to(opened, assessment, responses, "open")
    assessment.consensus = {
        settled["question"]: {"option": settled["option"], "rationale": settled["rationale"]}
        for settled in given.get("consensus", ())
    }
    _hand_in(opened, assessment, participants, given["participants"])
    if given["status"] == "closed":
        closed = work._replace(moment=_days_ago(work, given["closed_days_ago"]))
        life.go_to(closed, assessment, responses, "closed")
        work.session.add(assessment)
        work.session.flush()
        results.keep(closed, assessment, results.prepare(closed, assessment.id, given["result"]))
    work.session.add(assessment)
    work.session.flush()


def _hand_in(
    opened: Work, assessment: Assessment, participants: Sequence[Participant], given: Sequence[Given]
) -> None:
    """One after another, half a day apart."""
    for place, (participant, said) in enumerate(zip(participants, given, strict=True)):
        if said["status"] == "submitted":
            later = opened._replace(
                moment=opened.moment + timedelta(days=1 + place / 2),
                caller=Caller(opened.workspace, participant.id),
            )
            answers.submit(later, OwnAnswers(opened.catalog, assessment, participant), incomplete=False)


def _participant(work: Work, ids: _Ids, assessment: Assessment, given: Given) -> Participant:
    known = {name: given[name] for name in ParticipantInput.model_fields if name in given}
    participant = new_participant(work.moment, assessment, ParticipantInput.model_validate(known))
    participant.id = ids.next("prt")
    if given.get("invited"):
        invite(work, participant)
        participant.invitation_digest = digest_of(DEMO_INVITATION)
    if given["status"] != "not_started":
        edition = edition_of(work.catalog, assessment)
        answers.fill_in(edition, assessment, participant, given["answers"], given)
    return participant


def _days_ago(work: Work, days: float) -> datetime:
    return work.moment - timedelta(days=days)
