"""Any language that a questionnaire has texts in is a language of its assessments."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of

Serve = Callable[..., TestClient]


@pytest.fixture
def german(served: Serve, tmp_path: Path, portal: Portal) -> Portal:
    """The portal at a service whose only questionnaire has texts in English and German."""
    folder = tmp_path / "social-business" / "1.0.0"
    shutil.copytree(QUESTIONNAIRES / "social-business" / "1.0.0", folder)
    (folder / "texts" / "it.toml").rename(folder / "texts" / "de.toml")
    release = f'"social-business@1.0.0" = "{load(folder).digest}"\n'
    (tmp_path / "released.toml").write_text(release, "utf-8")
    client = served(questionnaires=tmp_path, shipped_questionnaires=False)
    return Portal(client, portal.token, portal.workspace)


def test_a_language_of_the_questionnaire_is_one_of_the_assessment(german: Portal) -> None:
    assessment = german.assessment(language="de")
    assert german.get(assessment)["language"] == "de"
    participant = german.participant(assessment, language="de")
    assert german.get(participant)["language"] == "de"
    assert german.patch(participant, {"language": "it"})["language"] == "it"  # the pages speak it
    shown = german.get(f"{assessment}/profile?lang=de")
    assert shown["functions"][1]["name"] == "Vendite"


@pytest.mark.parametrize("language", ["fr", "xxx"])
def test_another_language_is_refused_with_those_that_there_are(german: Portal, language: str) -> None:
    spoken = {("/language", "unknown_language")}
    body: Json = {"company": german.company(), "language": language}
    refused = german.ask("POST", "/assessments", body)
    assert faults_of(refused) == spoken
    assert "en, it, de" in refused.text
    assert faults_of(german.ask("POST", "/assessments", body | {"status": "open"})) == spoken
    answered = body | {"language": "de", "responses": [{}, {"language": language}]}
    assert faults_of(german.ask("POST", "/assessments", answered)) == {
        ("/responses/1/language", "unknown_language")
    }
    opened = german.assessment()
    assert faults_of(german.ask("PATCH", opened, {"language": language})) == spoken
    assert faults_of(german.ask("POST", f"{opened}/participants", {"language": language})) == spoken
    participant = german.participant(opened)
    assert faults_of(german.ask("PATCH", participant, {"language": language})) == spoken
    assert german.get(participant)["language"] == german.get(opened)["language"] == "en"


def test_a_workspace_may_have_any_language(german: Portal, portal: Portal) -> None:
    assert german.patch("/workspace", {"language": "de"})["language"] == "de"
    assert german.get(german.assessment())["language"] == "de"
    assert portal.get(portal.assessment())["language"] == "en"  # these questionnaires have no German
    assert faults_of(portal.ask("PATCH", "/workspace", {"language": "German"})) == {
        ("/language", "malformed")
    }
