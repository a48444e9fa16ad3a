import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from scoring.cases import Case, differences, profile_of, read_case, refusals_of
from tests.kit.folders import QUESTIONNAIRES, case_files, every_folder, load, name_of, shipped

PROFILE: dict[str, Any] = {
    "overall": {"score": {"value": 2.5, "low": 1.0, "high": 3.0}, "level": None},
    "functions": [{"id": "sales", "scored": True}, {"id": "service", "scored": False}],
    "gaps": [{"capability": "sales.presence", "effort": 5}, {"capability": "sales.record", "effort": 3}],
    "notices": [{"code": "not_applicable_decides", "detail": "A sentence."}],
    "to_answer": [],
}


def name_of_case(file: Path) -> str:
    return f"{name_of(file.parents[1])}/{file.stem}"


@pytest.mark.parametrize("file", case_files(every_folder()), ids=name_of_case)
def test_a_case_comes_out_as_expected(file: Path) -> None:
    case, questionnaire = read_case(file), load(file.parents[1])
    if case.expected is None:
        assert refusals_of(questionnaire, case.request) == case.refused
    else:
        assert not differences(case.expected, profile_of(questionnaire, case.request))


def test_every_questionnaire_has_cases() -> None:
    assert [name_of(folder) for folder in every_folder() if not case_files([folder])] == []


WORDS = {"name", "level_text", "next_step", "evidence", "detail", "text", "source", "population", "caveat"}
IDENTITY = {"questionnaire", "digests"}


def figures(document: Any) -> Any:  # noqa: ANN401 -- any part of a profile
    """A profile without its words, and without what says which version it is of."""
    if isinstance(document, dict):
        return {k: figures(part) for k, part in document.items() if k not in WORDS | IDENTITY}
    if isinstance(document, list | tuple):
        return [figures(part) for part in document]
    return document


@pytest.mark.parametrize(
    "file", case_files([QUESTIONNAIRES / "social-business" / "1.0.0"]), ids=lambda file: file.stem
)
def test_the_corrected_words_change_no_figure(file: Path) -> None:
    case = read_case(file)
    first, second = (load(QUESTIONNAIRES / "social-business" / v) for v in ("1.0.0", "1.1.0"))
    if case.refused is not None:
        assert refusals_of(first, case.request) == refusals_of(second, case.request)
    else:
        before, after = (profile_of(version, case.request) for version in (first, second))
        assert before["questionnaire"]["version"] != after["questionnaire"]["version"]
        assert figures(before) == figures(after)
        assert len(json.dumps(figures(before))) > 1000


def test_the_corrections_and_the_version_before_have_the_same_cases() -> None:
    first, second = (QUESTIONNAIRES / "social-business" / version / "cases" for version in ("1.0.0", "1.1.0"))
    assert {f.name: f.read_bytes() for f in first.iterdir()} == {
        f.name: f.read_bytes() for f in second.iterdir()
    }


def test_the_shipped_questionnaire_has_the_cases_its_readers_look_for() -> None:
    stems = {file.stem for file in case_files([QUESTIONNAIRES / "social-business" / "1.0.0"])}
    assert shipped()
    assert stems >= {
        "pilot_stage",
        "socially_enabled",
        "hole_behind_high_mean",
        "research_not_applicable",
        "half_unanswered",
        "express",
        "targets",
        "cmo_beside_cio",
        "six_roles_one_open",
    }


def test_the_latest_version_has_cases_of_what_it_brought_and_of_what_stayed() -> None:
    stems = {file.stem for file in case_files([QUESTIONNAIRES / "social-business" / "2.0.0"])}
    assert stems >= {
        "all_lowest",
        "all_highest",
        "hole_behind_high_mean",
        "half_answered",
        "one_unknown_in_express",
        "research_not_applicable",
        "results_beside_practices",
        "checks_are_a_list",
        "three_roles_and_a_consensus",
        "express",
        "socially_enabled",
    }


@pytest.mark.parametrize(
    "expected",
    [
        {"overall": {"score": {"value": 2.5, "low": 1.0}}},
        {"overall": {"score": {"low": 1}}},
        {"overall": {"level": "null"}},
        {"functions": {"service": {"scored": False}}},
        {"functions": [{"id": "sales"}, {"scored": False}]},
        {"gaps": [{"capability": "sales.presence"}]},
        {"gaps": [{"effort": 5}, {"effort": 3}]},
        {"notices": ["not_applicable_decides"]},
        {"to_answer": []},
    ],
    ids=str,
)
def test_a_part_of_the_profile_is_a_sound_expectation(expected: dict[str, Any]) -> None:
    assert differences(expected, PROFILE) == []


@pytest.mark.parametrize(
    "expected",
    [
        {"overal": {}},
        {"overall": {"score": {"mean": 2.5}}},
        {"overall": {"score": {"value": 2.501}}},
        {"overall": {"score": {"value": "null"}}},
        {"overall": {"level": {"low": 1}}},
        {"overall": {"level": 0}},
        {"functions": {"marketing": {}}},
        {"functions": {"sales": {"scored": 1}}},
        {"functions": [{"id": "sales"}]},
        {"gaps": []},
        {"gaps": [{"capability": "sales.record"}]},
        {"gaps": [{}, {}, {}]},
        {"gaps": [{"urgency": 1}]},
        {"notices": []},
        {"to_answer": ["sales.record"]},
        {"to_answer": {"sales.record": {}}},
    ],
    ids=str,
)
def test_an_expectation_that_is_not_the_profile_fails(expected: dict[str, Any]) -> None:
    assert len(differences(expected, PROFILE)) == 1


@pytest.mark.parametrize(
    "outcome",
    [
        {},
        {"expected": {}},
        {"expected": {"tier": "full"}, "refused": [{"pointer": "/tier", "code": "unknown_tier"}]},
        {"refused": []},
        {"refused": [{"pointer": "/tier"}]},
        {"expect": {"tier": "full"}},
    ],
    ids=str,
)
def test_a_case_expects_exactly_one_outcome_and_has_no_other_keys(outcome: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({"description": "A case.", "request": {"answers": {}}, **outcome})
