"""`POST /v1/score-portfolio`: a table of companies in, a table of profiles out; nothing is stored."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from email.message import Message
from importlib import import_module
from tempfile import SpooledTemporaryFile
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from app.core.editions import UnknownQuestionnaireError
from app.core.errors import InvalidError, MediaTypeError, TooLargeError
from app.core.web.allowances import charge_soon
from app.core.web.problems import problems
from app.core.web.resources import resources_of
from app.portfolio.columns import parse_ignored, parse_targets, prepare
from app.portfolio.csv_text import UnreadableError
from app.workspaces.auth import KEY_UNLESS_PUBLIC, OpenRoute
from scoring import AnswersRefusedError, Fault
from scoring.batch import Batch
from scoring.questionnaire.form import FULL

router = APIRouter(prefix="/v1", tags=["Scoring"], route_class=OpenRoute)

NDJSON, CSV, PARQUET = "application/x-ndjson", "text/csv", "application/vnd.apache.parquet"

# Portfolios have threads of their own: a few large ones keep nobody else waiting.
THREADS = CapacityLimiter(2)

IN_MEMORY = 8 * 1024 * 1024

# A portfolio counts as so many requests.
BYTES_A_REQUEST = 64 * 1024

PARAMETERS = [
    ("questionnaire", "Id of the questionnaire; `social-business` when absent.", False),
    ("version", "Version of the questionnaire; the latest released when absent.", False),
    ("tier", "`full`, or a shorter form such as `express`.", False),
    ("target", "A target level such as `sales=3`, by function or capability.", True),
    ("columns", "A column to answer with, or a pattern such as `sales.*`.", True),
    ("ignore", "`unasked` columns of questions that the tier leaves out, `unmatched` patterns.", True),
]


def _tables(csv: str, ndjson: str) -> dict[str, Any]:
    """A table in each format, with an example; only what is no text asks for a file."""
    binary = {"type": "string", "format": "binary"}
    return {
        CSV: {"schema": {"type": "string"}, "example": csv},
        NDJSON: {"schema": {"type": "string"}, "example": ndjson},
        PARQUET: {"schema": binary, "example": "PAR1 (the same table as a Parquet file) PAR1"},
    }


BODY = _tables(
    "company,sales.presence,sales.crm_link\nRossi,3,dont_know\n",
    '{"company": "Rossi", "sales.presence": "3", "sales.crm_link": "dont_know"}\n',
)
ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A row for every row; `error` says why one has no profile.",
        "content": _tables(
            "company,verdict,sales.score.value,error\nRossi,undetermined,3.0,\n",
            '{"company": "Rossi", "verdict": "undetermined", "sales.score.value": 3.0, "error": null}\n',
        ),
    }
}


@router.post(
    "/score-portfolio",
    operation_id="score_portfolio",
    response_class=Response,
    responses=ANSWER | problems(401, 403, 413, 415, 422, 429, 503),
    openapi_extra=KEY_UNLESS_PUBLIC
    | {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "description": text,
                "schema": {"type": "array", "items": {"type": "string"}} if many else {"type": "string"},
            }
            for name, text, many in PARAMETERS
        ],
        "requestBody": {"required": True, "content": BODY},
    },
)
async def score_portfolio(request: Request) -> Response:
    """Score a table, one row a company, and answer with a table in the same format.

    Columns are named by questions; a cell is an option's id, `dont_know`, `not_applicable` (with or without
    `:reason`) or empty. Other columns are passed through; one that begins like a question and is none is
    refused. CSV may have commas, semicolons or tabs between its cells, and another `charset` than UTF-8.
    Nothing is stored.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    settings = resources_of(request).settings
    if media_type not in {NDJSON, CSV, PARQUET}:
        detail = f"Send the table as {NDJSON}, {CSV} or {PARQUET}."
        raise MediaTypeError("unsupported_media_type", detail)
    batch = _batch(request)
    # With polars, half a second of the service's start, which only portfolios need.
    await run_sync(import_module, "app.portfolio.streams", limiter=THREADS)
    from app.portfolio.streams import score_csv, score_ndjson, score_parquet  # noqa: PLC0415 -- as said

    with ExitStack() as stack:
        body = stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        length = await _read(request, body, settings.max_portfolio_bytes)
        await charge_soon(request, -(-length // BYTES_A_REQUEST))
        try:
            if media_type == PARQUET:
                content = await run_sync(
                    score_parquet, batch, body, settings.max_portfolio_cells, limiter=THREADS
                )
                return Response(content, media_type=PARQUET)
            profiles = (
                score_ndjson(batch, body)
                if media_type == NDJSON
                else score_csv(batch, body, encoding=_charset(request))
            )
            # Whatever refuses the whole table shows in its first part, before anything is answered.
            first = await run_sync(next, profiles, limiter=THREADS)
        except UnreadableError as error:
            raise InvalidError([Fault((), "malformed_table", str(error))]) from None
        close = BackgroundTask(stack.pop_all().close)
        return StreamingResponse(_rest(first, profiles), media_type=media_type, background=close)


def _charset(request: Request) -> str:
    """The encoding that the content type names; UTF-8 unless it does."""
    message = Message()
    message["Content-Type"] = request.headers["content-type"]
    return str(message.get_content_charset("utf-8"))


async def _rest(first: bytes, profiles: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The parts one after another, each made in a thread."""
    part: bytes | None = first
    while part is not None:
        yield part
        part = await run_sync(next, profiles, None, limiter=THREADS)


def _batch(request: Request) -> Batch:
    """How the query asks to score; raises `InvalidError` with the faults of its parameters."""
    query, resources = request.query_params, resources_of(request)
    default = resources.settings.default_questionnaire
    try:
        edition = resources.catalog.find(query.get("questionnaire", default), query.get("version"))
        targets, ignore = parse_targets(query.getlist("target")), parse_ignored(query.getlist("ignore"))
        tier = query.get("tier", FULL)
        return prepare(edition.questionnaire, tier, targets, query.getlist("columns"), ignore)
    except (UnknownQuestionnaireError, AnswersRefusedError) as error:
        raise InvalidError(
            [fault._replace(place=("query", *fault.place)) for fault in error.faults]
        ) from None


async def _read(request: Request, body: SpooledTemporaryFile[bytes], limit: int) -> int:
    """Put the request's body there, and say how long it is; raises `TooLargeError` where it is too long."""
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > limit:
            detail = f"A portfolio has at most {limit} bytes."
            raise TooLargeError("body_too_large", detail)
        body.write(chunk)
    body.seek(0)
    return length
