"""What docs/house.md names is there."""

import re
import tomllib
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "house.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:app|scoring|tests|bench|docs)/[\w/.]+)`", PAGE)))
TREE = re.search(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", NAMED)
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def floors(package: str) -> list[set[str]]:
    """The floors of a package in the drawn tree, without what comes later; `|` continues a floor."""
    assert TREE
    top, *inner = package.split("/")
    (block,) = (block for block in TREE[1].split("\n\n") if block.startswith(f"{top}/"))
    lines = block.splitlines()[1:]
    for name in inner:
        begin = next(place for place, line in enumerate(lines) if re.match(rf"\s+(\| )?{name}/", line))
        lines = lines[begin + 1 :]
    margin = "  " * (1 + len(inner))
    drawn: list[set[str]] = []
    for line in takewhile(lambda line: line.startswith(margin), lines):
        if line[len(margin)] in " +":
            continue
        names = set(re.findall(r"\w+", re.split(r" {2,}", line.strip())[0]))
        if line.strip().startswith("|"):
            drawn[-1] |= names
        else:
            drawn.append(names)
    return drawn


@pytest.mark.parametrize("package", ["scoring", "app", "app/assessments"])
def test_the_tree_is_the_tree(package: str) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    container = package.replace("/", ".")
    (layers,) = (c["layers"] for c in settings["contracts"] if c.get("containers") == [container])
    assert floors(package) == [set(layer.split(" | ")) for layer in layers]
