"""What `POST /v1/score` costs beside the framework's floor: `make bench`.

Two floors, services of the same framework that compute nothing (`bench/floor.py`): an echo whose body and
answer of the same sizes are validated by pydantic models, and one that only serializes a ready model. All
run under uvicorn. What if, of the same answers with one of them changed: what changes is scored again, and
what became of every number is said beside it. And what six respondents cost beside one answer set: those of
examples/, each asked by role, and six who all answer everything.

The figure is the server process's CPU time per request as the operating system counts it, over rounds in
turn; the median of the rounds' ratios is what to quote.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.scores.example import REQUEST

SIX = Path(__file__).parents[1] / "examples" / "six-respondents.json"
ROUNDS, REQUESTS, WARM_UP = 7, 600, 300
MOST_FOR_SIX = 3
MOST_FOR_SIMULATION = 1.9
CPUCLOCK_SCHED = 2  # of Linux: which clock of a process
UVICORN = [sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning", "--port"]


@contextmanager
def serving(
    command: list[str], port: int, environment: Mapping[str, str]
) -> Iterator[tuple[int, http.client.HTTPConnection]]:
    """A server process that answers, and one connection to it."""
    process = subprocess.Popen(  # noqa: S603 -- our own command
        command, stdout=subprocess.DEVNULL, env=os.environ | dict(environment)
    )
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        for _ in range(200):
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield process.pid, connection
    finally:
        process.terminate()
        process.wait()


def open_to_all(folder: str) -> dict[str, str]:
    """Scoring without a key; requests are counted, to a limit that nobody reaches."""
    return {
        "SBM_PUBLIC_SCORING": "true",
        "SBM_REQUESTS_PER_MINUTE_PER_ADDRESS": str(10**9),
        "SBM_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
    }


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, to the nanosecond (`clock_getcpuclockid` of Linux)."""
    return time.clock_gettime(~pid << 3 | CPUCLOCK_SCHED)


class Target(NamedTuple):
    """What is measured: a body sent to a path of a server process."""

    pid: int
    connection: http.client.HTTPConnection
    path: str
    body: str


def send(target: Target, times: int) -> int:
    """Send a body so often; the size of the answer."""
    _, connection, path, body = target
    connection.close()  # while the others were measured the server may have given it up; it opens again
    size = 0
    for _ in range(times):
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        size = len(response.read())
        if response.status != http.HTTPStatus.OK:
            sys.exit(f"{path} answered {response.status}")
    return size


def cost(target: Target) -> float:
    """CPU microseconds per request of a server process."""
    before = cpu_seconds(target.pid)
    send(target, REQUESTS)
    return (cpu_seconds(target.pid) - before) / REQUESTS * 1e6


def differing(respondent: int) -> dict[str, str]:
    """Levels of all questions that have levels, others for each respondent; the rest as in the example."""
    levels = enumerate(REQUEST["answers"].items())
    return {
        name: str((respondent + place) % 6) if isinstance(answer, str) and answer.isdigit() else answer
        for place, (name, answer) in levels
    }


def report(name: str, costs: list[float], others: list[float]) -> None:
    """Print a cost and its ratio to another."""
    ratios = sorted(own / other for own, other in zip(costs, others, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"{name:44} {statistics.median(ratios):5.2f} ({spread})")


def main() -> None:
    """Print the costs and their ratios."""
    single, six = json.dumps(REQUEST), SIX.read_text("utf-8")
    changed = json.dumps(REQUEST | {"changes": {"answers": {next(iter(REQUEST["answers"])): "dont_know"}}})
    all_asked = json.dumps({"responses": [{"role": "ceo", "answers": differing(n)} for n in range(6)]})
    ours = [sys.executable, "-m", "app", "serve", "--migrate", "--port", "8911"]
    floor = [*UVICORN, "8912", "bench.floor:app"]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(ours, 8911, open_to_all(folder)) as service,
        serving(floor, 8912, {}) as echo,
    ):
        targets = {
            "/v1/score": Target(*service, "/v1/score", single),
            "/v1/simulate": Target(*service, "/v1/simulate", changed),
            "six respondents by role": Target(*service, "/v1/score", six),
            "six respondents asked everything": Target(*service, "/v1/score", all_asked),
            "validated echo": Target(*echo, "/echo", single),
            "ready model": Target(*echo, "/ready", single),
        }
        sizes = [send(target, WARM_UP) for target in targets.values()]
        rounds = [[cost(target) for target in targets.values()] for _ in range(ROUNDS)]
    columns = [list(column) for column in zip(*rounds, strict=True)]
    print("median CPU per request, and bytes of the answer:")
    for name, column, size in zip(targets, columns, sizes, strict=True):
        print(f"{name:44} {statistics.median(column):5.0f} µs {size:8}")
    print("\nratios, median and range over the rounds:")
    scores, simulations, by_role, everything, echoes, readies = columns
    report("/v1/score to the validated echo", scores, echoes)
    report("/v1/score to the ready model", scores, readies)
    report("/v1/simulate to /v1/score", simulations, scores)
    report("six respondents by role to one", by_role, scores)
    report("six respondents asked everything to one", everything, scores)
    for name, costs, most in (
        ("six respondents by role", by_role, MOST_FOR_SIX),
        ("six respondents asked everything", everything, MOST_FOR_SIX),
        ("/v1/simulate", simulations, MOST_FOR_SIMULATION),
    ):
        if statistics.median(own / one for own, one in zip(costs, scores, strict=True)) > most:
            sys.exit(f"{name}: more than {most} times /v1/score")


if __name__ == "__main__":
    main()
