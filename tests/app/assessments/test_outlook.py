"""Stored results are compared, scored by another version, tried, and planned from; nothing is stored."""

from collections.abc import Mapping

import pytest

from app.plans.schemas import PlanDocument
from app.scores.comparison_schemas import ComparisonDocument, SimulationDocument
from app.scores.outlook_schemas import OutlookDocument
from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of

BODIES: dict[str, Json] = {"simulation": {"changes": {}}, "plan": {}}
# The least that a plan can be asked for.
WISHES: Json = {"goal": {"budget": 1}, "alternatives": 0, "seconds": 10}
ADA: Json = {"email": "ada@valle.example"}
OLDER, CORRECTED = {"version": "1.0.0"}, {"version": "1.1.0"}  # the same questions, in other words


def said(presence: str) -> Json:
    return {"sales.presence": presence, "marketing.dialogue": "4"}


def assessed(portal: Portal, company: str, *people: Json, **about: object) -> str:
    """An assessment in which these have handed in, with a result."""
    body = {"company": company, "responses": people, "submit": True, "incomplete": True, **about}
    path = f"/assessments/{portal.post('/assessments', body)['id']}"
    portal.post(f"{path}/results", {})
    return path


def named(path: str, number: int = 1) -> str:
    return f"{path.rpartition('/')[2]}/{number}"


def compared(portal: Portal, path: str, other: object, number: int = 1, status: int = 200) -> Json:
    shown: Json = portal.get(f"{path}/results/{number}/comparison?with={other}", status)
    return shown


@pytest.fixture
def company(portal: Portal) -> str:
    return portal.company()


@pytest.fixture
def assessment(portal: Portal, company: str) -> str:
    return assessed(portal, company, ADA | {"answers": said("3")})


def request_of(portal: Portal, path: str, number: int = 1) -> Json:
    request: Json = portal.get(f"{path}/results/{number}")["request"]
    return request


def test_two_results_of_an_assessment_are_compared(portal: Portal, assessment: str) -> None:
    participant = portal.get(f"{assessment}/participants")["data"][0]["id"]
    portal.delete(f"{assessment}/participants/{participant}/submission", 200)
    portal.answer(f"{assessment}/participants/{participant}", {"sales.presence": "5"}, 1)
    portal.post(f"{assessment}/participants/{participant}/submission", {"incomplete": True})
    portal.participant(assessment)
    portal.post(f"{assessment}/results", {})
    shown = compared(portal, assessment, 1, 2)
    ComparisonDocument.model_validate(shown, strict=True)
    assert [q["question"] for q in shown["questions"]["answers_changed"]] == ["sales.presence"]
    assert shown["respondents"] == {"joined": 0, "left": 0, "stayed": 1}
    first, second = (portal.get(f"{assessment}/results/{number}") for number in (1, 2))
    assert shown["overall"]["score"]["before"] == first["profile"]["overall"]["score"]
    assert shown["overall"]["score"]["after"] == second["profile"]["overall"]["score"]
    stateless = {"before": first["request"], "after": second["request"]}
    assert shown == portal.post("/compare", stateless, 200)


def test_people_are_known_by_their_addresses_in_another_assessment(portal: Portal, company: str) -> None:
    stays, leaves, joins = ({"email": f"{who}@valle.example"} for who in ("ada", "bo", "eva"))
    before = assessed(portal, company, stays | {"answers": said("1")}, leaves | {"answers": said("5")})
    capitals = {"email": "ADA@valle.example"}
    after = assessed(portal, company, capitals | {"answers": said("2")}, joins | {"answers": said("5")})
    shown = compared(portal, after, named(before))
    assert shown["respondents"] == {"joined": 1, "left": 1, "stayed": 1}
    assert [notice["code"] for notice in shown["notices"]] == ["order_is_convention", "other_respondents"]
    alone = [
        ("marketing.dialogue", "4", "4"),
        ("sales.presence", "1", "2"),
    ]
    moved = shown["in_both"]["questions"]["answers_changed"]
    assert [(q["question"], q["before"]["option"], q["after"]["option"]) for q in moved] == alone[1:]
    assert (
        shown["overall"]["score"]["change"]["value"]
        != shown["in_both"]["overall"]["score"]["change"]["value"]
    )


