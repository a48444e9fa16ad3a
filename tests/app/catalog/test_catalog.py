import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from app.catalog.schemas import QuestionnaireDocument
from app.core.editions import QuestionnaireFolderError
from app.core.settings import Settings
from app.demo.workspace import DEMO_KEY
from app.main import create_app
from app.scores.example import ANSWERS
from tests.kit.folders import QUESTIONNAIRES, ROOT, load
from tests.kit.reading import Json, faults_of, problem_of

LIST = "/v1/questionnaires"
ONE = f"{LIST}/social-business/versions/1.0.0"
SCHEMA = f"{ONE}/answers-schema"
QUESTIONNAIRE = load(QUESTIONNAIRES / "social-business" / "1.0.0")


def questions_of(document: Json) -> list[Json]:
    return [q for f in document["functions"] for c in f["capabilities"] for q in c["questions"]]


DRAFT = ROOT / "app" / "commands" / "draft"


@pytest.fixture(scope="module")
def english(client: TestClient) -> Json:
    document: Json = client.get(f"{ONE}?lang=en").json()
    return document


@pytest.fixture
def many(tmp_path: Path) -> TestClient:
    """A service with five versions of a questionnaire, none of them released."""
    source = QUESTIONNAIRES / "social-business" / "1.0.0"
    for version in ("1.0.0", "1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0"):
        target = tmp_path / "social-business" / version
        shutil.copytree(source, target)
        file = target / "questionnaire.toml"
        file.write_text(file.read_text("utf-8").replace('"1.0.0"', f'"{version}"', 1), "utf-8")
    service = create_app(Settings(questionnaires=tmp_path, shipped_questionnaires=False, public_scoring=True))
    return TestClient(service, raise_server_exceptions=False)


def test_the_list_names_every_version_with_its_digest(client: TestClient) -> None:
    page = client.get(LIST).json()
    assert page["next_cursor"] is None
    assert [(q["id"], q["version"]) for q in page["data"]] == [
        ("social-business", "1.0.0"),
        ("social-business", "1.1.0"),
        ("social-business", "2.0.0"),
    ]
    assert page["data"][0]["digest"] == QUESTIONNAIRE.digest
    assert [q["released"] for q in page["data"]] == [True, True, True]
    assert page["data"][0]["languages"] == ["en", "it"]
    assert page["data"][0]["tiers"]["full"] == 40


def test_pages_follow_one_another_in_the_order_of_versions(many: TestClient) -> None:
    versions, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        query: dict[str, Any] = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = many.get(LIST, params=query).json()
        assert 1 <= len(page["data"]) <= 2
        versions += [q["version"] for q in page["data"]]
        cursor, pages = page["next_cursor"], pages + 1
        assert pages <= 3
    assert versions == ["1.0.0", "1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0"]


def test_a_page_that_holds_all_is_the_last(many: TestClient) -> None:
    assert many.get(LIST, params={"limit": 5}).json()["next_cursor"] is None


@pytest.mark.parametrize("limit", ["0", "-1", "201", "x", "1.5", "", str(2**70)])
def test_a_limit_out_of_range_is_refused(client: TestClient, limit: str) -> None:
    found = faults_of(client.get(LIST, params={"limit": limit}))
    assert {pointer for pointer, _ in found} == {"/query/limit"}


@pytest.mark.parametrize("cursor", ["!", "a", "é", "AA==AA", "_w", 513 * "x", "bm93aGVyZQ"])
def test_a_cursor_that_is_none_is_refused(client: TestClient, cursor: str) -> None:
    found = faults_of(client.get(LIST, params={"cursor": cursor}))
    assert {pointer for pointer, _ in found} == {"/query/cursor"}


def test_the_questionnaire_is_its_file_with_all_defaults_written_out(english: Json) -> None:
    QuestionnaireDocument.model_validate(english)
    questions = questions_of(english)
    form = QUESTIONNAIRE.forms["full"]
    assert len(questions) == 40
    assert english["digest"] == QUESTIONNAIRE.digest
    assert [level["level"] for level in english["levels"]] == [0, 1, 2, 3, 4, 5]
    assert set(english["tiers"]) == {"full", "express"}
    assert english["tiers"]["full"]["questions"] == [q["id"] for q in questions]
    for shown, question in zip(questions, form.questions, strict=True):
        assert shown["id"] == question.id
        assert shown["weight"] == question.weight
        assert shown["text"]
        given = [(option["id"], option["points"]) for option in shown["options"]]
        assert given == [(option.id, option.points) for option in question.options]
        assert all(option["text"] for option in shown["options"])
    for function, expected in zip(english["functions"], form.functions, strict=True):
        assert (function["id"], function["weight"], function["scored"]) == (
            expected.id,
            expected.weight,
            expected.scored,
        )
        names = [capability["id"] for capability in function["capabilities"]]
        assert names == [capability.id for capability in expected.capabilities]
        assert all(name.startswith(f"{function['id']}.") for name in names)


