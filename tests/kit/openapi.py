"""The OpenAPI document and its operations, as tests read them."""

from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from app.core.settings import Settings
from app.main import create_app
from tests.kit.reading import Json

DOCUMENT: Json = create_app(Settings()).openapi()


class Route(NamedTuple):
    """An operation as the document describes it."""

    method: str
    path: str
    description: Json

    def parameters(self, *places: str) -> list[str]:
        """The names of its parameters in these places."""
        return [p["name"] for p in self.description.get("parameters", ()) if p["in"] in places]


def _spelled_out(description: Json) -> Json:
    """An operation with its parameters and its success themselves, where it refers to shared ones."""
    components = DOCUMENT["components"]

    def itself(kind: str, part: Json) -> Json:
        return components[kind][part["$ref"].rpartition("/")[2]] if "$ref" in part else part

    responses = {
        status: itself("responses", response) if status.startswith("2") else response
        for status, response in description["responses"].items()
    }
    parameters = [itself("parameters", parameter) for parameter in description.get("parameters", ())]
    return description | {"responses": responses} | ({"parameters": parameters} if parameters else {})


ROUTES: dict[str, Route] = {
    description["operationId"]: Route(method, path, _spelled_out(description))
    for path, methods in DOCUMENT["paths"].items()
    for method, description in methods.items()
}


def check(schema: Json, value: object) -> None:
    """The value is of the schema, whose references lead into the document."""
    whole = {"components": DOCUMENT["components"], "allOf": [schema]}
    Draft202012Validator.check_schema(whole)
    Draft202012Validator(whole).validate(value)


def put(body: Any, place: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401 -- any JSON value
    """The body with a value at a place; what is missing on the way there is made."""
    if not place:
        return value
    step, *rest = place
    if isinstance(step, int):
        return [put(body[step] if isinstance(body, list) and body else None, tuple(rest), value)]
    inner = body if isinstance(body, dict) else {}
    return inner | {step: put(inner.get(step), tuple(rest), value)}
