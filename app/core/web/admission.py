"""Who calls is asked before anything else of a request is read; what was found is kept with the request."""

from abc import abstractmethod
from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.security.base import SecurityBase
from starlette.concurrency import run_in_threadpool

_ADMITTED = "sbm.admitted"


class Admission(SecurityBase):
    """A dependency whose answer is found by `StrictRoute`, in a thread, before it reads a body.

    A dependency of the framework's own kind is asked after the body, which nobody would have had to send.
    What an operation says of it in the OpenAPI document is its `scheme_name` and its `model`.
    """

    @abstractmethod
    def find(self, request: Request) -> object:
        """Who calls; raises what the answer to everybody else is."""

    async def ask(self, request: Request) -> None:
        """Find out who calls, and keep it."""
        request.scope[_ADMITTED] = await run_in_threadpool(self.find, request)

    async def __call__(self, request: Request) -> object:
        """Who was found to call."""
        return request.scope[_ADMITTED]


def admissions(dependant: Dependant) -> Iterator[Admission]:
    """What an operation asks of its caller, however deep among its dependencies."""
    if isinstance(dependant.call, Admission):
        yield dependant.call
    for dependency in dependant.dependencies:
        yield from admissions(dependency)