CODED = {"id", "version", "digest", "languages", "questions", "asked", "capability", "before", "lens"}
OF_A_LANGUAGE = {"language", "minutes"}
CODED |= {"side", "benchmark", "option"}


def skeleton(value: Any, key: str = "") -> Any:  # noqa: ANN401 -- any JSON value
    """Ids, numbers and flags; of words only that they are there, and not how long they take to read."""
    if isinstance(value, dict):
        return {name: skeleton(inner, name) for name, inner in value.items() if name not in OF_A_LANGUAGE}
    if isinstance(value, list):
        return [skeleton(inner, key) for inner in value]
    return "words" if isinstance(value, str) and key not in CODED else value


def test_a_version_says_what_became_of_the_questions_of_an_older_one(
    client: TestClient, english: Json
) -> None:
    assert english["mapping"] is None
    later = client.get(f"{LIST}/social-business/versions/1.1.0").json()
    assert later["mapping"]["older"] == "1.0.0"
    ids = [question["id"] for question in questions_of(english)]
    assert later["mapping"]["questions"] == [{"kind": "same", "older": [i], "newer": [i]} for i in ids]


def test_languages_differ_in_words_only(client: TestClient, english: Json) -> None:
    italian = client.get(f"{ONE}?lang=it")
    assert italian.headers["content-language"] == "it"
    assert skeleton(italian.json()) == skeleton(english)
    pairs = zip(questions_of(italian.json()), questions_of(english), strict=True)
    assert all(one["text"] != other["text"] for one, other in pairs)


@pytest.mark.parametrize(
    "path", ["/v1/questionnaires/nowhere/versions/1.0.0", f"{ONE}.9", f"{ONE}9/answers-schema"]
)
def test_what_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path), 404).code == "not_found"


@pytest.fixture(scope="module")
def schema(client: TestClient) -> Draft202012Validator:
    found = client.get(SCHEMA).json()
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def test_the_answers_schema_accepts_the_example(client: TestClient, schema: Draft202012Validator) -> None:
    latest = client.get(f"{LIST}/social-business/versions/2.0.0/answers-schema").json()
    Draft202012Validator(latest).validate(ANSWERS)
    schema.validate({})


@pytest.mark.parametrize(
    "answers",
    [
        {"nowhere": "3"},
        {"sales.presence": "9"},
        {"sales.presence": 3},
        {"sales.presence": None},
        {"sales.presence": {}},
        {"sales.presence": {"option": "9"}},
        {"sales.presence": {"option": "3", "colour": "teal"}},
        {"sales.presence": {"option": "3", "not_applicable": "other"}},
        {"sales.presence": {"not_applicable": "no_wish"}},
        {"sales.presence": {"option": "3", "comment": 2001 * "x"}},
        {"sales.presence": {"option": "3", "evidence": ["file:///etc/passwd"]}},
        {"collaboration.frequency": "3"},
        [],
    ],
    ids=str,
)
def test_the_answers_schema_refuses_what_the_service_refuses(
    client: TestClient, schema: Draft202012Validator, answers: object
) -> None:
    assert not schema.is_valid(answers)
    problem_of(client.post("/v1/score", json={"answers": answers}), 422)


def test_the_answers_schema_of_a_tier_has_its_questions_only(client: TestClient) -> None:
    found = client.get(f"{SCHEMA}?tier=express").json()
    assert list(found["properties"]) == [q.id for q in QUESTIONNAIRE.forms["express"].questions]
    assert faults_of(client.get(f"{SCHEMA}?tier=nowhere")) == {("/query/tier", "unknown_tier")}


