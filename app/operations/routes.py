"""For those who run the service: is it alive, is it ready, what does it do."""

import hmac
from typing import Literal

from anyio import CapacityLimiter, fail_after
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, SecretStr

from app.core.errors import UnauthenticatedError, UnavailableError
from app.core.web.bodies import StrictRoute
from app.core.web.problems import problems
from app.core.web.resources import resources_of

router = APIRouter(tags=["Operations"], route_class=StrictRoute)


class Health(BaseModel):
    """The service's own word on itself."""

    status: Literal["ok"]


@router.get("/livez", operation_id="get_liveness")
async def get_liveness() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/readyz", operation_id="get_readiness", responses=problems(503))
async def get_readiness(request: Request) -> Health:
    """The service can answer requests: its questionnaires are loaded, its database answers and fits it.

    Asked on a connection and a thread of its own, so that requests which wait do not keep it waiting.
    """
    resources = resources_of(request)
    seconds = resources.settings.ready_seconds
    try:
        with fail_after(seconds):
            revision = await run_sync(
                resources.database.probe, seconds, abandon_on_cancel=True, limiter=CapacityLimiter(1)
            )
    except TimeoutError:
        raise UnavailableError.unanswered() from None
    if revision != resources.revision:
        detail = f"The database is at revision {revision}, the service needs {resources.revision}."
        raise UnavailableError("wrong_revision", detail)
    return Health(status="ok")


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    responses=problems(401)
    | {200: {"content": {"text/plain": {"example": "sbm_http_requests_total{...} 1.0"}}}},
)
async def get_metrics(request: Request) -> Response:
    """Counts and durations of requests by route, in the text format of Prometheus.

    Opened by `SBM_METRICS_TOKEN` as a bearer token; in the demonstration by nothing.
    """
    settings = resources_of(request).settings
    if not settings.demo:
        _check_token(request, settings.metrics_token)
    text = generate_latest(request.app.state.metrics.registry)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _check_token(request: Request, expected: SecretStr | None) -> None:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    wanted = expected.get_secret_value() if expected else ""
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        detail = "Send SBM_METRICS_TOKEN as Authorization: Bearer …; without that setting it is closed."
        raise UnauthenticatedError("missing_token", detail)
