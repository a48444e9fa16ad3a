"""What is started loads what it needs: a list no service, a database's care no web, the service no polars."""

import subprocess
import sys

import pytest

RUN = """
import sys
from app.commands.sbm import main
sys.argv = ["sbm", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
WEB = {"fastapi", "starlette", "uvicorn"}
SERVICE = {*WEB, "sqlalchemy", "sqlmodel", "alembic", "polars", "numpy"}


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["--help"], {*SERVICE, "pydantic", "rich", "scoring", "orjson"}),
        (["questionnaires", "list"], SERVICE),
        (["questionnaires", "--help"], SERVICE),
        (["migrate", "--help"], WEB),
        (["workspaces", "--help"], WEB),
    ],
    ids=[
        "help",
        "list",
        "help of a group",
        "help of a command that needs a database",
        "help of a group that needs one",
    ],
)
def test_a_command_loads_what_it_runs(arguments: list[str], unneeded: set[str]) -> None:
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-c", RUN, *arguments], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout
    assert set(done.stderr.split()) & unneeded == set()


def test_the_service_starts_without_what_few_requests_need() -> None:
    loaded = "import app.main, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, timeout=60)  # noqa: S603 -- our own
    assert set(done.stdout.decode().split()) & {"polars", "scipy", "typst", "pyarrow"} == set()
