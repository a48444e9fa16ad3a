"""An assessment from its company to its result, as a portal sees it."""

import pytest

from tests.kit.portal import Portal
from tests.kit.reading import SCORE, Json, problem_of


def all_answers(portal: Portal, participant: str, option: str = "3") -> Json:
    """An answer to every question that a participant is asked and has not answered."""
    refused = portal.ask("POST", f"{participant}/submission", {})
    assert refused.status_code == 422, refused.text
    problem = problem_of(refused, 422)
    assert problem.code == "incomplete"
    assert {fault.code for fault in problem.errors} == {"unanswered"}
    names = [fault.pointer.removeprefix("/answers/") for fault in problem.errors]
    own = ("collaboration.", "conduct.")  # options of their own
    return {name: option if not name.startswith(own) else "dont_know" for name in names}


def test_an_assessment_goes_from_draft_to_open_to_closed(portal: Portal) -> None:
    path = portal.assessment(status="draft")
    draft = portal.get(path)
    assert (draft["status"], draft["opened_at"]) == ("draft", None)
    opened = portal.patch(path, {"status": "open"})
    assert opened["questionnaire"]["version"] == "2.0.0"
    assert opened["questionnaire"]["digest"].startswith("sha256:")
    assert portal.patch(path, {"status": "draft"}, 409)["code"] == "wrong_status"
    closed = portal.patch(path, {"status": "closed"})
    assert closed["closed_at"] >= closed["opened_at"] >= closed["created_at"]
    assert portal.patch(path, {"status": "open"}, 409)["code"] == "wrong_status"


def test_a_whole_assessment(portal: Portal) -> None:
    path = portal.assessment(targets={"service": 5})
    cmo, cio = portal.participant(path, role="cmo", name="Ada"), portal.participant(path, role="cio")
    for participant, option in ((cmo, "4"), (cio, "2")):
        given = all_answers(portal, participant, option)
        assert portal.answer(participant, given)["revision"] == 1
    live = portal.get(f"{path}/profile")
    assert (live["respondents"]["asked"], live["respondents"]["submitted"]) == (2, 0)
    handed_in = portal.post(f"{cmo}/submission", {})
    assert handed_in["participant"]["status"] == "submitted"
    assert handed_in["profile"]["respondents"]["submitted"] == 1
    portal.settle(path, "consensus", {"marketing.targeting": {"option": "3", "rationale": "Seen together."}})
    portal.patch(path, {"status": "closed"})
    result = portal.post(f"{path}/results", {"name": "Baseline"})
    assert (result["number"], result["name"]) == (1, "Baseline")
    assert result["participants"]["submitted"] == 1
    assert [missing["role"] for missing in result["participants"]["missing"]] == ["cio"]
    assert result["profile"]["respondents"]["asked"] == 1
    assert portal.get(f"{path}/results/1")["profile"] == result["profile"]
    assert portal.get(f"{path}/results/1/verification")["equal"] is True
    again = portal.client.post(
        SCORE, json=result["request"], headers={"Authorization": f"Bearer {portal.token}"}
    )
    assert again.json() == result["profile"]


def test_all_in_one_call(portal: Portal) -> None:
    body = {
        "company": {"name": "Cantine Alte", "country": "IT"},
        "responses": [{"role": "cmo", "answers": {"marketing.dialogue": "4"}, "self_rating": 6}],
        "submit": True,
    }
    refused = problem_of(portal.ask("POST", "/assessments", body), 422)
    assert refused.code == "incomplete"
    assert all(fault.pointer.startswith("/responses/0/answers/") for fault in refused.errors)
    made = portal.post("/assessments", body | {"incomplete": True})
    assert made["status"] == "open"
    assert made["participants"] == {"invited": 1, "submitted": 1, "answering": 0, "not_started": 0}
    assert made["profile"]["functions"][0]["counts"]["answered"] == 1
    assert len(made["responses"]) == 1
    assert portal.get(f"/companies/{made['company']}")["name"] == "Cantine Alte"


@pytest.mark.parametrize("status", ["draft", "open", "closed"])
def test_an_empty_assessment_can_be_made_in_any_state(portal: Portal, status: str) -> None:
    assert portal.get(portal.assessment(status=status))["status"] == status
