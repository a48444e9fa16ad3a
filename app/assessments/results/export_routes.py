"""`GET /v1/results`: where all companies stand, as one table."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any, get_args

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.assessments.life.routes import READING
from app.assessments.results import export
from app.core.ids import PATTERN
from app.core.web import paging
from app.core.web.allowances import charge_soon
from app.core.web.bodies import StrictRoute
from app.core.web.resources import reading
from app.portfolio.tables import Table, TableFormat, written
from app.reports.responses import OFFICE_SHEET, format_of, parameter
from app.workspaces.auth import Reader

router = APIRouter(prefix="/v1", tags=["Results"], route_class=StrictRoute)

# Tables have threads of their own: a few large ones keep nobody else waiting.
THREADS = CapacityLimiter(2)
ROWS_A_REQUEST = 100

TYPES = {
    "csv": "text/csv",
    "xlsx": OFFICE_SHEET,
    "parquet": "application/vnd.apache.parquet",
}
EXAMPLE = "company,assessment,verdict,sales.score.value\nRossi,asm_…,not_met,2.5\n"
ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table.",
        "content": {
            media_type: {
                "schema": {"type": "string"} | ({} if name == "csv" else {"format": "binary"}),
                "example": EXAMPLE if name == "csv" else "…",
            }
            for name, media_type in TYPES.items()
        },
    }
}


@router.get(
    "/results",
    operation_id="export_results",
    response_class=Response,
    responses=ANSWER | READING,
    openapi_extra={
        "parameters": [parameter("format", "The format, before `Accept`.", get_args(TableFormat))]
    },
)
async def export_results(
    request: Request,
    caller: Reader,
    company: Annotated[str | None, Query(pattern=PATTERN, description="Of this company only.")] = None,
    changed_since: Annotated[paging.Since, Query(description="With a result kept then or later.")] = None,
) -> Response:
    """The latest result of each assessment, one a row: verdict, index, levels, and every function.

    Rows are in the order in which assessments were made. Every hundred count as a request.
    """
    name: TableFormat = format_of(request, TYPES)  # type: ignore[assignment] # one of them
    table = await run_in_threadpool(_table, request, caller, company, changed_since)
    await charge_soon(request, max(1, -(-len(table.rows) // ROWS_A_REQUEST)))
    content = await run_sync(partial(written, table, name), limiter=THREADS)
    headers = {"Vary": "Accept", "Content-Disposition": f'attachment; filename="results.{name}"'}
    return Response(content, media_type=TYPES[name], headers=headers)


def _table(request: Request, caller: Reader, company: str | None, changed_since: datetime | None) -> Table:
    with reading(request, caller) as work:
        return export.table(work, company, changed_since)
