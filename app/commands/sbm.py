"""The command `sbm`: what it can do, and how errors become lines and not tracebacks."""

import sys

import typer

from app.commands.lazy import LazyGroup
from app.core.mendable import MendableError

# In the order of the help. Each module is imported when its command is run.
COMMANDS = {
    "migrate": ("app.commands.migrate", "Bring the database to the shape that this version needs."),
    "backup": (
        "app.commands.backup",
        "Copy the database into a file, whole, also while the service runs (SQLite).",
    ),
    "restore": (
        "app.commands.restore",
        "Put a copy of the database back, while no service runs on it (SQLite).",
    ),
    "init": ("app.commands.init", "Make a workspace and its first key, which is printed this once."),
    "serve": ("app.commands.serve", "Start the service."),
    "score": (
        "app.commands.score",
        "Score a file of answers and show the profile; or a portfolio, row by row into a file.",
    ),
    "template": (
        "app.commands.template",
        "Write an empty answer sheet, XLSX, to be filled in and scored.",
    ),
    "report": (
        "app.commands.report",
        "Write the report of a file of answers: HTML, PDF, DOCX, XLSX, CSV, or a chart as SVG or PNG.",
    ),
    "plan": (
        "app.commands.plan",
        "Find the cheapest steps from a file of answers to a goal, and show them in waves.",
    ),
    "compare": (
        "app.commands.compare",
        "Split what moved between two files of answers into what changed, to the digit.",
    ),
    "columns": (
        "app.commands.columns",
        "Explain the columns of a table of profiles: what each holds, and in which unit.",
    ),
    "demo-portfolio": (
        "app.commands.demo_portfolio",
        "Write a portfolio of made-up companies to try things with.",
    ),
    "questionnaires": (
        "app.commands.questionnaires",
        "List, show, check and start questionnaires.",
    ),
    "workspaces": ("app.commands.workspaces", "List, rename and remove workspaces."),
    "keys": ("app.commands.keys", "Make, list and revoke keys to a workspace."),
}

INTERRUPTED = 130  # how typer ends a command that Ctrl-C has stopped

sbm = LazyGroup("sbm", COMMANDS)


def main() -> None:
    """Run the command; whatever the user can mend is said in a line. Raises what Ctrl-C does."""
    try:
        sbm()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            raise KeyboardInterrupt from None
        raise
    except MendableError as error:
        _stop(*error.lines)
    except OSError as error:
        _stop(*str(error).splitlines())


def _stop(*lines: str) -> None:
    for line in lines:
        typer.echo(f"sbm: {line}", err=True)
    sys.exit(1)
