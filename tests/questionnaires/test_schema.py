import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.kit.folders import every_folder, name_of, shipped
from tests.kit.generated import COMMAND, SCHEMA, schema_text

Mapping = dict[str, Any]


def mapping_of(folder: Path) -> Mapping:
    return tomllib.loads((folder / "questionnaire.toml").read_text("utf-8"))


def refusals(mapping: Mapping) -> list[str]:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    return [error.message for error in validator.iter_errors(mapping)]


def test_the_schema_is_what_the_definition_gives() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), f"out of date: run `{COMMAND}`"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("folder", every_folder(), ids=name_of)
def test_the_schema_accepts_every_questionnaire_of_the_project(folder: Path) -> None:
    assert refusals(mapping_of(folder)) == []


def at_the_top(mapping: Mapping) -> None:
    mapping["titel"] = "Social business"


def in_a_function(mapping: Mapping) -> None:
    mapping["functions"][0]["wieght"] = 2


def in_a_capability(mapping: Mapping) -> None:
    mapping["functions"][0]["capabilities"][0]["efforts"] = [1, 2, 3, 5, 8]


def in_an_option(mapping: Mapping) -> None:
    mapping["functions"][-1]["capabilities"][0]["options"][0]["text"] = "Never"


def in_a_tier(mapping: Mapping) -> None:
    mapping["tiers"]["express"]["coverage_percent"] = 66


@pytest.mark.parametrize(
    "misspell",
    [at_the_top, in_a_function, in_a_capability, in_an_option, in_a_tier],
    ids=lambda f: f.__name__,
)
def test_the_schema_refuses_an_unknown_key(misspell: Callable[[Mapping], None]) -> None:
    mapping = mapping_of(shipped()[0])
    misspell(mapping)
    assert len(refusals(mapping)) == 1
