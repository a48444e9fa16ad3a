"""What an author does with a folder of a questionnaire: tested, translated, released."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from app.catalog.service import load_catalog
from tests.kit.commands import refused, run, sbm
from tests.kit.folders import QUESTIONNAIRES

SHIPPED = QUESTIONNAIRES / "social-business" / "1.1.0"

CASE = """
description = "A level is missing in sales."

[request.answers]
"sales.presence" = "4"
"sales.understanding" = "3"
"service.reply_time" = "4"

[expected]
functions.service.level = { low = 4, high = 4 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new questionnaire."""
    sbm("questionnaires", "new", "mine", "--folder", tmp_path)
    return tmp_path / "mine" / "0.1.0"


def write_case(folder: Path, text: str) -> None:
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "cases" / "one.toml").write_text(text, "utf-8")


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def test_cases_of_ones_own_are_run(folder: Path) -> None:
    assert "no cases yet" in sbm("questionnaires", "test", folder)
    write_case(folder, CASE)
    assert "cases/one.toml: comes out" in sbm("questionnaires", "test", folder)
    write_case(folder, CASE.replace("low = 4", "low = 5"))
    said = refused("app", "questionnaires", "test", folder)
    assert "cases/one.toml: functions.service.level.low: 5 expected, it is 4" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no toml", "Expected"),
        (CASE.replace("[expected]", "[expeted]"), "/expeted"),
        (CASE.replace('"4"', '"9"'), "/answers/sales.presence"),
        (
            re.sub(r"\[expected\].*", '[[refused]]\npointer = "/x"\ncode = "y"\n', CASE, flags=re.DOTALL),
            "refused for",
        ),
    ],
)
def test_a_case_that_does_not_come_out_is_told(folder: Path, text: str, told: str) -> None:
    write_case(folder, text)
    said = refused("app", "questionnaires", "test", folder)
    assert "cases/one.toml: " in said
    assert told in said


def test_the_cases_of_the_shipped_questionnaire_come_out() -> None:
    said = sbm("questionnaires", "test", SHIPPED)
    assert said.count("comes out") == len(list(SHIPPED.glob("cases/*.toml")))
    assert "texts/it.toml: 0 missing" in said


def test_a_translation_is_begun_and_completed(folder: Path) -> None:
    said = sbm("questionnaires", "translate", "de", folder)
    english, german = folder / "texts" / "en.toml", folder / "texts" / "de.toml"
    assert german.read_text("utf-8") == english.read_text("utf-8")
    assert 'untranslated: capabilities."sales.presence".question' in said
    change(german, 'name = "Sales"', 'name = "Vertrieb"')
    change(english, 'name = "Sales"', 'name = "Sales"\ndescription = "Finding buyers."')
    assert "functions.sales.description is missing" in refused("app", "questionnaires", "test", folder)
    said = sbm("questionnaires", "translate", "de", folder)
    assert "1 texts added" in said
    assert "functions.sales.name" not in said
    assert "untranslated: functions.sales.description" in said
    sales = tomllib.loads(german.read_text("utf-8"))["functions"]["sales"]
    assert sales == {"name": "Vertrieb", "description": "Finding buyers."}
    assert "0 missing" in sbm("questionnaires", "test", folder)
    assert "de, en" in sbm_list(folder)


def sbm_list(folder: Path) -> str:
    return ", ".join(load_catalog([folder.parents[1]]).editions["mine@0.1.0"].questionnaire.languages)


def test_a_complete_translation_stays_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    before = tomllib.loads((tmp_path / "texts" / "it.toml").read_text("utf-8"))
    sbm("questionnaires", "translate", "it", tmp_path, "--yes")
    assert tomllib.loads((tmp_path / "texts" / "it.toml").read_text("utf-8")) == before


def test_comments_of_a_translation_are_not_lost_unasked(folder: Path) -> None:
    sbm("questionnaires", "translate", "de", folder)
    german = folder / "texts" / "de.toml"
    german.write_text("# Sie, nicht du\n" + german.read_text("utf-8"), "utf-8")
    before = german.read_bytes()
    assert "Sie, nicht du" in refused("app", "questionnaires", "translate", "de", folder)
    assert german.read_bytes() == before
    sbm("questionnaires", "translate", "de", folder, "--yes")
    assert german.read_bytes() != before


def test_what_only_the_translation_says_is_not_lost(folder: Path) -> None:
    sbm("questionnaires", "translate", "de", folder)
    german = folder / "texts" / "de.toml"
    change(german, 'name = "Sales"', 'name = "Vertrieb"\nshort = "V"')
    assert "en has no text for functions.sales.short" in refused(
        "app", "questionnaires", "translate", "de", folder
    )


@pytest.mark.parametrize("language", ["German", "d", "en", "../x"])
def test_another_language_cannot_be_translated_into(folder: Path, language: str) -> None:
    refused("app", "questionnaires", "translate", language, folder)
    assert [file.name for file in (folder / "texts").iterdir()] == ["en.toml"]


def test_a_release_is_written_once_and_guarded(folder: Path) -> None:
    root = folder.parents[1]
    said = sbm("questionnaires", "release", folder)
    assert load_catalog([root]).find("mine", None).released
    assert load_catalog([root]).find("mine", None).questionnaire.digest in said
    before = (root / "released.toml").read_bytes()
    sbm("questionnaires", "release", folder)
    assert (root / "released.toml").read_bytes() == before
    change(folder / "texts" / "en.toml", "Sales", "Selling")
    assert "a correction is a new version" in refused("app", "questionnaires", "release", folder)
    assert (root / "released.toml").read_bytes() == before
    shutil.copytree(folder, folder.parent / "0.2.0")
    assert "the folder has to be mine/0.1.0" in refused(
        "app", "questionnaires", "release", folder.parent / "0.2.0"
    )
    change(folder.parent / "0.2.0" / "questionnaire.toml", "0.1.0", "0.2.0")
    sbm("questionnaires", "release", folder.parent / "0.2.0")
    assert (root / "released.toml").read_text("utf-8").startswith(before.decode())
    assert set(tomllib.loads((root / "released.toml").read_text("utf-8"))) == {"mine@0.1.0", "mine@0.2.0"}


def test_a_folder_is_as_good_as_its_file(folder: Path) -> None:
    assert sbm("questionnaires", "lint", folder) == sbm(
        "questionnaires", "lint", folder / "questionnaire.toml"
    )
    said = refused("app", "questionnaires", "lint", folder.parent)
    assert "there is one in" in said
    assert said.count(str(folder.parent)) == 2
    assert run("app", "questionnaires", "lint", folder / "nowhere").code == 1
