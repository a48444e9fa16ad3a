"""Small questionnaires to work through by hand."""

from typing import Any

from pydantic import ValidationError

from scoring import AnswersRefusedError, Questionnaire, score
from tests.kit.strategies import Mapping

Place = tuple[str | int, ...]


def written(functions: dict[str, str], *, unscored: str = "", **rest: Any) -> Mapping:  # noqa: ANN401 -- tables
    """A questionnaire as written: functions with the names of their capabilities, and anything else."""
    return {
        "id": "example",
        "version": "1.0.0",
        "definition": {"level": 4, "min_applicable": 1},
        "functions": [
            {
                "id": function,
                "scored": function not in unscored.split(),
                "capabilities": [{"id": name} for name in names.split()],
            }
            for function, names in functions.items()
        ],
    } | rest


def questionnaire(functions: dict[str, str], **rest: Any) -> Questionnaire:  # noqa: ANN401 -- the same
    return Questionnaire.model_validate(written(functions, **rest))


def of_one(capability: Mapping, **rest: Any) -> Mapping:  # noqa: ANN401 -- the same
    """A questionnaire as written with one function, `sales`, and in it one capability, `sales.a`."""
    return written({"sales": "a"}, **rest) | {
        "functions": [{"id": "sales", "capabilities": [{"id": "a"} | capability]}]
    }


def faults_of(mapping: object) -> set[tuple[Place, str]]:
    """The place and the code of every fault that a questionnaire is refused for; none if it is valid."""
    try:
        Questionnaire.model_validate(mapping)
    except ValidationError as refusal:
        return {(error["loc"], error["type"]) for error in refusal.errors()}
    return set()


def refusal_of(form: Questionnaire, answers: dict[str, Any], **rest: Any) -> set[tuple[Place, str]]:  # noqa: ANN401
    """The place and the code of every fault that answers are refused for; none if they are scored."""
    try:
        score(form, answers, **rest)
    except AnswersRefusedError as refusal:
        return {(fault.place, fault.code) for fault in refusal.faults}
    return set()
