"""Every value that has ever broken a service, against every input that the OpenAPI document names."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.settings import Settings
from app.main import create_app
from tests.app.reading import SCORE, Json, example, problem_of

HOSTILE: dict[str, Any] = {
    "null": None,
    "true": True,
    "minus one": -1,
    "2 to the 63rd": 2**63,
    "2 to the 70th": 2**70,
    "minus 2 to the 63rd": -(2**63) - 1,
    "one and a half": 1.5,
    "1e308": 1e308,
    "no text": "",
    "blank": " ",
    "NUL": "\u0000",
    "10 000 characters": 10_000 * "x",
    "path": "../../../etc/passwd",
    "formula": "=1+1",
    "list": [],
    "object": {},
    "nested": {"a": [{"b": [[]]}]},
    "list of null": [None],
    "NaN": "NaN",
    "20 digits": "12345678901234567890",
    "arabic digits": "\u0663",
    "emoji": "\N{GRINNING FACE}",
    "right to left": "\u202e\u05d0\u0628",
    "quotes": "'\";--",
    "template": "{{7*7}}${x}%s%n",
    "script": "<script>alert(1)</script>",
    "line break": "a\r\nb",
    "dunder": "__proto__",
    "lone percent": "%",
    "mark of a key": "[key]",
}

Path = tuple[str | int, ...]

# Keys of objects whose keys are ids: one that is known, one that is not.
KEYS = {
    "answers": ("sales.presence", "nowhere"),
    "targets": ("sales", "nowhere"),
    "consensus": ("sales.presence", "nowhere"),
}

DOCUMENT = create_app(Settings()).openapi()
REQUEST_SCHEMA = DOCUMENT["components"]["schemas"]["ScoringRequest"]


def fields(schema: Json, path: Path = ()) -> Iterator[Path]:
    """Where a value may stand in what the schema describes: every property, item and additional key."""
    yield path
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for kind in schema.get("anyOf", ()):
        yield from (inner for inner in fields(kind, path) if inner != path)
    for name, inner in schema.get("properties", {}).items():
        yield from fields(inner, (*path, name))
    if isinstance(more := schema.get("additionalProperties"), dict):
        for key in KEYS[str(path[-1])]:
            yield from fields(more, (*path, key))
    if "items" in schema:
        yield from fields(schema["items"], (*path, 0))


def put(body: Any, path: Path, value: object) -> Any:  # noqa: ANN401 -- any JSON value
    """The body with a value at a path; what is missing on the way there is made."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        return [put(None, tuple(rest), value)]
    inner = body if isinstance(body, dict) else {}
    return inner | {step: put(inner.get(step), tuple(rest), value)}


FIELDS = sorted(set(fields(REQUEST_SCHEMA)), key=str)


def test_the_fields_are_those_of_the_whole_request() -> None:
    assert {path[0] for path in FIELDS if path} == set(REQUEST_SCHEMA["properties"])
    assert ("answers", "sales.presence", "evidence", 0) in FIELDS
    assert ("targets", "nowhere") in FIELDS
    assert ("responses", 0, "answers", "sales.presence", "option") in FIELDS
    assert ("responses", 0, "functions", 0) in FIELDS
    assert ("consensus", "sales.presence", "rationale") in FIELDS


def harmless(response: Response) -> None:
    """Answered, or refused as a problem; never broken."""
    if response.status_code != 200:
        problem_of(response)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_value_in_a_field_is_answered_or_refused(client: TestClient, value: object) -> None:
    for path in FIELDS:
        body = put(example(), path, deepcopy(value))
        harmless(client.post(SCORE, json=body))
        harmless(client.post(SCORE, json=put({"answers": {}}, path, deepcopy(value))))
        harmless(client.post(SCORE, json=put({"responses": [{}]}, path, deepcopy(value))))


@pytest.mark.parametrize("value", [v for v in HOSTILE.values() if isinstance(v, str)])
def test_a_hostile_key_in_an_object_is_answered_or_refused(client: TestClient, value: str) -> None:
    for path in [(), ("answers",), ("targets",), ("answers", "sales.presence")]:
        assert client.post(SCORE, json=put(example(), (*path, value), "1")).status_code in {400, 422}
    several: Json = {"responses": [{}]}
    for path in [(), ("consensus",), ("consensus", "sales.presence")]:
        assert client.post(SCORE, json=put(several, (*path, value), "1")).status_code in {400, 422}
    assert client.post(SCORE, json={"responses": [{value: "1"}]}).status_code in {400, 422}


def parameters() -> list[tuple[str, str, str, str]]:
    """Every parameter of every operation as method, path, place, and name."""
    return [
        (method, path, parameter["in"], parameter["name"])
        for path, operations in DOCUMENT["paths"].items()
        for method, operation in operations.items()
        for parameter in operation.get("parameters", ())
    ]


USUAL = {"questionnaire": "social-business", "version": "1.0.0"}


@pytest.mark.parametrize(("method", "path", "place", "name"), parameters())
def test_a_hostile_parameter_is_answered_or_refused(
    client: TestClient, method: str, path: str, place: str, name: str
) -> None:
    body = example() if method == "post" else None
    for value in HOSTILE.values():
        text = str(value)
        usual = USUAL | ({name: quote(text, safe="")} if place == "path" else {})
        query = f"?{name}={quote(text)}" if place == "query" else ""
        headers = [(name.encode(), text.encode())] if place == "header" and sendable(text) else []
        response = client.request(method, path.format(**usual) + query, headers=headers, json=body)
        if response.status_code != 200:
            problem_of(response)


def sendable(text: str) -> bool:
    """Whether a server would hand the text on in a header."""
    return text.strip() == text and not set("\0\r\n") & set(text)


@pytest.mark.parametrize(
    "query", ["?lang=en&lang=it", "?lang", "?=", "?%00=1", "?lang=%ff", "?limit=1&limit=x"]
)
def test_odd_query_strings_are_answered_or_refused(service: FastAPI, client: TestClient, query: str) -> None:
    for path, operations in service.openapi()["paths"].items():
        if "get" in operations:
            harmless(client.get(path.format(**USUAL) + query))
    harmless(client.post(SCORE + query, json=example()))
