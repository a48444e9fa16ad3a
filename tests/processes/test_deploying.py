"""What the service is deployed with, as it is written; neither containers nor proxies run everywhere."""

import re

import pytest
import yaml

from app.core.settings import Settings
from tests.kit.folders import ROOT

DEPLOY = ROOT / "deploy"
SIZE = re.compile(r"(?:client_max_body_size|max_size) (\d+) ?([kmKM])")
UNITS = {"k": 1024, "m": 1024**2}


def test_compose_starts_the_service_when_postgresql_is_ready() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert services["sbm"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in services["database"]
    address = services["sbm"]["environment"]["SBM_DATABASE_URL"]
    assert address == "postgresql://sbm:${POSTGRES_PASSWORD:?}@database/sbm"
    known = {f"SBM_{name.upper()}" for name in Settings.model_fields}
    assert set(services["sbm"]["environment"]) <= known
    assert services["sbm"]["ports"] == ["127.0.0.1:8000:8000"]


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_lets_through_what_the_service_takes(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    sizes = [int(size) * UNITS[unit.lower()] for size, unit in SIZE.findall(text)]
    settings = Settings()
    assert max(sizes) == settings.max_portfolio_bytes
    assert min(sizes) >= settings.max_body_bytes
    assert "127.0.0.1:8000" in text


def test_the_unit_waits_longer_than_requests_may_take_to_finish() -> None:
    unit = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "sbm.service").read_text("utf-8"), re.MULTILINE))
    assert int(unit["TimeoutStopSec"]) > Settings().shutdown_seconds
    assert unit["ExecStart"].endswith("/sbm serve --migrate")
    assert unit["DynamicUser"] == "yes"
