"""The service: `create_app` puts settings, catalog, database and slices together."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from app.assessments.intake.routes import router as intake_router
from app.assessments.life.routes import router as assessments_router
from app.assessments.outlook.routes import router as outlook_router
from app.assessments.participants.answer_routes import router as answers_router
from app.assessments.participants.routes import router as participants_router
from app.assessments.participants.sheet_routes import router as answer_sheets_router
from app.assessments.reports.routes import router as reports_router
from app.assessments.respondent.routes import router as respondent_router
from app.assessments.respondent.sheet_routes import router as own_answer_sheet_router
from app.assessments.results.export_routes import router as export_router
from app.assessments.results.routes import router as results_router
from app.assessments.sessions.routes import router as sessions_router
from app.catalog.routes import router as catalog_router
from app.catalog.service import load_catalog
from app.companies.routes import router as companies_router
from app.core import logging
from app.core.database import Database
from app.core.editions import QuestionnaireFolderError
from app.core.engines import Waits
from app.core.housekeeping import keep_house
from app.core.limits import Limits
from app.core.processes import Processes
from app.core.resources import Resources
from app.core.settings import PACKAGE, Settings
from app.core.web import problems
from app.core.web.compression import Compression
from app.core.web.envelope import RequestEnvelope, RequestMetrics
from app.core.web.files import PackageFiles
from app.core.web.problems import ProblemDocument
from app.core.web.resources import resources_of
from app.demo.workspace import prepare_demo
from app.documentation.document import document
from app.documentation.examples import operation_examples
from app.embed import STATIC as EMBED_STATIC
from app.embed.page import PATH as EMBED_PATH
from app.embed.routes import router as embed_router
from app.look import STATIC
from app.migrations.order import continue_order
from app.migrations.run import check_current, newest_revision
from app.operations.routes import router as operations_router
from app.pages.routes import router as pages_router
from app.plans.routes import router as plans_router
from app.portfolio.routes import router as portfolio_router
from app.reports.drawing import SERVED
from app.scores.comparison_routes import router as comparisons_router
from app.scores.comparison_schemas import ComparisonRequest, SimulationRequest
from app.scores.outlook_routes import router as looking_ahead_router
from app.scores.routes import router as scores_router
from app.workspaces.routes import router as workspaces_router
from scoring.paths.request import PlanRequest
from scoring.request import ScoringRequest

# Schemas that routes only refer to.
REFERRED = (ProblemDocument, ScoringRequest, PlanRequest, ComparisonRequest, SimulationRequest)

# Looked through in this order at every request: those that are asked for most often come first.
ROUTERS = (
    scores_router,
    comparisons_router,
    respondent_router,
    own_answer_sheet_router,
    intake_router,
    assessments_router,
    participants_router,
    answers_router,
    answer_sheets_router,
    results_router,
    reports_router,
    export_router,
    outlook_router,
    sessions_router,
    companies_router,
    catalog_router,
    portfolio_router,
    plans_router,
    looking_ahead_router,
    workspaces_router,
    operations_router,
    pages_router,
    embed_router,
)

# What is served as it is, by path.
FOLDERS = (
    ("/look", STATIC),
    ("/reports", SERVED),
    ("/static", PACKAGE / "pages" / "static"),
    (EMBED_PATH, EMBED_STATIC),
)


def open_resources(settings: Settings) -> Resources:
    """What the service works with, whose database is to be closed; raises `QuestionnaireFolderError`."""
    waits = Waits(
        settings.database_connect_seconds,
        settings.database_lock_seconds,
        settings.database_statement_seconds,
    )
    database = Database(settings.database_url, waits)
    if settings.demo and not settings.shipped_questionnaires:
        message = (
            "a demonstration is of the shipped questionnaire, which SBM_SHIPPED_QUESTIONNAIRES leaves out"
        )
        raise QuestionnaireFolderError(message)
    catalog = load_catalog(settings.questionnaire_folders)
    processes = Processes(settings.report_processes, settings.report_seconds)
    return Resources(settings, catalog, database, Limits(database), newest_revision(), processes)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; raises `QuestionnaireFolderError` where a questionnaire cannot be used."""
    settings = settings or Settings()
    logging.configure(settings)
    metrics = RequestMetrics()
    app = FastAPI(
        title="Social-Business Maturity",
        summary="How socially-enabled is a company, and what is next?",
        version=version("social-business-maturity"),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": settings.public_url or "/", "description": "This service."}],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    resources = open_resources(settings)
    app.state.resources = resources
    app.state.metrics = metrics
    app.state.routes = [route for router in ROUTERS for route in router.routes]
    problems.install(app)
    app.add_middleware(Compression)
    app.add_middleware(RequestEnvelope, metrics=metrics)
    for router in ROUTERS:
        app.include_router(router)
    for at, folder in FOLDERS:
        app.mount(at, PackageFiles(folder, at))

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            examples = operation_examples(resources.catalog)
            app.openapi_schema = document(app, REFERRED, *examples)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # the documented way to extend it
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Serve on a database that is as it should be; raises `MigrationError` and `DatabaseInUseError`."""
    resources = resources_of(app)
    database = resources.database
    with database.serving():
        current_default_thread_limiter().total_tokens = database.threads
        await run_in_threadpool(check_current, database)
        await run_in_threadpool(continue_order, database)
        if resources.settings.demo:
            await run_in_threadpool(prepare_demo, resources)
        gc.freeze()  # what is loaded by now stays; no collection has to walk it again
        housekeeping = asyncio.create_task(keep_house(database))
        yield
        housekeeping.cancel()
        await run_in_threadpool(resources.processes.close)
        await run_in_threadpool(database.close)
