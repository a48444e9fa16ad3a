"""`sbm serve`."""

import errno
import socket
import sys
from contextlib import closing, suppress
from typing import Annotated

import uvicorn
from fastapi import FastAPI
from typer import Option, echo

from app.commands.database import database_errors
from app.commands.declared import declare
from app.commands.settings import read_settings
from app.core.database import Database
from app.core.mendable import MendableError
from app.core.settings import Settings
from app.core.web.resources import resources_of
from app.demo.workspace import DEMO_KEY
from app.main import create_app
from app.migrations.run import check_current, migrate

command = declare()

BACKLOG = 2048  # callers who may wait while it starts, or is busy
NOT_STARTED = 3  # its own log says why


class AddressError(MendableError):
    """The service cannot listen where it is told to."""


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
    everybody: Annotated[
        bool,
        Option("--yes-everybody", help="Also a demonstration, whose key is no secret, on the network."),
    ] = False,
) -> None:
    """Start the service."""
    given: dict[str, object] = {"host": host, "port": port}
    if demo:
        given |= {"demo": True, "log_format": "console"}
    settings = read_settings(**{name: value for name, value in given.items() if value is not None})
    if settings.demo and settings.is_for_everybody and not everybody:
        message = (
            f"a demonstration on {settings.host} opens to everybody in the network: its key is no secret; "
            "with --yes-everybody it does"
        )
        raise AddressError(message)
    service = create_app(settings)
    database = resources_of(service).database
    with closing(database):
        _prepare(database, migrate_first=migrate_first)
        with closing(_listening(settings)) as listener:
            _greet(settings, database, listener)
            _run(service, settings, listener)


def _prepare(database: Database, *, migrate_first: bool) -> None:
    """Told here in a line; the service takes the lock and checks again when it starts."""
    with database_errors(database), database.serving():
        if migrate_first:
            migrate(database)
        check_current(database)


def _listening(settings: Settings) -> socket.socket:
    """Where callers come in, theirs from now on; raises `AddressError`."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, _, _, _, address = min(found)  # of localhost the one that most clients try
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except socket.gaierror:
        raise AddressError(f"SBM_HOST: {settings.host} is no address of this machine") from None
    except OSError as error:
        raise AddressError(_unusable(settings, error)) from None


def _unusable(settings: Settings, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"port {settings.port} of {settings.host} is taken by another program: --port names another"
            )
        case errno.EADDRNOTAVAIL:
            return f"SBM_HOST: {settings.host} is no address of this machine"
        case errno.EACCES:
            return f"port {settings.port} needs rights that you do not have: --port names another"
    return f"{settings.host}:{settings.port}: {error.strerror}"


def _greet(settings: Settings, database: Database, listener: socket.socket) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listener.getsockname()[1]}"
    echo(f"Social-Business Maturity: {address}\nAPI to try out:           {address}/docs")
    if settings.demo:
        echo(f"Key of the demonstration: {DEMO_KEY}")
    warn(settings)
    if database.file:
        echo(f"Everything is kept in:    {database.file.absolute()}")
        echo("SQLite: one process serves; SBM_DATABASE_URL=postgresql://… for more.")
    echo("Ctrl-C ends it.")


def warn(settings: Settings) -> None:
    """Tell in a line what whoever runs it for others will miss."""
    if settings.lacks_public_url:
        echo("SBM_PUBLIC_URL is not set: invitation links can be made on this machine only.", err=True)


def _run(service: FastAPI, settings: Settings, listener: socket.socket) -> None:
    config = uvicorn.Config(
        service,
        access_log=False,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # it has finished what was open, and said so
        server.run(sockets=[listener])
    if not server.started:
        sys.exit(NOT_STARTED)
