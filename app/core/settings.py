"""Settings of the service: environment variables that start with `SBM_`."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).parents[1]


def _shipped_questionnaires() -> Path:
    """The questionnaires inside an installed package, else beside the packages in a checkout."""
    installed = PACKAGE / "questionnaires"
    return installed if installed.is_dir() else PACKAGE.parent / "questionnaires"


class Settings(BaseSettings):
    """How the service runs; docs/api.md lists the variables."""

    model_config = SettingsConfigDict(env_prefix="SBM_", frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    demo: bool = False
    questionnaires: Path = Field(default_factory=_shipped_questionnaires)
    default_questionnaire: str = "social-business"
    max_body_bytes: int = Field(256 * 1024, ge=1024)
    max_portfolio_bytes: int = Field(256 * 1024 * 1024, ge=1024)
    max_portfolio_cells: int = Field(100_000_000, ge=1)
    shutdown_seconds: int = Field(10, ge=1, le=300)
    log_format: Literal["json", "console"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
