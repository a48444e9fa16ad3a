"""A command of which only the name and a sentence are known until it is run."""

import gc
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer.main
from typer import Exit, Option, Typer, echo
from typer._click import Command, Context
from typer.core import TyperCommand, TyperGroup


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Import without an interruption: Ctrl-C comes at the end, and nobody looks for garbage.

    Libraries that are not written in Python may crash where an exception meets them amid their beginning. And
    what is imported stays: to walk it, then and at the end, takes half of the time of a short command.
    """
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        with _holding_interrupts():
            yield
    finally:
        gc.freeze()
        if is_collecting:
            gc.enable()


@contextmanager
def _holding_interrupts() -> Iterator[None]:
    """The handler of the signal stays whose it is: polars brings one of its own. Windows cannot hold it."""
    if sys.platform == "win32":
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


class LazyCommand(TyperCommand):
    """A command in a module that is imported when it is run; `command` there is its `Typer`."""

    def __init__(self, name: str, module: str, sentence: str) -> None:
        """Keep what a list of commands shows."""
        super().__init__(name, help=sentence)
        self.module = module

    def load(self) -> Command:
        """The command itself."""
        with _undisturbed():
            declared: Typer = import_module(self.module).command
        return typer.main.get_command(declared)


def _show_version(*, is_asked: bool) -> None:
    if is_asked:
        echo(f"sbm {version('social-business-maturity')}")
        raise Exit


Version = Annotated[bool, Option("--version", is_eager=True, callback=_show_version, help="Say which.")]


def _about(*, _version: Version = False) -> None:
    """What can be asked of no command in particular."""


class LazyGroup(TyperGroup):
    """Commands by name; to list them imports none of them."""

    def __init__(self, name: str, commands: Mapping[str, tuple[str, str]]) -> None:
        """`commands`: the module of each, and its sentence."""
        listed = [LazyCommand(own, *given) for own, given in commands.items()]
        about = Typer(add_completion=False)
        about.command()(_about)
        params = typer.main.get_command(about).params
        super().__init__(
            name=name, commands=listed, params=params, no_args_is_help=True, rich_markup_mode=None
        )

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that the arguments name, loaded."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, LazyCommand) else command, rest
