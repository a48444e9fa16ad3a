"""What docs/house.md names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "house.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:app|scoring|tests|bench|docs)/[\w/.]+)`", PAGE)))
TREE = re.search(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", NAMED)
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def rooms(package: str) -> set[str]:
    """The rooms of a package in the drawn tree, without those that come later."""
    assert TREE
    (block,) = (block for block in TREE[1].split("\n\n") if block.startswith(f"{package}/"))
    lines = [line for line in block.splitlines() if line.startswith("  ") and line[2] not in " +"]
    drawn = [re.split(r" {2,}", line.strip())[0] for line in lines]
    return {name for names in drawn for name in re.findall(r"\w+", names)}


@pytest.mark.parametrize("package", ["scoring", "app"])
def test_the_tree_is_the_tree(package: str) -> None:
    there = {
        file.stem
        for file in (ROOT / package).iterdir()
        if file.suffix == ".py" or (file / "__init__.py").is_file()
    }
    assert rooms(package) | {"__init__"} == there
