"""`sbm serve`."""

from contextlib import closing
from typing import Annotated

import uvicorn
from fastapi import FastAPI
from typer import Option, echo

from app.commands.database import database_errors
from app.commands.declared import declare
from app.commands.settings import read_settings
from app.core.database import Database
from app.core.settings import Settings
from app.core.web.resources import resources_of
from app.demo.workspace import DEMO_KEY
from app.main import create_app
from app.migrations.run import check_current, migrate

command = declare()


@command.command()
def serve(
    host: Annotated[str | None, Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, Option(help="Port to listen on.")] = None,
    *,
    demo: Annotated[
        bool, Option(help="For trying it out: companies to look at, a key that is no secret.")
    ] = False,
    migrate_first: Annotated[
        bool, Option("--migrate", help="Bring the database to the shape that is needed first.")
    ] = False,
) -> None:
    """Start the service."""
    given: dict[str, object] = {"host": host, "port": port}
    if demo:
        given |= {"demo": True, "log_format": "console"}
    settings = read_settings(**{name: value for name, value in given.items() if value is not None})
    service = create_app(settings)
    database = resources_of(service).database
    with closing(database):
        _prepare(database, migrate_first=migrate_first)
        _greet(settings, database)
        _run(service, settings)


def _prepare(database: Database, *, migrate_first: bool) -> None:
    """Told here in a line; the service takes the lock and checks again when it starts."""
    with database_errors(database), database.serving():
        if migrate_first:
            migrate(database)
        check_current(database)


def _greet(settings: Settings, database: Database) -> None:
    address = f"http://{settings.host}:{settings.port}"
    echo(f"Social-Business Maturity: {address}\nAPI to try out:           {address}/docs")
    if settings.demo:
        echo(f"Key of the demonstration: {DEMO_KEY}")
    if database.is_sqlite:
        echo("SQLite: one process serves; SBM_DATABASE_URL=postgresql://… for more.")


def _run(service: FastAPI, settings: Settings) -> None:
    uvicorn.run(
        service,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
