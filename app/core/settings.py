"""Settings of the service: environment variables that start with `SBM_`."""

import ipaddress
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from scoring.wording import pattern

PACKAGE = Path(__file__).parents[1]

# Names that lead nobody astray, whoever says that the service has them.
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")

_WEB_ADDRESS = pattern(
    r"^https?://[^\s?#]+$", "write an address that begins with http:// or https://, without ? and #"
)


# Inside an installed package, else beside the packages in a checkout.
_INSTALLED = PACKAGE / "questionnaires"
SHIPPED_QUESTIONNAIRES = _INSTALLED if _INSTALLED.is_dir() else PACKAGE.parent / "questionnaires"


def _database(given: dict[str, Any]) -> str:
    """A demonstration keeps what is tried out apart from real workspaces."""
    return f"sqlite:///sbm{'-demo' if given.get('demo') else ''}.sqlite3"


class Settings(BaseSettings):
    """How the service runs; docs/operating.md lists the variables."""

    model_config = SettingsConfigDict(env_prefix="SBM_", frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    demo: bool = False
    public_scoring: bool = False
    operator: str | None = Field(None, max_length=200)
    public_url: str | None = Field(None, pattern=_WEB_ADDRESS)
    trusted_proxies: str = ""
    database_url: str = Field(default_factory=_database)
    database_connect_seconds: int = Field(5, ge=2, le=300)
    database_lock_seconds: float = Field(5, gt=0, le=300)
    database_statement_seconds: float = Field(30, gt=0, le=3600)
    ready_seconds: float = Field(2, gt=0, le=60)
    requests_per_minute_per_key: int = Field(6000, ge=0)
    requests_per_minute_per_address: int = Field(600, ge=0)
    metrics_token: SecretStr | None = None
    invitation_days: int = Field(90, ge=1, le=366)
    questionnaires: Path | None = None
    shipped_questionnaires: bool = True
    default_questionnaire: str = "social-business"
    max_body_bytes: int = Field(256 * 1024, ge=1024)
    max_portfolio_bytes: int = Field(256 * 1024 * 1024, ge=1024)
    max_portfolio_cells: int = Field(100_000_000, ge=1)
    max_export_rows: int = Field(10_000, ge=1, le=100_000)
    report_processes: int = Field(2, ge=1, le=64)
    report_seconds: float = Field(20, gt=0, le=600)
    shutdown_seconds: int = Field(10, ge=1, le=300)
    log_format: Literal["json", "console"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def lacks_public_url(self) -> bool:
        """Whether others can reach the service, and nothing says what links to it begin with."""
        return self.public_url is None and not self.demo and self.is_for_everybody

    @property
    def is_scoring_public(self) -> bool:
        """Whether scoring and the questionnaires need no key."""
        return self.demo or self.public_scoring

    @property
    def questionnaire_folders(self) -> list[Path]:
        """The folders of questionnaires: the shipped ones first, unless they are left out."""
        shipped = [SHIPPED_QUESTIONNAIRES] if self.shipped_questionnaires else []
        return [*shipped, *([self.questionnaires] if self.questionnaires else [])]

    @property
    def is_for_everybody(self) -> bool:
        """Whether other machines may reach it: it listens on more than an address of this one alone."""
        try:
            return not ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"
