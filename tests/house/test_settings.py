"""The table of settings in docs/operating.md is the settings that there are."""

import re
from pathlib import Path

from app.core.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
ROW = re.compile(r"^\| `(SBM_\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
DOCUMENTED = {name: default for name, default, _ in ROW.findall(PAGE.read_text("utf-8"))}
FIELDS = {f"SBM_{name.upper()}": field for name, field in Settings.model_fields.items()}


def test_every_setting_is_documented_and_no_other() -> None:
    assert sorted(DOCUMENTED) == sorted(FIELDS)


def test_defaults_are_those_of_the_code() -> None:
    """A value stands in backticks; where the default is none, or found out, words say what holds."""
    for name, field in FIELDS.items():
        found_out = field.default_factory is not None or field.default in {None, ""}
        value = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        assert (DOCUMENTED[name] == f"`{value}`") is not found_out, name
        assert DOCUMENTED[name].startswith("`") is not found_out, name