@pytest.mark.parametrize("emails", [(None, "ada@valle.example"), ("ada@valle.example", "Ada@valle.example")])
def test_who_has_no_address_of_his_or_her_own_is_not_told_apart(
    portal: Portal, company: str, emails: tuple[str | None, str]
) -> None:
    people = [{"email": email, "answers": said("3")} for email in emails]
    before, after = (assessed(portal, company, *people) for _ in range(2))
    shown = compared(portal, after, named(before))
    assert (shown["respondents"], shown["in_both"]) == (None, None)
    assert "respondents_not_told_apart" in [notice["code"] for notice in shown["notices"]]


def test_two_versions_are_compared_by_the_mapping(portal: Portal, company: str) -> None:
    before = assessed(portal, company, ADA | {"answers": said("3")}, **OLDER)
    after = assessed(portal, company, ADA | {"answers": said("4")}, **CORRECTED)
    shown = compared(portal, after, named(before))
    versions = [shown[side]["questionnaire"]["version"] for side in ("before", "after")]
    assert versions == ["1.0.0", "1.1.0"]
    assert [q["question"] for q in shown["questions"]["answers_changed"]] == ["sales.presence"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("1", ("/query/with", "same_result")),
        ("0", ("/query/with", "malformed")),
        ("latest", ("/query/with", "malformed")),
    ],
)
def test_what_is_no_other_result_is_refused(
    portal: Portal, assessment: str, other: str, found: tuple[str, str]
) -> None:
    response = portal.ask("GET", f"{assessment}/results/1/comparison?with={other}")
    assert faults_of(response) == {found}


def test_a_result_of_another_company_is_refused(portal: Portal, assessment: str) -> None:
    theirs = assessed(portal, portal.company("Other"), ADA | {"answers": said("3")})
    response = portal.ask("GET", f"{assessment}/results/1/comparison?with={named(theirs)}")
    assert faults_of(response) == {("/query/with", "other_company")}


def test_a_result_that_there_is_not_is_named(portal: Portal, assessment: str) -> None:
    for other in ("7", named(assessment, 7), "asm_0000000000000000000000000/1"):
        problem = compared(portal, assessment, other, status=404)
        assert [error["pointer"] for error in problem["errors"]] == ["/query/with"]


def test_the_same_answers_by_another_version(portal: Portal, company: str) -> None:
    assessment = assessed(portal, company, ADA | {"answers": said("3")}, **CORRECTED)
    shown = portal.get(f"{assessment}/results/1/rescored?version=1.0.0")
    SimulationDocument.model_validate(shown, strict=True)
    request = request_of(portal, assessment) | OLDER
    assert shown["profile"] == portal.post("/score", request, 200)
    assert shown["difference"]["after"]["questionnaire"]["version"] == "1.0.0"
    assert not any(shown["difference"]["questions"].values())


def test_by_its_own_version_nothing_moves(portal: Portal, assessment: str) -> None:
    shown = portal.get(f"{assessment}/results/1/rescored?lang=it")
    assert shown["profile"] == portal.get(f"{assessment}/results/1?lang=it")["profile"]
    assert not any(shown["difference"]["questions"].values())


def test_a_version_that_there_is_not_is_refused(portal: Portal, assessment: str) -> None:
    response = portal.ask("GET", f"{assessment}/results/1/rescored?version=9")
    assert faults_of(response) == {("/query/version", "unknown_version")}


def test_a_companys_results_stand_in_a_row(portal: Portal, company: str) -> None:
    first = assessed(portal, company, ADA | {"answers": said("1")}, name="First", **OLDER)
    second = assessed(portal, company, ADA | {"answers": said("5")}, name="Second")
    portal.post(f"{first}/results", {})
    assessed(portal, portal.company("Other"), ADA | {"answers": said("3")})
    (rows,) = portal.pages(f"/companies/{company}/history", 50)
    assert [f"{row['assessment']}/{row['number']}" for row in rows] == [
        named(first, 2),
        named(second),
        named(first),
    ]
    assert [row["assessment_name"] for row in rows] == ["First", "Second", "First"]
    back, up, begin = rows
    assert begin["change"] is None
    assert up["change"]["before"] == named(first)
    moved = compared(portal, second, up["change"]["before"])["overall"]["score"]["change"]
    assert up["change"]["overall"] == moved
    assert back["change"]["overall"]["value"] == -moved["value"]
    assert up["change"]["same_rules"] is False
    assert up["change"]["verdict"] == {"from": begin["verdict"], "to": up["verdict"]}
    pages = list(portal.pages(f"/companies/{company}/history", 1))
    assert [row for page in pages for row in page] == rows


