"""No module over 300 lines, no function over 40, counted from its `def` to its last line."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
FOLDERS = ("app", "scoring", "bench")


def modules() -> Iterator[tuple[str, str]]:
    """Name and text of every module that is measured."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield str(file.relative_to(ROOT)), file.read_text("utf-8")


def lengths(text: str) -> Iterator[tuple[str, int]]:
    """Every function with its number of lines."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            yield node.name, node.end_lineno - node.lineno + 1


def test_modules_are_short() -> None:
    long = {name: len(text.splitlines()) for name, text in modules()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    long = {f"{name}: {own}": lines for name, text in modules() for own, lines in lengths(text)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}
