"""What a version says about the questions of an older one, checked from both ends."""

from pathlib import Path
from typing import Any

import pytest

from app.catalog.store import read_questionnaire
from app.core.editions import QuestionnaireFolderError
from scoring import Questionnaire
from scoring.questionnaire.form import FULL, Form
from scoring.questionnaire.mapping import faults_before
from tests.kit.examples import Place, faults_of, written
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.strategies import Mapping, build

OLDER = {"sales": "same recut called half_a half_b whole gone"}
NEWER = {"sales": "same recut named half part_a part_b added"}
DECLARED: Mapping = {
    "older": "1.0.0",
    "same": ["sales.same"],
    "changed": ["sales.recut", "sales.named"],
    "renamed": {"sales.named": "sales.called"},
    "merged": {"sales.half": ["sales.half_a", "sales.half_b"]},
    "split": {"sales.whole": ["sales.part_a", "sales.part_b"]},
    "dropped": ["sales.gone"],
    "new": ["sales.added"],
}


def newer(**declared: Any) -> Mapping:  # noqa: ANN401 -- parts of a mapping
    return written(NEWER, version="2.0.0", mapping=DECLARED | declared)


def older_form(**rest: Any) -> Form:  # noqa: ANN401 -- parts of a questionnaire
    return build(written(OLDER, **rest)).forms[FULL]


def faults_with(questionnaire: Questionnaire, older: Form) -> set[tuple[Place, str]]:
    assert questionnaire.mapping
    found = faults_before(questionnaire.mapping, questionnaire.forms[FULL], older)
    return {(fault.place, fault.code) for fault in found}


def test_a_whole_mapping_says_what_became_of_each_question() -> None:
    questionnaire = build(newer())
    assert [(r.kind, r.older, r.newer) for r in questionnaire.relations] == [
        ("same", ("sales.same",), ("sales.same",)),
        ("changed", ("sales.recut",), ("sales.recut",)),
        ("changed", ("sales.called",), ("sales.named",)),
        ("split", ("sales.whole",), ("sales.part_a", "sales.part_b")),
        ("merged", ("sales.half_a", "sales.half_b"), ("sales.half",)),
        ("dropped", ("sales.gone",), ()),
        ("new", (), ("sales.added",)),
    ]
    assert questionnaire.same_before == {"sales.same": "sales.same"}
    assert faults_with(questionnaire, older_form()) == set()


def test_a_question_that_is_the_same_may_have_had_another_id() -> None:
    declared = {"same": ["sales.same", "sales.named"], "changed": ["sales.recut"]}
    assert build(newer(**declared)).same_before == {
        "sales.same": "sales.same",
        "sales.named": "sales.called",
    }


def test_without_a_mapping_nothing_is_the_same() -> None:
    questionnaire = build(written(NEWER))
    assert (questionnaire.same_before, questionnaire.relations) == ({}, [])


@pytest.mark.parametrize(
    ("declared", "place", "code"),
    [
        ({"new": []}, (), "unmapped_question"),
        ({"new": ["sales.added", "sales.recut"]}, ("new", 1), "repeated_id"),
        ({"same": ["sales.same", "sales.same"]}, ("same", 1), "repeated_id"),
        ({"new": ["sales.added", "sales.other"]}, ("new", 1), "dangling_reference"),
        (
            {"renamed": DECLARED["renamed"] | {"sales.half": "sales.half_a"}},
            ("renamed", "sales.half"),
            "dangling_reference",
        ),
        ({"split": {"sales.whole": ["sales.part_a"]}}, ("split", "sales.whole"), "too_short"),
        ({"older": "one point two"}, ("older",), "malformed"),
    ],
)
def test_every_question_of_the_version_is_named_exactly_once(
    declared: Mapping, place: Place, code: str
) -> None:
    assert (("mapping", *place), code) in faults_of(newer(**declared))


@pytest.mark.parametrize(
    ("declared", "place", "code"),
    [
        ({"dropped": []}, (), "unmapped_question"),
        ({"dropped": ["sales.gone", "sales.whole"]}, ("dropped", 1), "repeated_id"),
        ({"dropped": ["sales.gone", "sales.added"]}, ("dropped", 1), "dangling_reference"),
        ({"renamed": {}}, ("changed", 1), "dangling_reference"),
    ],
)
def test_every_question_of_the_older_version_is_named_exactly_once(
    declared: Mapping, place: Place, code: str
) -> None:
    assert faults_of(newer(**declared)) == set()
    assert (("mapping", *place), code) in faults_with(build(newer(**declared)), older_form())


def test_what_is_the_same_has_the_same_options_worth_the_same() -> None:
    mapping = written(OLDER)
    options = [{"id": str(level), "points": 1000 * level} for level in range(6)]
    mapping["functions"][0]["capabilities"][0]["options"] = options
    assert faults_with(build(newer()), build(mapping).forms[FULL]) == set()
    options[1]["points"] = 1500
    assert faults_with(build(newer()), build(mapping).forms[FULL]) == {
        (("mapping", "same", 0), "not_the_same")
    }


def test_a_mapping_changes_no_digest() -> None:
    assert build(newer()).digest == build(written(NEWER, version="2.0.0")).digest


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('same = ["f.a"]\n', "mapping.toml: nothing is said of the question 'f.b' in version 1"),
        (
            'same = ["f.a"]\ndropped = ["f.b", "f.c"]\n',
            "mapping.toml:3: dropped[1]: there is no question 'f.c' in version 1",
        ),
        (
            'same = ["f.a"]\nnew = ["f.b"]\ndropped = ["f.b"]\n',
            "mapping.toml:3: new[0]: there is no question 'f.b'",
        ),
        ("same = [\n", "mapping.toml: Invalid value (at end of document)"),
    ],
)
def test_the_folder_is_checked_with_the_older_version_beside_it(tmp_path: Path, line: str, told: str) -> None:
    scale = "max_level = 1\nstep_efforts = [1]\ndefinition = { level = 1, min_applicable = 1 }\n"
    ids = {"1": "ab", "2": "a"}
    for version, names in ids.items():
        (tmp_path / version).mkdir()
        capabilities = "".join(f'[[functions.capabilities]]\nid = "{name}"\n' for name in names)
        text = f'id = "x"\nversion = "{version}"\n{scale}[[functions]]\nid = "f"\n{capabilities}'
        (tmp_path / version / "questionnaire.toml").write_text(text, "utf-8")
    file = tmp_path / "2" / "mapping.toml"
    file.write_text('older = "1"\nsame = ["f.a"]\ndropped = ["f.b"]\n', "utf-8")
    assert read_questionnaire(file.with_name("questionnaire.toml")).mapping
    file.write_text(f'older = "1"\n{line}', "utf-8")
    with pytest.raises(QuestionnaireFolderError) as refused:
        read_questionnaire(file.with_name("questionnaire.toml"))
    assert str(refused.value) == f"{tmp_path / '2' / told}"


def test_the_shipped_corrections_are_the_same_questions() -> None:
    first, second = (load(QUESTIONNAIRES / "social-business" / v) for v in ("1.0.0", "1.1.0"))
    assert list(second.same_before) == [question.id for question in first.forms[FULL].questions]
    assert faults_with(second, first.forms[FULL]) == set()
