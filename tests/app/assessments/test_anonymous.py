"""An anonymous assessment shows nothing about fewer than five people, wherever one looks (§8)."""

import pytest

from tests.kit.portal import Portal
from tests.kit.reading import problem_of

DIALOGUE = "marketing.dialogue"


@pytest.fixture
def assessment(portal: Portal) -> str:
    return portal.assessment(anonymous=True)


def answered(portal: Portal, assessment: str, people: int, said: object = "4") -> None:
    """So many people answer a question and hand in."""
    for _ in range(people):
        respondent = portal.invited(assessment, role="cmo")
        respondent.patch("/respondent/answers", {"answers": {DIALOGUE: said}}, If_Match='"0"')
        respondent.post("/respondent/submission", {"incomplete": True})


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "answers", None),
        ("PUT", "answers", {"answers": {}}),
        ("PATCH", "answers", {"answers": {}}),
        ("POST", "submission", {}),
        ("DELETE", "submission", None),
    ],
)
def test_nobody_but_the_respondent_reaches_the_answers(
    portal: Portal, assessment: str, method: str, path: str, body: object
) -> None:
    participant = portal.participant(assessment, role="cmo")
    refused = portal.ask(method, f"{participant}/{path}", body, {"If-Match": '"0"'})
    assert problem_of(refused, 403).code == "anonymous_assessment"


def test_the_respondent_reads_his_own_answers(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment, role="cmo")
    respondent.patch("/respondent/answers", {"answers": {DIALOGUE: "4"}}, If_Match='"0"')
    assert respondent.get("/respondent")["answers"] == {DIALOGUE: "4"}


def test_nobody_sees_who_has_answered(portal: Portal, assessment: str) -> None:
    answered(portal, assessment, 1)
    (shown,) = portal.get(f"{assessment}/participants")["data"]
    hidden = ("status", "progress", "revision", "submitted_at", "history", "history_count", "changed_at")
    assert [shown[name] for name in hidden] == [None] * len(hidden)
    assert portal.get(assessment)["participants"] == {
        "invited": 1,
        "submitted": None,
        "answering": None,
        "not_started": None,
    }


def test_how_many_have_handed_in_is_shown_from_five_up_when_it_is_closed(portal: Portal) -> None:
    for people, shown in ((4, None), (5, 5)):
        assessment = portal.assessment(anonymous=True)
        answered(portal, assessment, people)
        assert portal.get(assessment)["participants"]["submitted"] is None
        assert portal.patch(assessment, {"status": "closed"})["participants"]["submitted"] == shown


def test_what_is_asked_and_the_link_stay_from_the_opening_on(portal: Portal) -> None:
    assessment = portal.assessment(anonymous=True, status="draft")
    participant = portal.participant(assessment, role="cmo")
    portal.patch(participant, {"role": "cio"})
    portal.post(f"{participant}/invitation", None)
    portal.patch(assessment, {"status": "open"})
    for refused in (
        portal.patch(participant, {"role": "cmo"}, 409),
        portal.post(f"{participant}/invitation", None, 409),
    ):
        assert refused["code"] == "anonymous_assessment"
    assert portal.patch(participant, {"name": "Ada"})["name"] == "Ada"


def test_a_consensus_shows_nobodys_evidence(portal: Portal, assessment: str) -> None:
    said = {"option": "2", "comment": "Confided.", "evidence": ["https://confided.example/"]}
    answered(portal, assessment, 5, said)
    portal.settle(assessment, "consensus", {DIALOGUE: {"option": "3", "rationale": "Agreed."}})
    portal.patch(assessment, {"status": "closed"})
    profile = portal.ask("GET", f"{assessment}/profile")
    assert profile.json()["counts"]["answered"] == 1
    assert "confided" not in profile.text.lower()


def test_nothing_says_that_somebody_has_left_something_open(portal: Portal, assessment: str) -> None:
    answered(portal, assessment, 10)
    portal.patch(assessment, {"status": "closed"})
    notices = portal.get(f"{assessment}/profile")["notices"]
    assert "open_respondents" not in {notice["code"] for notice in notices}


def test_the_profile_is_shown_when_the_assessment_is_closed(portal: Portal, assessment: str) -> None:
    answered(portal, assessment, 5)
    assert portal.get(f"{assessment}/profile", 409)["code"] == "not_closed"
    assert portal.post(f"{assessment}/results", {}, 409)["code"] == "not_closed"
    portal.patch(assessment, {"status": "closed"})
    profile = portal.get(f"{assessment}/profile")
    assert profile["respondents"]["anonymous"] is True
    assert profile["counts"]["answered"] == 1


