"""Example answers of the operations for the OpenAPI document, made by the service's own code."""

from collections.abc import Mapping
from typing import Any, Literal

import orjson

from app.catalog.answers_schema import answers_schema
from app.catalog.presentation import summarize
from app.core.editions import Catalog
from app.core.json_text import encoded
from app.documentation.embedded import session_examples
from app.documentation.example import Example, in_outline, short_questionnaire
from app.documentation.stored import stored_examples
from app.plans.example import PLAN
from app.plans.service import plan_body
from app.scores.comparisons import compare_bodies, simulate_body
from app.scores.example import COMPARED, RESPONSES, SHIPPED, SIMULATED
from app.scores.service import score_body
from scoring.paths.document import present_plan
from scoring.presentation.document import present


def operation_examples(catalog: Catalog) -> tuple[dict[str, Any], dict[str, Any]]:
    """Named example requests, and answers, by operation id; of the answers the first part of each list.

    None where the service runs without the shipped questionnaire, which they are about.
    """
    if SHIPPED not in catalog.editions:
        return {}, {}
    sessions = {name: Example(*said) for name, said in session_examples().items()}
    stored = stored_examples(catalog) | sessions
    requests = {name: _shown(said, "request") for name, said in stored.items() if said.request is not None}
    answers = {name: _shown(said, "answer") for name, said in stored.items() if said.answer is not None}
    tried = {
        name: _only(body) for name, body in (("compare_answers", COMPARED), ("simulate_answers", SIMULATED))
    }
    return _plain(requests | tried), _shortened(_plain(_stateless(catalog) | answers))


def _stateless(catalog: Catalog) -> dict[str, Any]:
    edition = catalog.editions[SHIPPED]
    schema = answers_schema(edition, edition.questionnaire.forms["express"], "en")
    return {
        "score_answers": {"cmo_and_cio": {"value": _profile(catalog, RESPONSES)}},
        "plan_way_up": _only(_plan(catalog)),
        "compare_answers": _only(compare_bodies(catalog, "social-business", COMPARED).present("en")),
        "simulate_answers": _only(_simulated(catalog)),
        "list_questionnaires": _only({"data": [summarize(edition, "en")], "next_cursor": None}),
        "get_questionnaire": _only(short_questionnaire(edition)),
        "get_answers_schema": _only(schema | {"properties": dict([*schema["properties"].items()][:1])}),
        "get_liveness": _only({"status": "ok"}),
        "get_readiness": _only({"status": "ok"}),
    }


def _shortened(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """The same with the first of many in every list: a profile on a page instead of fifty."""
    if isinstance(value, list):
        most = 1 if value and isinstance(value[0], dict) else 2
        return [_shortened(item) for item in value[:most]]
    return {key: _shortened(part) for key, part in value.items()} if isinstance(value, dict) else value


def _plain(examples: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = orjson.loads(encoded(examples))
    return plain


def _profile(catalog: Catalog, body: dict[str, Any]) -> Mapping[str, Any]:
    edition, profile = score_body(catalog, "social-business", body)
    return present(profile, edition.words("en"))


def _plan(catalog: Catalog) -> Mapping[str, Any]:
    edition, planned = plan_body(catalog, "social-business", PLAN)
    return present_plan(planned, edition.words("en"))


def _simulated(catalog: Catalog) -> dict[str, Any]:
    difference = simulate_body(catalog, "social-business", SIMULATED)
    profile = present(difference.profile, difference.after.words("en"))
    parts: dict[str, Any] = {"functions": [], "lenses": [], "notices": []}  # as in a comparison
    return {"profile": in_outline(profile), "difference": difference.present("en") | parts}


def _shown(said: Example, part: Literal["request", "answer"]) -> dict[str, Any]:
    shown = _only(getattr(said, part))
    return shown if said.several is None else shown | {"several": {"value": getattr(said.several, part)}}


def _only(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"example": {"value": value}}
