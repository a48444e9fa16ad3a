"""The schemas of the document as generators of clients and readers need them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]

DESCRIPTIONS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "properties.toml").read_text("utf-8")
)


def settle_schemas(openapi: Json) -> None:
    """No defaults, no titles, a description for every property.

    Generated clients make required what has a default. They name classes by titles, so that a property's
    would take the name of a class; without one a class has the name that its schema is referred to by.
    """
    schemas = openapi["components"]["schemas"]
    for schema in [*schemas.values()]:
        for part in _inside(schema):
            part.pop("default", None)
            if part is not schema:
                _refer(part, schemas)
        _without_titles(schema)
    for name, schema in schemas.items():
        for key, described in schema.get("properties", {}).items():
            text = DESCRIPTIONS.get(name, {}).get(key) or DESCRIPTIONS["everywhere"].get(key)
            if text is not None:
                described.setdefault("description", text)
        for part in _inside(schema):
            _or_null(part)
    for content in _bodies(openapi):
        _without_titles(content["schema"])


def _bodies(openapi: Json) -> Iterator[Json]:
    """Whatever an operation reads or answers."""
    for methods in openapi["paths"].values():
        for operation in methods.values():
            for body in (operation.get("requestBody", {}), *operation["responses"].values()):
                yield from (content for content in body.get("content", {}).values() if "schema" in content)


def _refer(schema: Json, schemas: Json) -> None:
    """A titled object inside of another becomes a schema of its own, which is referred to."""
    if "properties" in schema and "title" in schema:
        own = dict(schema)
        for part in _inside(own):
            part.pop("default", None)
        _without_titles(own)
        schemas.setdefault(schema["title"], own)
        reference = f"#/components/schemas/{schema['title']}"
        schema.clear()
        schema["$ref"] = reference


def _or_null(schema: Json) -> None:
    """A plain value or null is said by its types, in half the letters."""
    match schema.get("anyOf"):
        case [{"type": str()} as kind, {"type": "null"}] if not kind.keys() & {"enum", "const"}:
            del schema["anyOf"]
            schema.update(kind, type=[kind["type"], "null"])


def _without_titles(schema: Json) -> None:
    for part in _inside(schema):
        part.pop("title", None)


def _inside(schema: Json) -> Iterator[Json]:
    """The schema and all schemas in it, outer ones first."""
    yield schema
    for key in ("properties", "$defs", "patternProperties"):
        for part in schema.get(key, {}).values():
            yield from _inside(part)
    for key in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for part in schema.get(key, ()):
            yield from _inside(part)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _inside(schema[key])
