"""`sbm plan`: a file of answers in, the way up in the terminal."""

import json
from pathlib import Path

import orjson

from app.plans.example import PLAN
from tests.kit.commands import refused, sbm


def written(folder: Path, body: object) -> Path:
    file = folder / "answers.json"
    file.write_text(json.dumps(body), "utf-8")
    return file


def test_the_way_up_is_shown_in_waves(tmp_path: Path) -> None:
    file = written(tmp_path, PLAN)
    plan = orjson.loads(sbm("plan", file, "--json"))
    shown = sbm("plan", file)
    assert f"The cheapest way up costs {plan['cost']}" in shown
    assert f"Wave {len(plan['waves'])}" in shown
    assert "Ask first: " in shown


def test_what_conflicts_is_said_in_italian(tmp_path: Path) -> None:
    file = written(tmp_path, PLAN | {"ceilings": {"sales.crm_link": 2}})
    assert "Nessun piano raggiunge l’obiettivo" in sbm("plan", file, "--lang", "it")


def test_what_is_no_goal_is_a_line(tmp_path: Path) -> None:
    assert "/goal: give one of" in refused("app", "plan", written(tmp_path, PLAN | {"goal": {}}))
