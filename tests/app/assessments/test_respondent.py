"""What somebody with an invitation can do, and nothing else."""

import pytest

from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of, problem_of

DIALOGUE = "marketing.dialogue"


@pytest.fixture
def assessment(portal: Portal) -> str:
    company = portal.company("Cantine Alte")
    return portal.assessment(company=company, name="Baseline", due_date="2027-02-01", tier="express")


def test_all_that_is_needed_to_answer_comes_at_once(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment, role="cmo", name="Ada", language="it")
    shown = respondent.get("/respondent")
    about = shown["assessment"]
    assert (about["company"], about["workspace"], about["name"], about["due_date"], about["tier"]) == (
        "Cantine Alte",
        "Rossi Consulting",
        "Baseline",
        "2027-02-01",
        "express",
    )
    assert (shown["participant"]["name"], shown["participant"]["language"]) == ("Ada", "it")
    assert shown["participant"]["status"] == "not_started"
    assert shown["questions"][0] == DIALOGUE
    assert {name.partition(".")[0] for name in shown["questions"]} == {"marketing", "collaboration"}
    assert shown["progress"]["asked"] == len(shown["questions"])
    questionnaire = respondent.get("/respondent/questionnaire?lang=it")
    (cmo,) = (role for role in questionnaire["roles"] if role["id"] == "cmo")
    assert shown["minutes"]["it"] == cmo["minutes"]["express"]
    assert shown["minutes"]["en"]["stopping"] < questionnaire["tiers"]["express"]["minutes"]["stopping"]
    assert (shown["revision"], shown["answers"], shown["sees_profile"]) == (0, {}, False)


def test_the_questionnaire_is_read_with_the_invitation(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment)
    italian = respondent.ask("GET", "/respondent/questionnaire?lang=it")
    assert italian.json()["language"] == "it"
    tag = {"If-None-Match": italian.headers["etag"]}
    assert respondent.ask("GET", "/respondent/questionnaire?lang=it", headers=tag).status_code == 304


def test_the_consultant_sees_what_a_respondent_answers(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment, role="cmo")
    changed = respondent.patch("/respondent/answers", {"answers": {DIALOGUE: "4"}}, If_Match='"0"')
    assert changed["revision"] == 1
    stale = respondent.ask("PATCH", "/respondent/answers", {"answers": {}}, {"If-Match": '"0"'})
    assert problem_of(stale, 412).errors[0].pointer == f"/answers/{DIALOGUE}"
    (shown,) = portal.get(f"{assessment}/participants")["data"]
    assert (shown["status"], shown["progress"]["answered"]) == ("answering", 1)
    assert portal.get(f"{assessment}/participants/{shown['id']}/answers")["answers"] == {DIALOGUE: "4"}


def test_a_respondent_hands_in_what_is_complete(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment, functions=["service"])
    refused = respondent.ask("POST", "/respondent/submission", {})
    named = faults_of(refused)
    answers = {pointer.removeprefix("/answers/"): "3" for pointer, _ in named}
    assert {code for _, code in named} == {"unanswered"}
    respondent.patch("/respondent/answers", {"answers": answers}, If_Match='"0"')
    handed_in = respondent.post("/respondent/submission", {})
    assert (handed_in["revision"], handed_in["profile_shown"]) == (1, False)
    (shown,) = portal.get(f"{assessment}/participants")["data"]
    assert shown["history"][0]["by"] == shown["id"]
    late = respondent.ask("PATCH", "/respondent/answers", {"answers": {}}, {"If-Match": '"1"'})
    assert problem_of(late, 409).code == "submitted"


def test_the_profile_is_shown_if_the_workspace_shows_it(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment, role="cmo")
    assert respondent.get("/respondent/profile", 403)["code"] == "profile_not_shown"
    portal.patch("/workspace", {"respondents_see_profile": True})
    assert respondent.get("/respondent/profile", 409)["code"] == "not_submitted"
    assert respondent.post("/respondent/submission", {"incomplete": True})["profile_shown"] is True
    assert respondent.get("/respondent/profile")["tier"] == "express"


def test_a_respondent_opens_his_own_answers_again(portal: Portal, assessment: str) -> None:
    respondent = portal.invited(assessment, role="cmo")
    respondent.post("/respondent/submission", {"incomplete": True})
    assert respondent.delete("/respondent/submission", 200)["submitted_at"] is None
    assert respondent.delete("/respondent/submission", 409)["code"] == "not_submitted"
    (shown,) = portal.get(f"{assessment}/participants")["data"]
    assert [(entry["kind"], entry["by"]) for entry in shown["history"]] == [
        ("submitted", shown["id"]),
        ("reopened", shown["id"]),
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/companies"), ("GET", "/workspace"), ("POST", "/score"), ("GET", "/questionnaires")],
)
def test_an_invitation_opens_nothing_else(portal: Portal, assessment: str, method: str, path: str) -> None:
    respondent = portal.invited(assessment)
    body: Json | None = {"answers": {}} if method == "POST" else None
    assert problem_of(respondent.ask(method, path, body), 401).code == "invitation_token"


def test_the_workspace_is_changed_in_parts(portal: Portal) -> None:
    before = portal.get("/workspace")
    assert (before["name"], before["language"], before["is_test"]) == ("Rossi Consulting", "en", False)
    after = portal.patch("/workspace", {"name": "Rossi & Partner", "language": "it"})
    assert after == before | {"name": "Rossi & Partner", "language": "it"}
    assert portal.get(portal.assessment(status="draft"))["language"] == "it"