def test_a_company_without_results_has_no_history(portal: Portal, company: str) -> None:
    assert portal.get(f"/companies/{company}/history") == {"data": [], "next_cursor": None}
    portal.get("/companies/cmp_0000000000000000000000000/history", 404)


CHANGES: Json = {"answers": {"sales.presence": "5"}, "targets": {"service": 5}, "weights": {"sales": 3}}


@pytest.mark.parametrize("base", ["", "/results/1"])
def test_changes_are_tried_and_nothing_is_stored(portal: Portal, assessment: str, base: str) -> None:
    kept = portal.get(f"{assessment}/results/1"), portal.get(f"{assessment}/profile")
    shown = portal.post(f"{assessment}{base}/simulation", {"changes": CHANGES}, 200)
    SimulationDocument.model_validate(shown, strict=True)
    assert shown == portal.post("/simulate", request_of(portal, assessment) | {"changes": CHANGES}, 200)
    assert (portal.get(f"{assessment}/results/1"), portal.get(f"{assessment}/profile")) == kept


def test_drafts_are_tried_while_the_assessment_is_open(portal: Portal, assessment: str) -> None:
    portal.answer(portal.participant(assessment), {"sales.presence": "0"})
    shown = portal.post(f"{assessment}/simulation", {"changes": {}}, 200)
    assert shown["profile"] == portal.get(f"{assessment}/profile")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            {"changes": {"answers": {"sales.presence": "9"}}},
            ("/changes/answers/sales.presence", "unknown_option"),
        ),
        ({"changes": {"weights": {"nothing": 1}}}, ("/changes/weights/nothing", "unknown_weight")),
        ({"changes": {"targets": {"nothing": 1}}}, ("/changes/targets/nothing", "unknown_target")),
        ({}, ("/changes", "missing")),
    ],
)
def test_changes_that_cannot_be_made_are_refused(
    portal: Portal, assessment: str, body: Json, found: tuple[str, str]
) -> None:
    assert faults_of(portal.ask("POST", f"{assessment}/results/1/simulation", body)) == {found}


@pytest.mark.parametrize("base", ["", "/results/1"])
def test_a_plan_begins_where_the_company_is(portal: Portal, assessment: str, base: str) -> None:
    shown = portal.post(f"{assessment}{base}/plan", WISHES, 200)
    PlanDocument.model_validate(shown)
    assert shown == portal.post("/plan", request_of(portal, assessment) | WISHES, 200)
    assert shown["status"] == "optimal"


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ({"goal": {"level": 1, "index": 5}}, ("/goal", "one_goal")),
        ({"costs": {"nothing": [1]}}, ("/costs/nothing", "unknown_capability")),
        ({"seconds": 0}, ("/seconds", "too_small")),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused(
    portal: Portal, assessment: str, wishes: Json, found: tuple[str, str]
) -> None:
    assert faults_of(portal.ask("POST", f"{assessment}/plan", wishes)) == {found}


def test_there_is_nothing_to_try_where_nobody_takes_part(portal: Portal) -> None:
    path = portal.assessment()
    for part, body in BODIES.items():
        assert portal.post(f"{path}/{part}", body, 409)["code"] == "nothing_submitted"


@pytest.fixture
def anonymous(portal: Portal, company: str) -> str:
    """Five have handed in; of one question only four know the answer."""
    people = [{"answers": said(option) | {"sales.crm_link": "2"}} for option in "12345"]
    people[0]["answers"]["sales.crm_link"] = "dont_know"
    about = {"anonymous": True, "status": "closed"}
    path = assessed(portal, company, *people, **about)
    portal.post(f"{path}/results", {})
    return path


def without_ids(said: object) -> bool:
    """Whether nothing in a JSON value is the id of a participant."""
    return "prt_" not in str(said)


