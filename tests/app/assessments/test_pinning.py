"""An assessment keeps the questionnaire that it was opened with, whatever comes later."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of, problem_of

SOURCE = QUESTIONNAIRES / "social-business" / "1.0.0"
Serve = Callable[..., Portal]


def write(folder: Path, version: str, change: Callable[[str], str] = str) -> Path:
    """A version of the shipped questionnaire."""
    target = folder / "social-business" / version
    shutil.copytree(SOURCE, target, dirs_exist_ok=True)
    file = target / "questionnaire.toml"
    written = (SOURCE / "questionnaire.toml").read_text("utf-8").replace('"1.0.0"', f'"{version}"', 1)
    file.write_text(change(written), "utf-8")
    return target


def release(folder: Path, *versions: Path) -> None:
    load.cache_clear()
    lines = [f'"social-business@{version.name}" = "{load(version).digest}"\n' for version in versions]
    (folder / "released.toml").write_text("".join(lines), "utf-8")


@pytest.fixture
def serve(served: Callable[..., TestClient], tmp_path: Path, portal: Portal) -> Serve:
    """The portal at a service with the questionnaires in `tmp_path` as they are now."""

    def at_service() -> Portal:
        return Portal(
            served(questionnaires=tmp_path, shipped_questionnaires=False), portal.token, portal.workspace
        )

    return at_service


def test_a_newer_version_touches_neither_open_nor_closed_assessments(serve: Serve, tmp_path: Path) -> None:
    first = write(tmp_path, "1.0.0")
    release(tmp_path, first)
    portal = serve()
    company = portal.company()
    opened, draft = portal.assessment(company=company), portal.assessment(company=company, status="draft")
    before = portal.get(f"{opened}/profile")
    release(tmp_path, first, write(tmp_path, "1.1.0"))
    later = serve()
    assert later.get(f"{opened}/profile") == before
    assert later.get(draft)["questionnaire"]["version"] == "1.1.0"
    assert later.patch(draft, {"status": "open"})["questionnaire"]["version"] == "1.1.0"
    assert later.patch(opened, {"status": "closed"})["questionnaire"]["version"] == "1.0.0"


def test_a_draft_can_name_its_version(serve: Serve, tmp_path: Path) -> None:
    first = write(tmp_path, "1.0.0")
    release(tmp_path, first, write(tmp_path, "1.1.0"))
    portal = serve()
    draft = portal.assessment(status="draft", version="1.0.0")
    assert portal.patch(draft, {"status": "open"})["questionnaire"]["version"] == "1.0.0"
    other = portal.assessment(status="draft", version="1.0.0")
    assert portal.patch(other, {"version": None})["questionnaire"]["version"] == "1.1.0"


def test_only_what_is_released_can_be_opened(serve: Serve, tmp_path: Path) -> None:
    release(tmp_path, write(tmp_path, "1.0.0"))
    write(tmp_path, "2.0.0")
    portal = serve()
    body = {"company": portal.company(), "version": "2.0.0", "status": "open"}
    assert portal.post("/assessments", body, 409)["code"] == "unreleased_questionnaire"


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_questionnaire_that_is_gone_or_changed_is_told(serve: Serve, tmp_path: Path, change: str) -> None:
    first, second = write(tmp_path, "1.0.0"), write(tmp_path, "1.1.0")
    release(tmp_path, first, second)
    portal = serve()
    opened = portal.assessment(version="1.1.0")
    participant = portal.participant(opened, role="cmo")
    portal.post(f"{participant}/submission", {"incomplete": True})
    kept = portal.post(f"{opened}/results", {})
    if change == "gone":
        shutil.rmtree(second)
        release(tmp_path, first)
    else:
        write(
            tmp_path,
            "1.1.0",
            lambda text: text.replace("weight = 2", "weight = 3") + "\n[notices]\nraters = 9\n",
        )
        release(tmp_path, first, second)
    later = serve()
    assert later.get(f"{opened}/profile", 409)["code"] == "questionnaire_unavailable"
    told = later.get(f"{opened}/results/1/verification")
    assert told["equal"] is False
    assert later.get(f"{opened}/results/1") == kept
    assert later.get(opened)["questionnaire"]["version"] == "1.1.0"


def test_what_was_settled_at_the_opening_stays(portal: Portal) -> None:
    opened = portal.assessment()
    for change in ({"tier": "express"}, {"scope": ["sales"]}, {"version": "1.0.0"}):
        refused = problem_of(portal.ask("PATCH", opened, change), 409)
        assert (refused.code, refused.errors[0].pointer) == ("wrong_status", f"/{next(iter(change))}")
    assert portal.patch(opened, {"name": "Spring", "due_date": "2027-03-01"})["due_date"] == "2027-03-01"
    portal.patch(opened, {"status": "closed"})
    assert portal.patch(opened, {"name": "Autumn"})["name"] == "Autumn"
    assert portal.patch(opened, {"due_date": None}, 409)["code"] == "wrong_status"
    assert portal.settle(opened, "targets", {}, 409)["code"] == "wrong_status"
    assert portal.settle(opened, "consensus", {}, 409)["code"] == "wrong_status"
    assert portal.post(f"{opened}/participants", {}, 409)["code"] == "wrong_status"


def test_a_draft_is_changed_as_a_whole(portal: Portal) -> None:
    draft = portal.assessment(status="draft", targets={"sales": 3})
    changed = portal.patch(draft, {"tier": "express", "scope": ["sales", "service"], "language": "it"})
    assert (changed["tier"], changed["scope"], changed["language"]) == ("express", ["sales", "service"], "it")
    refused = portal.ask("PATCH", draft, {"tier": "long", "scope": ["kitchen"]})
    assert faults_of(refused) == {("/tier", "unknown_tier"), ("/scope/0", "unknown_function")}
    assert portal.get(draft)["tier"] == "express"


def test_parts_that_do_not_fit_are_placed_where_they_stand(portal: Portal) -> None:
    opened = portal.assessment()
    first = {"If-Match": '"0"'}
    assert faults_of(portal.ask("PUT", f"{opened}/targets", {"kitchen": 3, "sales": 9}, first)) == {
        ("/kitchen", "unknown_target"),
        ("/sales", "level_out_of_range"),
    }
    settled = {"sales.presence": {"option": "9", "rationale": "Seen."}}
    refused = portal.ask("PUT", f"{opened}/consensus", settled, first)
    assert faults_of(refused) == {("/sales.presence/option", "unknown_option")}
    body: Json = {"company": "cmp_nowhere", "responses": [{"role": "king"}]}
    assert faults_of(portal.ask("POST", "/assessments", body), 404) == {("/company", "not_found")}
    body = {"company": {"name": "Valle"}, "questionnaire": "nowhere"}
    assert faults_of(portal.ask("POST", "/assessments", body)) == {
        ("/questionnaire", "unknown_questionnaire")
    }
    assert portal.get("/companies?limit=200")["data"][-1]["name"] != "Valle"


def test_changes_may_name_the_revision_that_they_are_meant_for(portal: Portal) -> None:
    opened = portal.assessment()
    tag = portal.ask("GET", opened).headers["etag"]
    portal.put(f"{opened}/targets", {"sales": 3}, If_Match=tag)
    for method, path, body in (
        ("PATCH", opened, {"name": "Spring"}),
        ("PUT", f"{opened}/targets", {}),
        ("PUT", f"{opened}/consensus", {}),
    ):
        assert problem_of(portal.ask(method, path, body, {"If-Match": tag}), 412).code == "stale"
    company = f"/companies/{portal.get(opened)['company']}"
    first = portal.patch(company, {"country": "IT"}, If_Match='"0"')
    assert first["revision"] == 1
    assert portal.patch(company, {"country": "DE"}, 412, If_Match='"0"')["revision"] == 1
    assert portal.patch(company, {"country": None})["country"] is None


@pytest.mark.parametrize(
    "due", ["0001-01-01", "1999-12-31", "2200-01-01", "2027-01-01T00:00:00Z", "2027-1-1"]
)
def test_a_due_date_is_a_day_of_our_times(portal: Portal, due: str) -> None:
    body = {"company": portal.company(), "due_date": due}
    assert {pointer for pointer, _ in faults_of(portal.ask("POST", "/assessments", body))} == {"/due_date"}


def test_a_change_of_a_participant_may_name_what_it_is_meant_for(portal: Portal) -> None:
    assessment = portal.assessment()
    participant = portal.participant(assessment, name="Eva")
    tag = portal.ask("GET", participant).headers["etag"]
    portal.answer(participant, {"marketing.dialogue": "4"})
    assert portal.ask("GET", participant).headers["etag"] == tag  # answers have a revision of their own
    renamed = portal.ask("PATCH", participant, {"name": "Ada"}, {"If-Match": tag})
    stale = portal.ask("PATCH", participant, {"name": "Ida"}, {"If-Match": tag})
    assert problem_of(stale, 412).code == "stale"
    assert stale.headers["etag"] == renamed.headers["etag"] != tag
    assert portal.get(participant)["name"] == "Ada"
    portal.patch(participant, {"name": "Ida"}, If_Match="*")
    portal.patch(participant, {"name": "Eva"})


@pytest.mark.parametrize("part", ["targets", "consensus"])
def test_the_whole_is_not_replaced_unseen(portal: Portal, part: str) -> None:
    path = f"{portal.assessment()}/{part}"
    refused = problem_of(portal.ask("PUT", path, {}, {"If-Match": "*"}), 428)
    assert refused.detail.startswith("If-Match: * names no revision")
    assert problem_of(portal.ask("PUT", path, {}), 428).code == "precondition_required"


def test_tags_in_several_lines_are_one_list(portal: Portal) -> None:
    opened = portal.assessment()
    own = {"Authorization": f"Bearer {portal.token}", "If-Match": '"7"'}
    lines = [*own.items(), ("If-Match", '"0"')]
    changed = portal.client.patch(f"/v1{opened}", json={"name": "Spring"}, headers=lines)
    assert changed.status_code == 200, changed.text
