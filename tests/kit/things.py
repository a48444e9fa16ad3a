"""A workspace with one of everything, and what is made anew where a request has used it up."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import NamedTuple

from fastapi.testclient import TestClient

from app.workspaces.models import Scope
from tests.kit.portal import Portal
from tests.kit.reading import Json

PORTAL_ORIGIN = "https://portal.example"

_REFERENCES = count()


def company_input(text: str) -> Json:
    reference = f"{text} {next(_REFERENCES)}"  # each stands for one company
    return {"name": text, "industry": text, "country": "IT", "employees": 1240, "reference": reference}


def participant_input(text: str) -> Json:
    return {
        "role": "practitioner",
        "functions": ["marketing", "sales"],
        "name": text,
        "email": f"{text}@example.com",
        "language": "it",
    }


def answers_input(text: str) -> Json:
    said = {"option": "4", "comment": text, "evidence": [f"https://example.com/{text}"]}
    return {"sales.presence": said, "marketing.voices": "dont_know"}


def consensus_input(text: str) -> Json:
    return {"sales.presence": {"option": "3", "rationale": text}}


def assessment_input(company: object, text: str, responses: int, **given: object) -> Json:
    """An assessment in which so many have answered something."""
    response = participant_input(text) | {"answers": answers_input(text), "self_rating": 6}
    return {
        "company": company,
        "name": text,
        "targets": {"service": 5},
        "consensus": consensus_input(text),
        "due_date": "2027-01-31",
        "responses": [response] * responses,
    } | given


class Things(NamedTuple):
    """What a workspace has, with `text` in every free text; a `spare` one is used up by one request."""

    portal: Portal
    text: str
    keys: dict[Scope, str]
    company: str
    draft: str
    open: str
    closed: str
    answering: str
    submitted: str
    invited: str
    invitation: str
    submitted_invitation: str
    spare_key: str = ""
    spare_company: str = ""
    spare_draft: str = ""
    spare_participant: str = ""
    spare_answering: str = ""
    spare_submitted: str = ""
    spare_submitted_invitation: str = ""
    spare_invited: str = ""
    spare_invitation: str = ""
    spare_unclaimed: str = ""
    spare_session: str = ""
    spare_code: str = ""
    cursors: Mapping[str, str] = {}


def handed_in(things: Things) -> str:
    """The token of a new participant who has handed in."""
    token = invite(things.portal, things.open, things.text)[1]
    things.portal.with_token(token).post("/respondent/submission", {"incomplete": True})
    return token


def make_things(client: TestClient, text: str = "Valle") -> Things:
    """A new workspace with one of everything."""
    portal = Portal.new(client, text)
    portal.patch("/workspace", {"respondents_see_profile": True, "allowed_origins": [PORTAL_ORIGIN]})
    keys: dict[Scope, str] = {"admin": portal.token}
    lesser: tuple[Scope, ...] = ("read", "write")
    for scope in lesser:
        keys[scope] = portal.post("/keys", {"name": text, "scopes": [scope]})["secret"]
    company = portal.post("/companies", company_input(text))["id"]
    finished = assessment_input(company, text, 2, submit=True, incomplete=True, status="closed")
    closed = portal.post("/assessments", finished)["id"]
    for _ in range(2):
        portal.post(f"/assessments/{closed}/results", {"name": text})
    draft = portal.post("/assessments", {"company": company, "name": text})["id"]
    open_ = portal.post("/assessments", assessment_input(company, text, 2))
    answering, submitted = open_["responses"]
    hand_in(portal, open_["id"], submitted)
    invited, invitation = invite(portal, open_["id"], text)
    _, submitted_invitation = invite(portal, open_["id"], text)
    portal.with_token(submitted_invitation).post("/respondent/submission", {"incomplete": True})
    things = Things(
        portal=portal,
        text=text,
        keys=keys,
        company=company,
        draft=draft,
        open=open_["id"],
        closed=closed,
        answering=answering,
        submitted=submitted,
        invited=invited,
        invitation=invitation,
        submitted_invitation=submitted_invitation,
    )
    for renewed in RENEWED.values():
        things = renewed(things)
    return things._replace(cursors=first_cursors(things))


def first_cursors(things: Things) -> dict[str, str]:
    """Where the second page of each list begins."""
    lists = {
        "list_companies": "/companies?limit=1",
        "list_assessments": f"/assessments?limit=1&company={things.company}",
        "list_participants": f"/assessments/{things.open}/participants?limit=1",
        "list_results": f"/assessments/{things.closed}/results?limit=1",
        "get_history": f"/companies/{things.company}/history?limit=1",
        "list_keys": "/keys?limit=1",
    }
    return {name: things.portal.get(path)["next_cursor"] for name, path in lists.items()}


def invite(portal: Portal, assessment: str, text: str) -> tuple[str, str]:
    """A new participant, and the token of the invitation."""
    added = portal.post(f"/assessments/{assessment}/participants", participant_input(text))
    return added["id"], added["invitation_link"].partition("#")[2]


def anonymous(things: Things) -> str:
    """A new assessment that is anonymous."""
    given = assessment_input(things.company, things.text, 0) | {"anonymous": True}
    return str(things.portal.post("/assessments", given | {"status": "open"})["id"])


def hand_in(portal: Portal, assessment: str, participant: str) -> str:
    path = f"/assessments/{assessment}/participants/{participant}/submission"
    portal.post(path, {"incomplete": True})
    return participant


def embed(things: Things) -> Json:
    """A new session of a participant's questionnaire."""
    given = {"view": "questionnaire", "participant": things.invited, "parent_origin": PORTAL_ORIGIN}
    session: Json = things.portal.post("/embed-sessions", given)
    return session


def another(things: Things) -> str:
    """One more participant."""
    return invite(things.portal, things.open, things.text)[0]


# What is made anew where the usual request has used it up.
RENEWED: dict[str, Callable[[Things], Things]] = {
    "erase_company": lambda t: t._replace(spare_company=t.portal.company(t.text)),
    "erase_assessment": lambda t: t._replace(
        spare_draft=t.portal.post("/assessments", {"company": t.company, "name": t.text})["id"]
    ),
    "remove_participant": lambda t: t._replace(spare_participant=another(t)),
    "revoke_invitation": lambda t: t._replace(spare_invited=another(t)),
    "submit_answers": lambda t: t._replace(spare_answering=another(t)),
    "reopen_answers": lambda t: t._replace(spare_submitted=hand_in(t.portal, t.open, another(t))),
    "claim_invitation": lambda t: t._replace(spare_unclaimed=invite(t.portal, anonymous(t), t.text)[1]),
    "submit_respondent_answers": lambda t: t._replace(spare_invitation=invite(t.portal, t.open, t.text)[1]),
    "reopen_respondent_answers": lambda t: t._replace(spare_submitted_invitation=handed_in(t)),
    "revoke_embed_session": lambda t: t._replace(spare_session=embed(t)["id"]),
    "exchange_embed_code": lambda t: t._replace(spare_code=embed(t)["session"].partition(".")[2]),
    "revoke_key": lambda t: t._replace(
        spare_key=t.portal.post("/keys", {"name": t.text, "scopes": ["read"]})["id"]
    ),
}
