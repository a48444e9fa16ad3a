"""The service: `create_app` puts settings, catalog and slices together."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.catalog.routes import router as catalog_router
from app.catalog.service import load_catalog
from app.core import logging, problems
from app.core.openapi import document
from app.core.operations import router as operations_router
from app.core.problems import ProblemDocument
from app.core.requests import RequestEnvelope, RequestMetrics
from app.core.settings import PACKAGE, Settings
from app.examples import operation_examples
from app.pages.routes import router as pages_router
from app.portfolio.routes import router as portfolio_router
from app.scores.routes import router as scores_router
from scoring.request import ScoringRequest

ROUTERS = (scores_router, portfolio_router, catalog_router, operations_router, pages_router)

TAGS = [
    {"name": "Scoring", "description": "Answers in, maturity profile with gaps out."},
    {"name": "Questionnaires", "description": "What is asked, and by which rules it is scored."},
    {"name": "Operations", "description": "Health and metrics, for those who run the service."},
]


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
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.catalog = load_catalog(settings.questionnaires)
    app.state.metrics = metrics
    app.state.routes = [route for router in ROUTERS for route in router.routes]
    problems.install(app)
    app.add_middleware(RequestEnvelope, metrics=metrics)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=PACKAGE / "static"), name="static")

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            examples = operation_examples(app.state.catalog)
            app.openapi_schema = document(app, [ProblemDocument, ScoringRequest], examples)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # the documented way to extend it
    return app