def test_of_an_anonymous_assessment_what_is_shown_is_compared(
    portal: Portal, company: str, anonymous: str
) -> None:
    assert portal.get(f"{anonymous}/results/1")["request"] is None
    open_ = assessed(portal, company, ADA | {"answers": said("1") | {"sales.crm_link": "1"}})
    shown = compared(portal, anonymous, named(open_))
    assert (shown["respondents"], shown["in_both"]) == (None, None)
    assert [q["question"] for q in shown["questions"]["no_longer_answered"]] == ["sales.crm_link"]
    assert compared(portal, anonymous, 2)["overall"]["score"]["change"]["value"] == 0
    assert without_ids(shown)


def test_anonymous_answers_are_tried_as_they_are_shown(portal: Portal, anonymous: str) -> None:
    profile = portal.get(f"{anonymous}/profile")
    for base in ("", "/results/1"):
        shown = portal.post(f"{anonymous}{base}/simulation", {"changes": {}}, 200)
        assert shown["profile"] == profile
    assert portal.post(f"{anonymous}/plan", WISHES, 200)["status"] == "optimal"


def test_anonymous_answers_are_not_carried_to_another_version(portal: Portal, anonymous: str) -> None:
    refused = portal.get(f"{anonymous}/results/1/rescored?version=1.0.0", 403)
    assert refused["code"] == "anonymous_assessment"


@pytest.mark.parametrize(("status", "code"), [("open", "not_closed"), ("closed", "too_few_submitted")])
def test_nothing_begins_where_no_profile_is_shown(
    portal: Portal, company: str, status: str, code: str
) -> None:
    body: Mapping[str, object] = {
        "company": company,
        "responses": [{}] * 4,
        "submit": True,
        "incomplete": True,
    }
    made = portal.post("/assessments", {**body, "anonymous": True, "status": status})
    for part, wanted in BODIES.items():
        assert portal.post(f"/assessments/{made['id']}/{part}", wanted, 409)["code"] == code


def test_what_to_ask_next_and_how_sure_it_is_is_that_of_the_stateless_operation(
    portal: Portal, company: str
) -> None:
    people = [{"role": None, "answers": said(level)} for level in "33452"]
    path = assessed(portal, company, *people)
    for base, ahead in (("", portal.get(f"{path}/outlook")), ("1", portal.get(f"{path}/results/1/outlook"))):
        request = request_of(portal, path)
        assert ahead == portal.post("/outlook", request, 200), base
        assert ahead["sensitivity"]["samples"]["people"] == len(people)
    OutlookDocument.model_validate(ahead)
    first = ahead["next_questions"]["questions"][0]
    assert first["question"] not in said("3")


def test_nobody_of_an_anonymous_assessment_is_drawn_again(portal: Portal, company: str) -> None:
    body = {"company": company, "responses": [{"answers": said("3")}] * 6, "submit": True, "incomplete": True}
    path = f"/assessments/{portal.post('/assessments', body | {'anonymous': True})['id']}"
    portal.patch(path, {"status": "closed"})
    ahead = portal.get(f"{path}/outlook")
    assert ahead["sensitivity"]["samples"] is None
    hinges = [hinge["question"] for f in ahead["sensitivity"]["functions"] for hinge in f["answers"]]
    assert {*hinges} == said("3").keys()


def test_what_is_tried_counts_like_the_profile(portal: Portal, company: str) -> None:
    path = assessed(portal, company, *[{"answers": said("3")}] * 25)

    def left(method: str, below: str, body: object = None) -> int:
        return int(portal.ask(method, f"{path}{below}", body).headers["ratelimit-remaining"])

    before = left("GET", "/results")
    for method, below, body in (
        ("POST", "/simulation", {"changes": {}}),
        ("POST", "/results/1/plan", WISHES),
        ("GET", "/results/1/rescored", None),
    ):
        after = left(method, below, body)
        assert before - after == 3
        before = after


def test_a_report_says_why_a_result_moved_since_the_one_before(
    portal: Portal, company: str, assessment: str
) -> None:
    later = assessed(portal, company, ADA | {"answers": said("5")})
    first = portal.ask("GET", f"{assessment}/results/1/report").text
    second = portal.ask("GET", f"{later}/results/1/report").text
    assert 'id="moved"' not in first
    assert 'id="moved"' in second
    assert "Why the index moved" in second
    assert 'id="sure"' in first
    assert 'id="moved"' not in portal.ask("GET", f"{later}/profile/report").text  # it is that result
    assert 'id="moved"' in portal.ask("GET", f"{assessment}/profile/report").text
