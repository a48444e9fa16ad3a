"""`sbm compare`: two files of answers in, what moved in the terminal."""

import json
from pathlib import Path

import orjson

from tests.kit.commands import refused, sbm


def written(folder: Path, name: str, answers: object) -> Path:
    file = folder / f"{name}.json"
    file.write_text(json.dumps({"tier": "express", "answers": answers}), "utf-8")
    return file


def test_what_moved_is_shown_with_the_questions_of_each_part(tmp_path: Path) -> None:
    before = written(tmp_path, "before", {"sales.presence": "3", "marketing.dialogue": "dont_know"})
    after = written(tmp_path, "after", {"sales.presence": "4", "marketing.dialogue": "4"})
    moved = orjson.loads(sbm("compare", before, after, "--json"))
    parts = [part["value"] for part in moved["overall"]["index"]["parts"].values()]
    assert sum(parts) == moved["overall"]["index"]["change"]["value"]
    shown = sbm("compare", before, after)
    for said in (
        "Why the index moved",
        "Newly known",
        "Dialogue with customers: “I don’t",
        "Sellers’ profiles: 3 → 4",
    ):
        assert said in shown


def test_it_speaks_italian_with_its_own_figures(tmp_path: Path) -> None:
    before = written(tmp_path, "before", {"sales.presence": "3"})
    after = written(tmp_path, "after", {"sales.presence": "4"})
    shown = sbm("compare", before, after, "--lang", "it")
    assert "Perché l’indice è cambiato" in shown
    assert "+1,00" in shown
    assert "Profili dei venditori: 3 → 4" in shown


def test_a_fault_is_told_with_its_side(tmp_path: Path) -> None:
    before = written(tmp_path, "before", {"sales.presence": "3"})
    after = written(tmp_path, "after", {"sales.presence": "9"})
    assert "/after/answers/sales.presence" in refused("app", "compare", before, after)