@pytest.mark.parametrize("path", [ONE, SCHEMA])
def test_what_the_caller_has_already_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["x-request-id"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    assert client.get(f"{path}?lang=it").headers["etag"] != tag


def test_a_released_version_that_was_changed_stops_the_service(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires"
    shutil.copytree(QUESTIONNAIRES, folder)
    create_app(Settings(questionnaires=folder, shipped_questionnaires=False))
    file = folder / "social-business" / "1.0.0" / "texts" / "en.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("customer", "client", 1), "utf-8")
    with pytest.raises(QuestionnaireFolderError, match=r"social-business@1\.0\.0 is released"):
        create_app(Settings(questionnaires=folder, shipped_questionnaires=False))


def test_a_released_version_that_is_missing_stops_the_service(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires"
    shutil.copytree(QUESTIONNAIRES, folder)
    shutil.rmtree(folder / "social-business" / "1.0.0")
    with pytest.raises(QuestionnaireFolderError, match="released"):
        create_app(Settings(questionnaires=folder, shipped_questionnaires=False))


def foreign(folder: Path) -> Path:
    """A folder with a released questionnaire of somebody else."""
    version = folder / "samm" / "0.1.0"
    shutil.copytree(DRAFT, version, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for file in version.rglob("*.toml"):
        text = file.read_text("utf-8").replace("{identifier}", "samm").replace("{version}", "0.1.0")
        file.write_text(text, "utf-8")
    (folder / "released.toml").write_text(f'"samm@0.1.0" = "{load(version).digest}"\n', "utf-8")
    return folder


def test_own_questionnaires_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    settings = Settings(questionnaires=foreign(tmp_path), default_questionnaire="samm", public_scoring=True)
    service = TestClient(create_app(settings))
    page = service.get(LIST).json()["data"]
    assert [f"{q['id']}@{q['version']}" for q in page] == [
        "samm@0.1.0",
        "social-business@1.0.0",
        "social-business@1.1.0",
        "social-business@2.0.0",
    ]
    scored = service.post("/v1/score", json={"answers": {"sales.presence": "4"}}).json()
    assert scored["questionnaire"]["id"] == "samm"


def test_a_copy_of_the_shipped_ones_is_the_same(tmp_path: Path) -> None:
    shutil.copytree(QUESTIONNAIRES, tmp_path, dirs_exist_ok=True)
    create_app(Settings(questionnaires=tmp_path))


def test_a_shipped_version_is_not_replaced(tmp_path: Path) -> None:
    shutil.copytree(QUESTIONNAIRES / "social-business", tmp_path / "social-business")
    file = tmp_path / "social-business" / "1.0.0" / "texts" / "en.toml"
    file.write_text(file.read_text("utf-8").replace("customer", "client", 1), "utf-8")
    with pytest.raises(QuestionnaireFolderError, match=r"social-business@1\.0\.0 is there already"):
        create_app(Settings(questionnaires=tmp_path))


def test_a_folder_without_questionnaires_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireFolderError, match="there is no questionnaire"):
        create_app(Settings(questionnaires=tmp_path))


def test_a_demonstration_without_the_shipped_questionnaire_is_refused(tmp_path: Path) -> None:
    settings = Settings(questionnaires=foreign(tmp_path), shipped_questionnaires=False, demo=True)
    with pytest.raises(QuestionnaireFolderError, match="SBM_SHIPPED_QUESTIONNAIRES"):
        create_app(settings)


def test_a_demonstration_beside_a_questionnaire_of_ones_own(migrated_url: str, tmp_path: Path) -> None:
    settings = Settings(
        database_url=migrated_url, questionnaires=foreign(tmp_path), default_questionnaire="samm", demo=True
    )
    with TestClient(create_app(settings)) as service:
        assert service.get("/readyz").status_code == 200
        held = {"Authorization": f"Bearer {DEMO_KEY}"}
        made = service.get("/v1/assessments", headers=held).json()["data"]
        assert {assessment["questionnaire"]["id"] for assessment in made} == {"social-business"}


def test_minutes_are_told_by_tier_and_role_in_the_language_asked_for(
    client: TestClient, english: Json
) -> None:
    italian = client.get(f"{ONE}?lang=it").json()
    # Reading Italian is assumed to be slower.
    assert english["tiers"]["full"]["minutes"] == {"stopping": 18, "reading_all": 23}
    assert italian["tiers"]["full"]["minutes"] == {"stopping": 21, "reading_all": 26}
    roles = {role["id"]: role["minutes"] for role in english["roles"]}
    assert roles["ceo"] == {tier: shown["minutes"] for tier, shown in english["tiers"].items()}
    assert roles["head_of_sales"]["full"]["reading_all"] < roles["ceo"]["full"]["reading_all"]
    assert roles["practitioner"]["full"] == {"stopping": 0, "reading_all": 0}
