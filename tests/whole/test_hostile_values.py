"""Every value that has ever broken a service, against every input that the OpenAPI document names.

`POST /v1/score` is asked with every value in every field, of one body or another. Of what is stored, each
value meets each kind of field (what the document says of it), of object and of parameter once, in one
operation or another and on one database or the other. With `TEST_THOROUGH=1` every value is put everywhere.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import product
from typing import Any, NamedTuple, TypeVar

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.kit.databases import BACKENDS
from tests.kit.effort import THOROUGH
from tests.kit.openapi import DOCUMENT, ROUTES, put
from tests.kit.operations import OPERATIONS, Stock
from tests.kit.reading import SCORE, Json, example, problem_of

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
    "right to left": "\u05d0\u0628",
    "turned to the left": "\u202e\u05d0\u0628",
    "not to be seen": "\u200b",
    "user and password": "https://user:pw@x/",
    "quotes": "'\";--",
    "template": "{{7*7}}${x}%s%n",
    "script": "<script>alert(1)</script>",
    "line break": "a\r\nb",
    "dunder": "__proto__",
    "lone percent": "%",
    "mark of a key": "[key]",
    "first moment": "0001-01-01T00:00:00+14:00",
    "last moment": "9999-12-31T23:59:59-14:00",
    "last day": "9999-12-31",
}

MALFORMED = {
    "nothing": b"",
    "half an object": b'{"name": ',
    "repeated key": b'{"name": "a", "name": "b"}',
    "NaN": b'{"name": NaN}',
    "beyond numbers": b'{"name": 1e999}',
    "10 000 digits": b'{"name": ' + 10_000 * b"1" + b"}",
    "NUL": b'{"name": "\\u0000"}',
    "lone surrogate": b'{"name": "\\ud800"}',
    "lone surrogate in a key": b'{"\\ud800": 1}',
    "no UTF-8": b'{"name": "\xff"}',
    "deep": 40 * b"[" + 40 * b"]",
    "very deep": 100_000 * b"[",
    "a list": b"[]",
    "a text": b'"a"',
    "null": b"null",
}

Path = tuple[str | int, ...]

# Keys of objects whose keys are ids: one that is known, one that is not.
KEYS = {
    "answers": ("sales.presence", "nowhere"),
    "targets": ("sales", "nowhere"),
    "weights": ("sales", "nowhere"),
    "consensus": ("sales.presence", "nowhere"),
    "costs": ("sales.presence", "nowhere"),
    "ceilings": ("sales", "nowhere"),
}


class Field(NamedTuple):
    """A place in a body, and what the document says may stand there."""

    path: Path
    schema: Json


def resolved(schema: Json) -> Json:
    if "$ref" not in schema:
        return schema
    found: Json = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def fields(schema: Json, name: str, path: Path = ()) -> Iterator[Field]:
    """Where a value may stand in what the schema describes: every property, item and additional key."""
    schema = resolved(schema)
    yield Field(path, schema)
    for kind in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from (inner for inner in fields(kind, name, path) if inner.path != path)
    for key, inner in schema.get("properties", {}).items():
        yield from fields(inner, key, (*path, key))
    if isinstance(more := schema.get("additionalProperties"), dict):
        for key in KEYS[name]:
            yield from fields(more, key, (*path, key))
    if "items" in schema:
        yield from fields(schema["items"], name, (*path, 0))


def body_fields(name: str) -> list[Field]:
    """The fields of an operation's body; the body itself is named as its path ends."""
    route = ROUTES[name]
    content = route.description.get("requestBody", {}).get("content", {}).get("application/json")
    return list(fields(content["schema"], route.path.rpartition("/")[2])) if content else []


def objects(name: str) -> set[Path]:
    """Where an object stands in an operation's body."""
    return {path[:-1] for path, _ in body_fields(name) if path and isinstance(path[-1], str)}


Share = dict[str, list[tuple[Any, str]]]


