"""The invitation to an anonymous assessment is exchanged once, for a token that only the respondent has."""

import pytest
from sqlmodel import col, select

from app.assessments.models import Participant
from app.workspaces.tokens import digest_of, kind_of
from tests.kit.portal import Portal, database_of, new_secret
from tests.kit.reading import problem_of

DIALOGUE = "marketing.dialogue"
REQUESTS = [
    ("GET", "/questionnaire", None),
    ("PATCH", "/answers", {"answers": {DIALOGUE: "4"}}),
    ("POST", "/submission", {"incomplete": True}),
    ("DELETE", "/submission", None),
    ("GET", "/profile", None),
]


@pytest.fixture
def assessment(portal: Portal) -> str:
    return portal.assessment(anonymous=True)


@pytest.fixture
def invitee(portal: Portal, assessment: str) -> Portal:
    return portal.invitee(assessment, role="cmo", name="Ada", language="it")


def test_an_invitation_says_who_asks_and_that_it_is_to_be_exchanged(invitee: Portal) -> None:
    told = invitee.get("/respondent")
    assert set(told) == {"must_claim", "assessment", "language"}
    assert (told["must_claim"], told["language"]) == (True, "it")
    assert (told["assessment"]["anonymous"], told["assessment"]["workspace"]) == (True, "Rossi Consulting")


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_before_it_is_exchanged_an_invitation_opens_nothing_else(
    invitee: Portal, method: str, path: str, body: object
) -> None:
    refused = invitee.ask(method, f"/respondent{path}", body, {"If-Match": '"0"'})
    assert problem_of(refused, 403).code == "not_claimed"
    assert invitee.claimed().get("/respondent")["revision"] == 0


@pytest.mark.parametrize(
    ("method", "path", "body"), [("GET", "", None), ("POST", "/claim", {"secret": "0" * 64}), *REQUESTS]
)
def test_from_then_on_the_invitation_opens_nothing(
    invitee: Portal, method: str, path: str, body: object
) -> None:
    own = invitee.claimed()
    own.patch("/respondent/answers", {"answers": {DIALOGUE: "4"}}, If_Match='"0"')
    refused = invitee.ask(method, f"/respondent{path}", body, {"If-Match": '"1"'})
    assert problem_of(refused, 401).code == "already_claimed"
    assert own.get("/respondent")["answers"] == {DIALOGUE: "4"}


def test_whoever_opens_it_first_is_found_out_also_where_the_request_is_repeated(invitee: Portal) -> None:
    invitee.post("/respondent/claim", {"secret": new_secret()}, Idempotency_Key="first")
    refused = invitee.ask("POST", "/respondent/claim", {"secret": new_secret()}, {"Idempotency-Key": "first"})
    assert problem_of(refused, 401).code == "already_claimed"


def test_whoever_has_lost_the_answer_gets_the_same_token_with_the_same_secret_and_nobody_else_does(
    portal: Portal, assessment: str, invitee: Portal
) -> None:
    secret = new_secret()
    first, again = (invitee.post("/respondent/claim", {"secret": secret}) for _ in range(2))
    assert again == first
    invitee.with_token(first["token"]).patch(
        "/respondent/answers", {"answers": {DIALOGUE: "4"}}, If_Match='"0"'
    )
    refused = invitee.ask("POST", "/respondent/claim", {"secret": new_secret()})
    assert problem_of(refused, 401).code == "already_claimed"
    other = portal.invitee(assessment, role="cio").post("/respondent/claim", {"secret": secret})
    assert other["token"] != first["token"]


@pytest.mark.parametrize("secret", ["", "0" * 63, "0" * 65, "Z" * 64, "0" * 64 + "\n", 7, None])
def test_a_secret_that_could_be_guessed_exchanges_nothing(invitee: Portal, secret: object) -> None:
    refused = invitee.ask("POST", "/respondent/claim", {"secret": secret})
    assert [fault.pointer for fault in problem_of(refused, 422).errors] == ["/secret"]
    assert invitee.get("/respondent")["must_claim"] is True


def test_the_token_is_the_respondents_own_and_kept_as_a_digest(invitee: Portal) -> None:
    claimed = invitee.ask("POST", "/respondent/claim", {"secret": new_secret()})
    token = claimed.json()["token"]
    assert (claimed.status_code, claimed.headers["cache-control"]) == (201, "no-store")
    assert kind_of(token) == "own"
    with database_of(invitee).reading() as session:
        own = col(Participant.own_token_digest) == digest_of(token)
        kept = session.exec(select(Participant).where(own)).one()
    assert token not in str(kept)
    again = invitee.with_token(token).ask("POST", "/respondent/claim", {"secret": new_secret()})
    assert problem_of(again, 401).code == "already_claimed"


def test_who_asks_sees_nothing_of_it(portal: Portal, assessment: str, invitee: Portal) -> None:
    before = portal.get(f"{assessment}/participants")
    invitee.claimed()
    assert portal.get(f"{assessment}/participants") == before


def test_an_invitation_to_a_named_assessment_is_used_as_it_is(portal: Portal) -> None:
    invitee = portal.invitee(portal.assessment(), role="cmo")
    assert invitee.post("/respondent/claim", {"secret": new_secret()}, 409)["code"] == "not_anonymous"
    assert invitee.get("/respondent")["must_claim"] is False
    invitee.patch("/respondent/answers", {"answers": {DIALOGUE: "4"}}, If_Match='"0"')


@pytest.mark.parametrize("end", ["renewed", "revoked"])
def test_a_new_link_and_one_taken_back_end_the_token_too(portal: Portal, end: str) -> None:
    draft = portal.assessment(anonymous=True, status="draft")
    own = portal.invited(draft, role="cmo")
    path = f"{draft}/participants/{own.get('/respondent')['participant']['id']}/invitation"
    if end == "renewed":
        portal.post(path, None)
    else:
        portal.delete(path)
    assert own.get("/respondent", 401)["code"] == "unknown_token"


def test_a_key_is_no_invitation_and_a_token_of_ones_own_no_key(portal: Portal, invitee: Portal) -> None:
    own = invitee.claimed()
    assert own.get("/companies", 401)["code"] == "invitation_token"
    assert portal.get("/respondent", 401)["code"] == "malformed_token"
