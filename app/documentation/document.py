"""The OpenAPI document: complete, with the schemas that routes only refer to."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.documentation.operations import settle_operations
from app.documentation.schemas import settle_schemas
from app.documentation.sharing import share

DESCRIPTION = """
Scores a company's answers on social capabilities against Oracle's definition of the socially-enabled
company and returns a maturity profile with gaps: a verdict, scores with what unanswered questions leave
possible, gated levels, and the gaps in the order to close them.

Errors are `application/problem+json` with a stable `code` and every fault with its JSON pointer.
"""


def document(
    app: FastAPI,
    referred: Iterable[type[BaseModel]],
    requests: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> dict[str, Any]:
    """The document of an application, with the schemas in `referred`.

    `requests` and `answers` are examples by operation id.
    """
    openapi = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=DESCRIPTION.strip(),
        routes=app.routes,
        servers=app.servers,
        license_info=app.license_info,
    )
    schemas = openapi.setdefault("components", {}).setdefault("schemas", {})
    for model in referred:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    for path in openapi["paths"].values():
        for operation in path.values():
            name = operation["operationId"]
            if name in requests:
                operation["requestBody"]["content"]["application/json"]["examples"] = requests[name]
            if name in answers:
                status = next(status for status in operation["responses"] if status.startswith("2"))
                operation["responses"][status]["content"]["application/json"]["examples"] = answers[name]
    settle_schemas(openapi)
    settle_operations(openapi)
    share(openapi)
    return openapi
