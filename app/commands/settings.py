"""The settings as the commands read them."""

from pydantic import ValidationError

from app.core.mendable import MendableError
from app.core.settings import Settings
from scoring.errors import faults_of


class SettingsError(MendableError):
    """A setting is not as it should be."""


def read_settings(**given: object) -> Settings:
    """The settings of the environment, and what is given; raises `SettingsError` naming all faults."""
    try:
        return Settings(**given)  # type: ignore[arg-type] # checked right there
    except ValidationError as error:
        lines = [f"SBM_{str(fault.place[0]).upper()}: {fault.detail}" for fault in faults_of(error)]
        raise SettingsError("\n".join(lines)) from None
