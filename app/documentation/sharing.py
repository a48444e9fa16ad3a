"""What several operations answer alike stands once in the document, and is referred to."""

from typing import Any

import orjson

from app.core.web.problems import MEDIA_TYPE

Json = dict[str, Any]


def share(openapi: Json) -> None:
    """Problems become `components/responses`, examples that occur twice `components/examples`."""
    operations = [operation for methods in openapi["paths"].values() for operation in methods.values()]
    responses = openapi["components"].setdefault("responses", {})
    for operation in operations:
        for status, response in operation["responses"].items():
            if MEDIA_TYPE in response.get("content", {}) or status == "304":
                name = response["description"].title().replace(" ", "") if status != "304" else "NotModified"
                responses.setdefault(name, response)
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    _share_examples(openapi, operations)


def _share_examples(openapi: Json, operations: list[Json]) -> None:
    holders = [
        (operation["operationId"], content["examples"])
        for operation in operations
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
        if "examples" in content
    ]
    first: dict[bytes, str] = {}
    occurrences: dict[bytes, int] = {}
    for _, examples in holders:
        for example in examples.values():
            text = orjson.dumps(example)
            occurrences[text] = occurrences.get(text, 0) + 1
    shared = openapi["components"].setdefault("examples", {})
    for operation_id, examples in holders:
        for key, example in examples.items():
            text = orjson.dumps(example)
            if occurrences[text] > 1:
                name = first.setdefault(text, operation_id)
                shared[name] = example
                examples[key] = {"$ref": f"#/components/examples/{name}"}
