"""kill -9 of the service while it writes: nothing that it acknowledged is lost, nothing is half written.

`python -m bench.crash` kills it 200 times on each database; the suite does so fewer times with the same
writers (tests/processes/test_crash.py). After each kill it is started again, and what was acknowledged since
the kill before is read back; at the end everything is.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rich.progress import track

from tests.kit.databases import BACKENDS, new_database
from tests.kit.postgres import postgres_server
from tests.kit.processes import Service, UnexpectedAnswerError, prepare
from tests.kit.trial import Kill, Trial
from tests.kit.writers import LossError

KILLS = 200
MOST_SECONDS_TO_START = 5


def report(backend: str, kills: list[Kill]) -> None:
    """Print what was done, and stop where a start took too long."""
    starts = [kill.seconds_to_start for kill in kills]
    print(
        f"{backend}: {len(kills)} kills amid {sum(kill.acknowledged for kill in kills)} acknowledged writes, "
        f"all there; {sum(kill.done_unanswered for kill in kills)} more were done without an answer.\n"
        f"Started again in {statistics.median(starts):.1f} s, at most {max(starts):.1f} s."
    )
    if max(starts) > MOST_SECONDS_TO_START:
        sys.exit(f"a start took more than {MOST_SECONDS_TO_START} s")


def try_on(backend: str, server: str, kills: int) -> None:
    """Kill the service so often on a database of this kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database_url = stack.enter_context(new_database(backend, folder, server))
        token = prepare(database_url)
        service = stack.enter_context(Service(database_url, folder).running())
        trial = Trial(service, database_url, token)
        done = [trial.kill_while_writing() for _ in track(range(kills), description=f"{backend:10}")]
        trial.check_all()
    report(backend, done)


def main() -> None:
    """Kill it on both databases; exits with 1 on any loss."""
    parser = argparse.ArgumentParser(description="kill -9 of the service while it writes")
    parser.add_argument("--kills", type=int, default=KILLS, help="on each database")
    kills = parser.parse_args().kills
    with postgres_server() as server:
        for backend in BACKENDS:
            try:
                try_on(backend, server, kills)
            except (LossError, UnexpectedAnswerError) as error:
                sys.exit(f"{backend}: {error}")


if __name__ == "__main__":
    main()
