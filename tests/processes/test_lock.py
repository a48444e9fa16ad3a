import re

import pytest

from tests.kit.folders import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
REQUIREMENT = re.compile(
    r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^\s;]+(\s*;[^\\]*?)?((\s*\\\s*--hash=sha256:[0-9a-f]{64})+)"
)


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("#"))
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 5
    assert [entry for entry in entries if not REQUIREMENT.fullmatch(entry.strip())] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", text)


def test_what_runs_is_locked_alike_for_developers() -> None:
    pinned = [
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in LOCKS
    ]
    assert pinned[0].items() <= pinned[1].items()
    assert pinned[2].items() <= pinned[1].items()
