"""Tests stand alone: what several of them need is in tests/kit, and nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CLIENTS = TESTS / "processes" / "clients"  # where generators of clients are installed

pytestmark = pytest.mark.skipif(not (TESTS / "kit").is_dir(), reason="there is no kit yet")


def imported(folder: Path) -> Iterator[tuple[str, str]]:
    """Every module of a folder with every module that it imports."""
    for file in sorted(folder.rglob("*.py")):
        if CLIENTS in file.parents:
            continue
        name = str(file.relative_to(TESTS))
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                yield name, "." * node.level + (node.module or "")
            elif isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)


def test_no_test_imports_from_a_test() -> None:
    of_tests = [
        (name, module) for name, module in imported(TESTS) if module.rpartition(".")[2].startswith("test_")
    ]
    assert of_tests == []


def test_tests_import_from_the_kit_only() -> None:
    own = [(name, module) for name, module in imported(TESTS) if module.split(".")[0] == "tests"]
    assert [pair for pair in own if not pair[1].startswith("tests.kit")] == []


def test_the_kit_imports_no_benchmark() -> None:
    assert [pair for pair in imported(TESTS / "kit") if pair[1].split(".")[0] == "bench"] == []
