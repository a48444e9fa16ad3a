"""Query parameters: those that an operation declares, and no others, each as often as it may stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant

from app.core.errors import InvalidError
from scoring import Fault


class Queries:
    """The query parameters of one operation."""

    def __init__(self, dependant: Dependant, declared: Iterable[Mapping[str, Any]]) -> None:
        """Those that the framework reads, and those declared in the OpenAPI document and read by hand."""
        self._is_list = dict(_read(dependant)) | {
            parameter["name"]: parameter["schema"].get("type") == "array"
            for parameter in declared
            if parameter["in"] == "query"
        }

    def check(self, request: Request) -> None:
        """Raise `InvalidError` with every parameter that there is not, or that stands more than once."""
        if not request.scope["query_string"]:
            return
        query = request.query_params
        faults = [_unknown(name, self._is_list) for name in query if name not in self._is_list]
        faults += [
            Fault(("query", name), "repeated_parameter", "write it once")
            for name in query
            if self._is_list.get(name) is False and len(query.getlist(name)) > 1
        ]
        if faults:
            raise InvalidError(faults)


def _unknown(name: str, known: Collection[str]) -> Fault:
    """Nothing of the request is repeated but in the pointer; what is named are parameters that there are."""
    near = get_close_matches(name[:64].lower(), known, n=1)
    names = ", ".join(known)
    detail = (
        f"did you mean {near[0]}?" if near else f"the parameters are: {names}" if names else "it takes none"
    )
    return Fault(("query", name), "unknown_parameter", f"there is no such parameter; {detail}")


def _read(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        kinds = {get_origin(kind) or kind for kind in (annotation, *get_args(annotation))}
        yield field.alias, list in kinds
    for dependency in dependant.dependencies:
        yield from _read(dependency)
