"""A finished example: the maker of machines on the way to the definition, twenty a quarter."""

from typing import Any

from app.scores.example import REQUEST

PLAN: dict[str, Any] = {
    **{key: value for key, value in REQUEST.items() if key not in {"targets", "self_rating"}},
    "goal": {"verdict": "met"},
    "costs": {"sales.crm_link": [1, 2, 4, 8, 12]},
    "ceilings": {"marketing": 4},
    "capacity": 20,
    "alternatives": 1,
    "seconds": 5,
}

# One that fits on a page.
SHORT: dict[str, Any] = {
    "tier": "express",
    "answers": {"sales.presence": "3", "marketing.dialogue": "2"},
    "goal": {"level": 2},
    "capacity": 20,
    "alternatives": 0,
}
