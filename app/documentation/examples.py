"""Example answers of the operations for the OpenAPI document, made by the service's own code."""

from collections.abc import Mapping
from typing import Any, Literal

import orjson

from app.catalog.answers_schema import answers_schema
from app.catalog.presentation import summarize
from app.core.editions import Catalog
from app.core.json_text import encoded
from app.documentation.embedded import session_examples
from app.documentation.example import Example, changes_in_outline, in_outline, short_questionnaire
from app.documentation.stored import stored_examples
from app.plans.example import SHORT
from app.plans.service import plan_body
from app.scores.comparisons import compare_bodies, simulate_body
from app.scores.example import COMPARED, RESPONSES, SHIPPED, SIMULATED
from app.scores.service import score_body
from scoring.outlook.document import present_outlook
from scoring.paths.document import present_plan
from scoring.presentation.document import present

SIMULATIONS = ("simulate_assessment", "simulate_result")
PLANS = ("plan_assessment", "plan_result")


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
        "compare_answers": _only(COMPARED),
        "simulate_answers": _only(SIMULATED),
        **dict.fromkeys(SIMULATIONS, _only({"changes": SIMULATED["changes"]})),
        **dict.fromkeys(PLANS, _only({"goal": {"level": 4}, "capacity": 20})),
    }
    return _plain(requests | tried), _shortened(_plain(_stateless(catalog) | answers))


def _stateless(catalog: Catalog) -> dict[str, Any]:
    edition = catalog.editions[SHIPPED]
    schema = answers_schema(edition, edition.questionnaire.forms["express"], "en")
    moved = compare_bodies(catalog, "social-business", COMPARED).present("en")
    compared = _only(changes_in_outline(moved))
    simulated, planned = _only(_simulated(catalog)), _only(_plan(catalog))
    return {
        "score_answers": {"cmo_and_cio": {"value": _profile(catalog, RESPONSES)}},
        **dict.fromkeys(("plan_way_up", *PLANS), planned),
        **dict.fromkeys(("compare_answers", "compare_results"), compared),
        **dict.fromkeys(("simulate_answers", "rescore_result", *SIMULATIONS), simulated),
        **dict.fromkeys(("look_ahead", "get_outlook", "get_result_outlook"), _only(_ahead(catalog))),
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
    edition, planned = plan_body(catalog, "social-business", SHORT)
    return present_plan(planned, edition.words("en"))


def _ahead(catalog: Catalog) -> dict[str, Any]:
    edition, profile = score_body(catalog, "social-business", COMPARED["before"])
    outlook = _plain({**present_outlook(profile, edition.words("en"))})
    by_role = outlook["next_questions"]["by_role"]
    outlook["next_questions"]["by_role"] = {"cio": by_role["cio"]}
    return outlook


def _simulated(catalog: Catalog) -> dict[str, Any]:
    difference = simulate_body(catalog, "social-business", SIMULATED)
    profile = present(difference.profile, difference.after.words("en"))
    moved = changes_in_outline(difference.present("en"))
    return {"profile": in_outline(profile), "difference": moved}


def _shown(said: Example, part: Literal["request", "answer"]) -> dict[str, Any]:
    shown = _only(getattr(said, part))
    return shown if said.several is None else shown | {"several": {"value": getattr(said.several, part)}}


def _only(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"example": {"value": value}}
