import os
from contextlib import ExitStack

import pytest
from hypothesis import settings as hypothesis_settings

from tests.kit.effort import THOROUGH
from tests.kit.postgres import POSTGRES, postgres_server

# The same examples on every machine and no clock.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True, max_examples=50)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("thorough" if THOROUGH else "steady")

_until_the_end = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Workers inherit the address of one server; a run without workers starts its own when it is needed.

    Who hands the tests out to workers runs none, and loads nothing of the service.
    """
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ[POSTGRES] = _until_the_end.enter_context(postgres_server())
    else:
        config.pluginmanager.import_plugin("tests.kit.fixtures")


def pytest_unconfigure() -> None:
    """The server is gone with the last worker."""
    _until_the_end.close()