def shared_out(places: Iterable[tuple[str, Any, str]], values: Iterable[str]) -> Share:
    """By operation, which value is put where: each value in each kind of place, in each place some value.

    `places` are operations, what stands in them, and of what kind it is. To be thorough, each value is put
    in each place.
    """
    alike = defaultdict(list)
    for name, place, kind in places:
        alike[kind].append((name, place))
    share: Share = defaultdict(list)
    given = [*values]
    for candidates in alike.values():
        turns = range(max(len(given), len(candidates)))
        some = [(candidates[turn % len(candidates)], given[turn % len(given)]) for turn in turns]
        for (name, place), value in product(candidates, given) if THOROUGH else some:
            share[name].append((place, value))
    return share


Meeting = TypeVar("Meeting")


def turn_of(backend: str, meetings: Sequence[Meeting]) -> Sequence[Meeting]:
    """The meetings that are held on this database: every other one; to be thorough, all of them."""
    return meetings if THOROUGH else meetings[BACKENDS.index(backend) :: len(BACKENDS)]


def described(schema: object) -> object:
    """A schema without its words."""
    if isinstance(schema, dict):
        words = ("title", "description", "default", "examples")
        return {key: described(inner) for key, inner in schema.items() if key not in words}
    return [described(inner) for inner in schema] if isinstance(schema, list) else schema


WITH_BODY = [name for name in OPERATIONS if body_fields(name)]
STORED = [name for name in WITH_BODY if name != "score_answers"]
SCORE_FIELDS = sorted({field.path for field in body_fields("score_answers")}, key=str)


def stored_fields() -> Iterator[tuple[str, Path, str]]:
    for name in STORED:
        for path, schema in body_fields(name):
            yield name, path, json.dumps(described(schema)) if path else "body"


def stored_objects() -> Iterator[tuple[str, Path, str]]:
    for name in STORED:
        for path in sorted(objects(name), key=str):
            yield name, path, str(path[-1]) if path else "body"


def parameters() -> Iterator[tuple[str, tuple[str, str], str]]:
    for name, route in ROUTES.items():
        for parameter in route.description.get("parameters", ()):
            place = parameter["in"], parameter["name"]
            yield name, place, " ".join(place)


FIELDS = shared_out(stored_fields(), HOSTILE)
OBJECTS = shared_out(stored_objects(), [key for key, value in HOSTILE.items() if isinstance(value, str)])
PARAMETERS = shared_out(parameters(), HOSTILE)


def test_the_fields_are_those_of_the_whole_request() -> None:
    schema = DOCUMENT["components"]["schemas"]["ScoringRequest"]
    assert {path[0] for path in SCORE_FIELDS if path} == set(schema["properties"])
    assert ("answers", "sales.presence", "evidence", 0) in SCORE_FIELDS
    assert ("targets", "nowhere") in SCORE_FIELDS
    assert ("responses", 0, "answers", "sales.presence", "option") in SCORE_FIELDS
    assert ("responses", 0, "functions", 0) in SCORE_FIELDS
    assert ("consensus", "sales.presence", "rationale") in SCORE_FIELDS


def test_every_operation_has_its_share() -> None:
    assert set(WITH_BODY) == {
        name
        for name, route in ROUTES.items()
        if "application/json" in route.description.get("requestBody", {}).get("content", {})
    }
    assert FIELDS.keys() == OBJECTS.keys() == set(STORED)
    assert PARAMETERS.keys() == {name for name, route in ROUTES.items() if "parameters" in route.description}


def harmless(response: Response) -> None:
    """Answered, or refused as a problem; never broken."""
    if not response.is_success:
        problem_of(response)


BODIES: list[Json] = [example(), {"answers": {}}, {"responses": [{}]}]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_value_in_a_field_is_answered_or_refused(client: TestClient, name: str) -> None:
    turn = list(HOSTILE).index(name)
    for place, path in enumerate(SCORE_FIELDS):
        for body in BODIES if THOROUGH else [BODIES[(turn + place) % len(BODIES)]]:
            harmless(client.post(SCORE, json=put(deepcopy(body), path, deepcopy(HOSTILE[name]))))


@pytest.mark.parametrize("value", [v for v in HOSTILE.values() if isinstance(v, str)])
def test_a_hostile_key_in_an_object_is_answered_or_refused(client: TestClient, value: str) -> None:
    for path in [(), ("answers",), ("targets",), ("answers", "sales.presence")]:
        assert client.post(SCORE, json=put(example(), (*path, value), "1")).status_code in {400, 422}
    several: Json = {"responses": [{}]}
    for path in [(), ("consensus",), ("consensus", "sales.presence")]:
        assert client.post(SCORE, json=put(several, (*path, value), "1")).status_code in {400, 422}
    assert client.post(SCORE, json={"responses": [{value: "1"}]}).status_code in {400, 422}


