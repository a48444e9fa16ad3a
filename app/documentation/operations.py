"""What the OpenAPI document says of each operation: its task, its heading, and what to fill in."""

import tomllib
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CONTENT: Json = tomllib.loads((Path(__file__).parent / "operations.toml").read_text("utf-8"))
TASKS: dict[str, dict[str, str]] = CONTENT["tasks"]


def settle_operations(openapi: Json) -> None:
    """Sort the operations by task, name them, and give an example for whatever has to be filled in.

    An operation that `operations.toml` does not list keeps its place at the end, and what the code says.
    """
    places = _places()
    openapi["tags"] = [{"name": task, "description": listed["about"]} for task, listed in TASKS.items()]
    paths = openapi["paths"].items()
    for _, methods in paths:
        for operation in methods.values():
            _settle(operation, places)
    last = len(places)

    def place(operation: Json) -> int:
        return [*places].index(operation["operationId"]) if operation["operationId"] in places else last

    sorted_paths = sorted(paths, key=lambda path: min(place(o) for o in path[1].values()))
    openapi["paths"] = {
        path: dict(sorted(methods.items(), key=lambda method: place(method[1])))
        for path, methods in sorted_paths
    }


def _places() -> dict[str, tuple[str, str]]:
    """Task and heading of each operation."""
    return {
        operation: (task, heading)
        for task, listed in TASKS.items()
        for operation, heading in listed.items()
        if operation != "about"
    }


def _settle(operation: Json, places: dict[str, tuple[str, str]]) -> None:
    name = operation["operationId"]
    if name in places:
        task, operation["summary"] = places[name]
        operation["tags"] = [task]
    for response in operation["responses"].values():
        if response.get("description") == "Successful Response":  # what FastAPI says where nobody does
            response["description"] = "Done."
    # What needs no key says so: without the word a reader cannot tell it from one that was forgotten.
    operation.setdefault("security", [])
    fill_in = CONTENT["parameters"] | CONTENT["parameters"]["operations"].get(name, {})
    for parameter in operation.get("parameters", ()):
        parameter["schema"].pop("title", None)
        if parameter["schema"].get("description") == parameter.get("description"):
            parameter["schema"].pop("description", None)  # it is said beside the schema
        if parameter["name"].lower() == "if-match" and "428" in operation["responses"]:
            parameter |= {"required": True, "schema": {"type": "string"}}
        if parameter.get("required") and parameter["name"] in fill_in:
            parameter["example"] = fill_in[parameter["name"]]
            parameter["schema"].pop("examples", None)
