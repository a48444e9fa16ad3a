"""`sbm serve` says in a line why it cannot start, before it says that it does."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.kit.commands import refused, run


@pytest.fixture
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SBM_DATABASE_URL", f"sqlite:///{tmp_path / 'sbm.sqlite3'}")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.usefixtures("_database")
def test_a_port_that_is_taken(taken: int) -> None:
    done = run("app", "serve", "--migrate", "--port", taken)
    assert done.code == 1
    assert "http:" not in done.stdout
    said = f"sbm: port {taken} of 127.0.0.1 is taken by another program: --port names another\n"
    assert done.stderr == said


@pytest.mark.usefixtures("_database")
@pytest.mark.parametrize("host", ["192.0.2.1", "no host"])
def test_a_host_that_is_none(host: str) -> None:
    done = run("app", "serve", "--migrate", "--port", 0, "--host", host)
    assert done.code == 1
    assert "http:" not in done.stdout
    assert done.stderr == f"sbm: SBM_HOST: {host} is no address of this machine\n"


@pytest.mark.usefixtures("_database")
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])  # noqa: S104 -- is refused
def test_a_demonstration_opens_to_others_only_when_told(host: str) -> None:
    line = refused("app", "serve", "--demo", "--migrate", "--host", host)
    assert f"{host} opens to everybody" in line
    assert "--yes-everybody" in line


@pytest.mark.usefixtures("_database")
def test_a_demonstration_opens_to_others_when_told() -> None:
    given = ("--demo", "--yes-everybody", "--migrate", "--host", "192.0.2.1", "--port", 0)
    assert "is no address of this machine" in refused("app", "serve", *given)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_the_own_machine_is_not_everybody(host: str) -> None:
    assert not Settings(host=host).is_for_everybody


def test_a_demonstration_has_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SBM_DATABASE_URL", raising=False)
    assert Settings().database_url == "sqlite:///sbm.sqlite3"
    assert Settings(demo=True).database_url == "sqlite:///sbm-demo.sqlite3"
    monkeypatch.setenv("SBM_DATABASE_URL", "sqlite:///other.sqlite3")
    assert Settings(demo=True).database_url == "sqlite:///other.sqlite3"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SBM_PROT", "; did you mean SBM_PORT?"),
        ("SBM_DATABASE_ULR", "; did you mean SBM_DATABASE_URL?"),
        ("SBM_AUTOMATISMS", ""),
    ],
)
def test_a_setting_that_there_is_not_is_refused(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "3")
    for command in (("serve",), ("keys", "list"), ("score", "examples/express.json")):
        assert refused("app", *command) == f"sbm: {name}: there is no such setting{said}\n"


def test_a_fault_of_one_setting_is_not_told_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SBM_PORT", "abc")
    assert refused("app", "serve") == "sbm: SBM_PORT: write a whole number\n"
