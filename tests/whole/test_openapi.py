from collections.abc import Iterator
from itertools import chain
from typing import Any

import orjson
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.core.settings import Settings
from app.documentation.operations import CONTENT, TASKS
from app.documentation.schemas import DESCRIPTIONS
from app.main import create_app
from app.scores.example import SHIPPED
from tests.kit.answer_sheets import XLSX
from tests.kit.databases import Templates
from tests.kit.effort import THOROUGH
from tests.kit.openapi import DOCUMENT, ROUTES, check
from tests.kit.operations import Stock, Usual
from tests.kit.reading import Json

SCHEMAS: Json = DOCUMENT["components"]["schemas"]
BYTES_AN_OPERATION = 4_000
WITHOUT_INPUT = {"get_liveness", "get_readiness", "get_metrics"}

each = pytest.mark.parametrize(
    "operation", [route.description for route in ROUTES.values()], ids=list(ROUTES)
)


def resolved(part: Json) -> Json:
    """What a reference of the document refers to; anything else is itself."""
    if "$ref" not in part:
        return part
    found: Json = DOCUMENT
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def contents(operation: Json) -> Iterator[tuple[str, str, Json]]:
    """Status, media type and description of every body that an operation may answer with."""
    for status, answer in operation["responses"].items():
        response = resolved(answer)
        for media_type, content in response.get("content", {}).items():
            yield status, media_type, content


def inside(schema: Json) -> Iterator[Json]:
    """The schema and all schemas in it."""
    yield schema
    several = [*(schema.get(key, {}).values() for key in ("properties", "$defs", "patternProperties"))]
    several += [schema.get(key, ()) for key in ("anyOf", "allOf", "oneOf", "prefixItems")]
    several += [[schema[k]] for k in ("items", "additionalProperties") if isinstance(schema.get(k), dict)]
    for part in chain(*several):
        yield from inside(part)


def examples_of(content: Json) -> list[Any]:
    given = [resolved(example)["value"] for example in content.get("examples", {}).values()]
    return [*given, *([content["example"]] if "example" in content else [])]


def test_the_document_is_of_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["info"]["license"]["identifier"] == "Apache-2.0"


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_the_document_is_no_longer_than_it_has_to_be() -> None:
    assert len(orjson.dumps(DOCUMENT)) < BYTES_AN_OPERATION * len(ROUTES)


def test_the_document_says_where_the_service_is() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == ["/"]
    served = create_app(Settings(public_url="https://sbm.example")).openapi()
    assert [server["url"] for server in served["servers"]] == ["https://sbm.example"]


def test_no_schema_has_a_default() -> None:
    """Generated clients make what has a default required, or refuse the default."""
    found = [name for name, schema in SCHEMAS.items() for part in inside(schema) if "default" in part]
    assert found == []


def test_no_schema_has_a_title() -> None:
    """Generators name classes by titles before keys, which are unique, and drop the second of a name."""
    assert [part["title"] for schema in SCHEMAS.values() for part in inside(schema) if "title" in part] == []


def test_every_schema_and_property_is_described() -> None:
    without = [name for name, schema in SCHEMAS.items() if not schema.get("description")] + [
        f"{name}.{key}"
        for name, schema in SCHEMAS.items()
        for key, described in schema.get("properties", {}).items()
        if not described.get("description")
    ]
    assert without == [], "give Field(description=…), or a line in app/documentation/properties.toml"


def test_every_description_of_a_property_is_of_a_property() -> None:
    """A line in properties.toml that describes nothing any more goes."""
    described = {name: set(schema.get("properties", {})) for name, schema in SCHEMAS.items()}
    everywhere = set().union(*described.values())
    left = [
        f"{name}.{key}"
        for name, texts in DESCRIPTIONS.items()
        for key in texts
        if key not in (everywhere if name == "everywhere" else described.get(name, set()))
    ]
    assert left == []


def test_the_tasks_list_every_operation_once() -> None:
    listed = [name for task in TASKS.values() for name in task if name != "about"]
    assert sorted(listed) == sorted(ROUTES), "list it with its heading in app/documentation/operations.toml"
    assert [tag["name"] for tag in DOCUMENT["tags"]] == [*TASKS]


def test_the_version_filled_in_is_the_one_of_the_examples() -> None:
    filled_in = CONTENT["parameters"]
    assert f"{filled_in['questionnaire']}@{filled_in['version']}" == SHIPPED


def test_every_operation_has_an_id_of_its_own() -> None:
    assert len(ROUTES) == sum(len(path) for path in DOCUMENT["paths"].values())


