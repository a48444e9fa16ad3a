"""How a request gets at what the service works with: here, and typed."""

from contextlib import AbstractContextManager

from fastapi import FastAPI, Request

from app.core.callers import Caller
from app.core.resources import Resources, Work


def resources_of(source: Request | FastAPI) -> Resources:
    """What the service that answers a request works with."""
    app = source if isinstance(source, FastAPI) else source.app
    resources: Resources = app.state.resources
    return resources


def reading(request: Request, caller: Caller) -> AbstractContextManager[Work]:
    """The work of a request that changes nothing."""
    return resources_of(request).reading(caller)


def writing(request: Request, caller: Caller) -> AbstractContextManager[Work]:
    """The work of a request; all of it is committed together when the block ends, or nothing."""
    return resources_of(request).writing(caller)
