"""What several operations take or answer alike stands once in the document, and is referred to."""

from collections import Counter
from typing import Any

import orjson

from app.core.web.problems import MEDIA_TYPE

Json = dict[str, Any]


def share(openapi: Json) -> None:
    """Problems become `components/responses`; `components` have, too, whatever else stands there twice."""
    operations = [operation for methods in openapi["paths"].values() for operation in methods.values()]
    _share_parameters(openapi, operations)
    _share_examples(openapi, operations)
    _share_responses(openapi, operations)


def _share_responses(openapi: Json, operations: list[Json]) -> None:
    """A problem has its status as its name, another response that of the first operation with it."""
    answered = [response for operation in operations for response in operation["responses"].values()]
    occurrences = Counter(orjson.dumps(response) for response in answered)
    names: dict[bytes, str] = {}
    shared = openapi["components"].setdefault("responses", {})
    for operation in operations:
        for status, response in operation["responses"].items():
            text = orjson.dumps(response)
            if MEDIA_TYPE in response.get("content", {}) or status == "304":
                names.setdefault(text, f"E{status}")
            elif "content" in response and occurrences[text] > 1:
                names.setdefault(text, operation["operationId"])
            if text in names:
                shared.setdefault(names[text], response)
                operation["responses"][status] = {"$ref": f"#/components/responses/{names[text]}"}


def _share_parameters(openapi: Json, operations: list[Json]) -> None:
    """A parameter has its name, and where another one has that already the operation's before it."""
    taken = [parameter for operation in operations for parameter in operation.get("parameters", ())]
    occurrences = Counter(orjson.dumps(parameter) for parameter in taken)
    names: dict[bytes, str] = {}
    shared = openapi["components"].setdefault("parameters", {})
    for operation in operations:
        for place, parameter in enumerate(operation.get("parameters", ())):
            text = orjson.dumps(parameter)
            if occurrences[text] > 1:
                plain = parameter["name"].lower()
                longer = f"{operation['operationId']}.{plain}"
                name = names.setdefault(text, longer if plain in shared else plain)
                shared[name] = parameter
                operation["parameters"][place] = {"$ref": f"#/components/parameters/{name}"}


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