def test_a_result_says_neither_who_was_missing_nor_what_was_scored(portal: Portal, assessment: str) -> None:
    answered(portal, assessment, 5)
    portal.participant(assessment, role="cio")
    portal.patch(assessment, {"status": "closed"})
    result = portal.post(f"{assessment}/results", {})
    assert result["participants"] == {"invited": 6, "submitted": None, "missing": None}
    assert result["request"] is None
    assert portal.get(f"{assessment}/results/1/verification")["equal"] is True


@pytest.mark.parametrize(("method", "path"), [("GET", "profile"), ("POST", "results")])
def test_with_fewer_than_five_nothing_is_told_whether_anybody_has_handed_in(
    portal: Portal, method: str, path: str
) -> None:
    told = set()
    for people in (0, 1, 4):
        assessment = portal.assessment(anonymous=True)
        answered(portal, assessment, people)
        for _ in range(4 - people):
            portal.participant(assessment, role="cmo")
        shown = portal.patch(assessment, {"status": "closed"})["participants"]
        assert shown == {"invited": 4, "submitted": None, "answering": None, "not_started": None}
        refused = portal.ask(method, f"{assessment}/{path}", {} if method == "POST" else None)
        assert problem_of(refused, 409).code == "too_few_submitted"
        told.add(refused.text.replace(assessment, "").replace(refused.headers["x-request-id"], ""))
    assert len(told) == 1


@pytest.mark.parametrize(("missing", "submitted"), [(0, 5), (1, None), (4, None), (5, 5)])
def test_who_is_missing_does_not_follow_from_how_many_handed_in(
    portal: Portal, assessment: str, missing: int, submitted: int | None
) -> None:
    answered(portal, assessment, 5)
    for _ in range(missing):
        portal.participant(assessment, role="cmo")
    closed = portal.patch(assessment, {"status": "closed"})
    result = portal.post(f"{assessment}/results", {})
    profile = portal.get(f"{assessment}/profile")
    assert closed["participants"]["submitted"] == submitted
    assert result["participants"]["submitted"] == submitted
    assert (profile["respondents"]["asked"], profile["respondents"]["submitted"]) == (None, submitted)
    assert result["profile"] == profile
    assert {question["n"] for question in profile["respondents"]["questions"]} == {None}


def test_it_is_declared_at_the_beginning_and_never_changed(portal: Portal, assessment: str) -> None:
    for change in ({"anonymous": False}, {"anonymous": True}):
        refused = portal.ask("PATCH", assessment, change)
        assert problem_of(refused, 422).errors[0].code == "unknown_field"


def test_respondents_see_the_profile_when_it_is_closed(portal: Portal, assessment: str) -> None:
    portal.patch("/workspace", {"respondents_see_profile": True})
    respondent = portal.invited(assessment, role="cmo")
    assert respondent.post("/respondent/submission", {"incomplete": True})["profile_shown"] is False
    assert respondent.get("/respondent/profile", 409)["code"] == "not_closed"
    answered(portal, assessment, 4)
    portal.patch(assessment, {"status": "closed"})
    assert respondent.get("/respondent/profile")["respondents"]["anonymous"] is True


def test_a_call_that_hands_in_for_all_is_answered_without_a_profile(portal: Portal) -> None:
    body = {
        "company": portal.company(),
        "anonymous": True,
        "responses": [{"role": "cmo", "answers": {DIALOGUE: "4"}}] * 5,
        "submit": True,
        "incomplete": True,
    }
    assert portal.post("/assessments", body)["profile"] is None
    closed = portal.post("/assessments", body | {"status": "closed"})
    assert closed["profile"]["counts"]["answered"] == 1


@pytest.mark.parametrize("people", [0, 4])
def test_a_call_that_hands_in_for_fewer_than_five_is_answered_the_same_when_it_is_repeated(
    portal: Portal, people: int
) -> None:
    body = {
        "company": portal.company(),
        "anonymous": True,
        "responses": [{"role": "cmo", "answers": {DIALOGUE: "4"}}] * people,
        "submit": True,
        "incomplete": True,
        "status": "closed",
    }
    made = portal.post("/assessments", body, Idempotency_Key="once")
    assert made["profile"] is None
    assert portal.post("/assessments", body, Idempotency_Key="once") == made
