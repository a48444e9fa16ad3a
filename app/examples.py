"""Example answers of the operations for the OpenAPI document, made by the service's own code."""

from typing import Any

import orjson

from app.catalog.answers_schema import answers_schema
from app.catalog.presentation import present_questionnaire, summarize
from app.catalog.service import Catalog
from app.scores.example import REQUEST, SHIPPED
from app.scores.service import score_body
from scoring.presentation import present


def operation_examples(catalog: Catalog) -> dict[str, Any]:
    """Example answers by operation id; of the large ones the first parts of each list.

    None where the service runs without the shipped questionnaire, which they are about.
    """
    if SHIPPED not in catalog.editions:
        return {}
    edition, profile = score_body(catalog, "", REQUEST)
    questionnaire = present_questionnaire(edition, "en")
    first = questionnaire["functions"][0]
    schema = answers_schema(edition, edition.questionnaire.forms["express"], "en")
    examples = {
        "score_answers": present(profile, edition.words("en")),
        "list_questionnaires": {"data": [summarize(edition, "en")], "next_cursor": None},
        "get_questionnaire": questionnaire
        | {"functions": [first | {"capabilities": first["capabilities"][:1]}]},
        "get_answers_schema": schema | {"properties": dict([*schema["properties"].items()][:1])},
        "get_liveness": {"status": "ok"},
        "get_readiness": {"status": "ok"},
    }
    plain: dict[str, Any] = orjson.loads(orjson.dumps(examples))
    return plain
