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
    """No defaults, titles of whole schemas only, a description for every property.

    Generated clients make required what has a default. They name classes by titles, so that a property's
    would take the name of a class.
    """
    schemas = openapi["components"]["schemas"]
    for name, schema in [*schemas.items()]:
        for part in _inside(schema):
            part.pop("default", None)
            if part is not schema:
                _refer(part, schemas)
        _without_titles(schema)
        schema["title"] = name
    for name, schema in schemas.items():
        for key, described in schema.get("properties", {}).items():
            text = DESCRIPTIONS.get(name, {}).get(key) or DESCRIPTIONS["everywhere"].get(key)
            if text is not None:
                described.setdefault("description", text)
    for content in _bodies(openapi):
        _without_titles(content["schema"])
        content["schema"].pop("title", None)


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


def _without_titles(schema: Json) -> None:
    for part in _inside(schema):
        if part is not schema:
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