@pytest.fixture(scope="module")
def stock(stored: TestClient) -> Stock:
    return Stock(stored)


def send_body(stock: Stock, name: str, body: bytes) -> Response:
    """The usual request with another body."""
    usual = stock.usual(name)
    headers = {**usual.headers, "Content-Type": "application/json"}
    return stock.send(name, usual._replace(body=body, headers=headers))


def usual_body(stock: Stock, name: str, path: Path) -> Json:
    """The usual body; with a new company where the path leads into one."""
    body = stock.usual(name).body
    assert isinstance(body, dict)
    return body | ({"company": {"name": "Officine Valle S.p.A."}} if path[:1] == ("company",) else {})


@pytest.mark.parametrize("name", STORED)
def test_a_hostile_value_in_what_is_stored_is_taken_or_refused(stock: Stock, backend: str, name: str) -> None:
    for path, value in turn_of(backend, FIELDS[name]):
        hostile = put(usual_body(stock, name, path), path, deepcopy(HOSTILE[value]))
        assert_read(send_body(stock, name, json.dumps(hostile).encode()))


def assert_read(response: Response) -> None:
    """Stored, or refused for what the body says, and not before anybody looked at it."""
    if response.status_code == 404:
        assert [fault.pointer for fault in problem_of(response).errors] == ["/company"]
    elif not response.is_success:
        assert problem_of(response).status in {400, 422}


@pytest.mark.parametrize("name", STORED)
def test_a_hostile_key_in_what_is_stored_is_refused(stock: Stock, backend: str, name: str) -> None:
    for path, key in turn_of(backend, OBJECTS[name]):
        body = usual_body(stock, name, path)
        hostile = put(body, (*path, HOSTILE[key]), sibling(body, path))
        assert problem_of(send_body(stock, name, json.dumps(hostile).encode())).status in {400, 422}


def sibling(body: Any, path: Path) -> Any:  # noqa: ANN401 -- any JSON value
    """A value that stands in the same object already."""
    for step in path:
        body = dict(enumerate(body) if isinstance(body, list) else body or {}).get(step)
    return next(iter(body.values()), "1") if isinstance(body, dict) else "1"


@pytest.mark.parametrize("name", WITH_BODY)
def test_a_body_that_is_no_strict_json_is_refused(stock: Stock, backend: str, name: str) -> None:
    for body in turn_of(backend, [*MALFORMED.values()]):
        assert problem_of(send_body(stock, name, body)).status in {400, 422}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_hostile_parameter_is_answered_or_refused(stock: Stock, backend: str, name: str) -> None:
    for (place, parameter), value in turn_of(backend, PARAMETERS[name]):
        text, usual = str(HOSTILE[value]), stock.usual(name)
        if place == "path":
            usual = usual._replace(path={**usual.path, parameter: text})
        elif place == "query":
            usual = usual._replace(query={**usual.query, parameter: text})
        elif sendable(text):
            others = {key: said for key, said in usual.headers.items() if key.lower() != parameter}
            usual = usual._replace(headers=others | {parameter: text})
        assert_answered(stock.send(name, usual))


def assert_answered(response: Response) -> None:
    """Answered or refused, for no reason that has nothing to do with what was asked."""
    assert response.status_code not in {401, 403, 409, 429}
    if response.status_code != 304:
        harmless(response)


def sendable(text: str) -> bool:
    """Whether a server would hand the text on in a header."""
    return text.strip() == text and not set("\0\r\n") & set(text)


@pytest.mark.parametrize(
    "query",
    ["lang=en&lang=it", "lang", "=", "%00=1", "lang=%ff", "limit=1&limit=x", "company=%00&cursor=%00"],
)
def test_odd_query_strings_are_answered_or_refused(stock: Stock, query: str) -> None:
    for name in OPERATIONS:
        assert_answered(stock.send(name, stock.usual(name), query))
