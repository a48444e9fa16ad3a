"""The settings as the commands read them."""

import os
from difflib import get_close_matches

from pydantic import ValidationError

from app.core.mendable import MendableError
from app.core.settings import Settings
from scoring.errors import faults_in

PREFIX = "SBM_"
FOLLOWS = "default_factory_not_called"  # of pydantic, about a default that another fault kept from being made
KNOWN = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


class SettingsError(MendableError):
    """A setting is not as it should be."""


def read_settings(**given: object) -> Settings:
    """The settings of the environment, and what is given; raises `SettingsError` naming all faults."""
    unknown = [_unknown(name) for name in sorted(os.environ) if name.startswith(PREFIX) and name not in KNOWN]
    if unknown:
        raise SettingsError("\n".join(unknown))
    try:
        return Settings(**given)  # type: ignore[arg-type] # checked right there
    except ValidationError as error:
        wrong = [e for e in error.errors() if e["type"] != FOLLOWS]
        lines = [f"{PREFIX}{str(fault.place[0]).upper()}: {fault.detail}" for fault in faults_in(wrong)]
        raise SettingsError("\n".join(lines)) from None


def _unknown(name: str) -> str:
    """A setting that would be passed over in silence, and the one that is meant."""
    near = get_close_matches(name, KNOWN, 1)
    return f"{name}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
