"""A questionnaire whose roles are asked different parts of it."""

import pytest

from scoring import AnswersRefusedError, Questionnaire
from scoring.request import read, score_request
from tests.kit.examples import written

FORM = Questionnaire.model_validate(
    written({"sales": "a b", "service": "a"}, unscored="", lenses=["people", "process"])
    | {
        "functions": [
            {"id": "sales", "capabilities": [{"id": "a", "lens": "people"}, {"id": "b"}]},
            {
                "id": "service",
                "capabilities": [
                    {"id": "a", "lens": "people", "questions": [{"id": "first"}, {"id": "second"}]},
                ],
            },
        ],
        "tiers": {"short": {"questions": ["sales.a", "service.a"]}},
        "roles": [
            {"id": "ceo", "asked": ["*"]},
            {"id": "seller", "asked": ["sales.*"]},
            {"id": "coach", "asked": ["lens:people"]},
            {"id": "clerk", "asked": ["service.a"]},
            {"id": "agent", "asked": ["service.a.second", "sales.b"]},
            {"id": "guest", "asked": []},
        ],
    }
)


def refusal(body: object) -> set[tuple[str, str]]:
    """Pointer and code of every fault that a body is refused for."""
    request, faults = read(body)
    with pytest.raises(AnswersRefusedError) as refused:
        score_request(FORM, request, faults)
    return {(fault.pointer, fault.code) for fault in refused.value.faults}
