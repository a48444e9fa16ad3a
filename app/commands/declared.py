"""How commands are declared."""

from typer import Typer


def declare(sentence: str | None = None) -> Typer:
    """A command or, with a sentence of its own, several; without completion, without markup in the help."""
    return Typer(
        no_args_is_help=sentence is not None, add_completion=False, rich_markup_mode=None, help=sentence
    )