@each
def test_every_operation_says_what_it_is_for(operation: Json) -> None:
    for key in ("operationId", "summary", "description"):
        assert operation[key].strip()
    generated = operation["operationId"].replace("_", " ").title()
    assert operation["summary"] != generated, "write a heading in app/documentation/operations.toml"
    assert "security" in operation
    assert len(operation["tags"]) == 1
    assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
    assert all(parameter["description"].strip() for parameter in operation.get("parameters", ()))


@each
def test_whatever_has_to_be_given_is_filled_in(operation: Json) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter.get("required"):
            assert "example" in parameter, "add it to [parameters] of app/documentation/operations.toml"
    if "428" in operation["responses"]:
        (if_match,) = [p for p in operation["parameters"] if p["name"] == "if-match"]
        assert if_match["required"]


@each
def test_every_operation_shows_an_answer(operation: Json) -> None:
    shown = [content for status, _, content in contents(operation) if status.startswith("2")]
    assert bool(shown) == ("204" not in operation["responses"])
    assert all(examples_of(content) for content in shown)


@each
def test_every_operation_with_a_body_shows_a_request(operation: Json) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        assert examples_of(content)


@each
def test_every_operation_that_can_be_misused_shows_its_problems(operation: Json) -> None:
    shown = [(s, m, content) for s, m, content in contents(operation) if s.startswith(("4", "5"))]
    assert shown or operation["operationId"] in WITHOUT_INPUT
    for status, answer in operation["responses"].items():
        assert status.startswith("2") or answer.keys() == {"$ref"}
    for status, media_type, content in shown:
        assert media_type == "application/problem+json"
        assert content["schema"] == {"$ref": "#/components/schemas/ProblemDocument"}
        assert [str(example["status"]) for example in examples_of(content)] == [status]


@each
def test_every_example_is_what_its_schema_says(operation: Json) -> None:
    bodies = [*operation.get("requestBody", {}).get("content", {}).values()]
    for content in [*bodies, *(content for _, _, content in contents(operation))]:
        for example in examples_of(content):
            check(content.get("schema", {}), example)
    for parameter in operation.get("parameters", ()):
        for example in examples_of(parameter):
            check(parameter["schema"], example)


def test_every_schema_is_a_schema() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@schemathesis.serializer("application/x-ndjson", "text/csv", "application/vnd.apache.parquet", XLSX)
def table(_context: object, value: object) -> bytes:
    """A table as it was drawn: any text or bytes."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


# Cases at every edge of every schema, some ninety an operation, are tried where it is to be thorough.
config = SchemathesisConfig()
config.projects.default.phases.update(phases=["examples", "fuzzing", *(["coverage"] if THOROUGH else [])])
api = schemathesis.openapi.from_dict(DOCUMENT, config=config)
STORING_NOTHING = ["Score now", "Questionnaires", "Run the service"]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def stock(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """Things on a database of their own."""
    with templates.copied("sqlite", tmp_path_factory.mktemp("fuzzing")) as address:
        unlimited = {"requests_per_minute_per_key": 0, "requests_per_minute_per_address": 0}
        app = create_app(Settings.model_validate({"database_url": address, **unlimited}))
        yield Stock(TestClient(app, "http://127.0.0.1"))


def ask_about_things(case: schemathesis.Case[Any], usual: Usual, token: str | None) -> None:
    """Name what there is wherever something is named; all else stays as it was drawn."""
    case.path_parameters.update(usual.path)
    case.headers.update({**usual.headers, "Authorization": f"Bearer {token}"})
    named = {name: usual.query[name] for name in ("company", "cursor", "with") if name in usual.query}
    if named.keys() & case.query.keys():
        case.query.update(named)
    if "cursor" in case.query:  # it is one of the whole list, in its usual order
        for name in case.query.keys() - usual.query.keys() - {"limit"}:
            del case.query[name]
    if isinstance(case.body, dict) and isinstance(case.body.get("company"), str):
        assert isinstance(usual.body, dict)
        case.body["company"] = usual.body["company"]


def answer_as_documented(case: schemathesis.Case[Any], stock: Stock) -> None:
    name = case.operation.definition.raw["operationId"]
    ask_about_things(case, stock.usual(name), stock.token(name))
    response = case.call_and_validate(checks=CHECKS, app=stock.client.app)
    assert response.status_code != 404
    if response.status_code < 300:
        stock.renew(name)


@api.include(tag=STORING_NOTHING).parametrize()
@settings(max_examples=250 if THOROUGH else 12, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_documented(case: schemathesis.Case[Any], stock: Stock) -> None:
    answer_as_documented(case, stock)


@api.exclude(tag=STORING_NOTHING).parametrize()
@settings(max_examples=100 if THOROUGH else 6, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_to_be_stored_is_answered_as_documented(
    case: schemathesis.Case[Any], stock: Stock
) -> None:
    answer_as_documented(case, stock)
