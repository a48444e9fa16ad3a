"""What `sbm serve` warns of at its start."""

import pytest

from app.commands.serve import warn
from app.core.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])  # noqa: S104 -- nothing listens
def test_a_service_for_others_without_an_address_of_its_own_is_warned_of(
    capsys: pytest.CaptureFixture[str], host: str
) -> None:
    warn(Settings(host=host))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("SBM_PUBLIC_URL is not set:")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"host": "localhost"},
        {"host": "::1"},
        {"host": "127.0.0.2"},
        {"host": "192.0.2.7", "public_url": "https://valle.example"},
        {"host": "192.0.2.7", "demo": True},
    ],
)
def test_where_links_can_be_made_nothing_is_warned_of(
    capsys: pytest.CaptureFixture[str], given: dict[str, object]
) -> None:
    warn(Settings.model_validate(given))
    assert capsys.readouterr().err == ""
