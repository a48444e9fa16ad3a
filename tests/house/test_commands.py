"""Every command with its options stands in docs/operating.md, and the lists of commands tell no tales."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup

from app.commands.lazy import LazyCommand
from app.commands.sbm import sbm

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
ROW = re.compile(r"^\| `sbm ([a-z -]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
LAZY = [command for command in sbm.commands.values() if isinstance(command, LazyCommand)]


def options() -> Iterator[tuple[str, set[str]]]:
    """Every command and its options, by their long names."""
    for lazy in LAZY:
        command = lazy.load()
        parts = command.commands if isinstance(command, TyperGroup) else {"": command}
        for name, part in parts.items():
            longest = {max(p.opts, key=len) for p in part.params if p.param_type_name == "option"}
            yield f"{lazy.name} {name}".strip(), longest


def test_every_command_is_documented_with_its_options_and_no_other() -> None:
    documented = {
        name: set(re.findall(r"`(--[a-z-]+)`", given))
        for name, given, _ in ROW.findall(PAGE.read_text("utf-8"))
    }
    assert documented == dict(options())


@pytest.mark.parametrize("lazy", LAZY, ids=[command.name for command in LAZY])
def test_the_list_of_commands_says_what_the_command_says(lazy: LazyCommand) -> None:
    said = " ".join((lazy.load().help or "").split())
    assert said == lazy.help
