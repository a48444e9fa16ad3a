"""What `POST /v1/score` costs beside the framework's floor: `make bench`.

Two floors, services of the same framework that compute nothing (`bench/floor.py`): an echo whose body and
answer of the same sizes are validated by pydantic models, and one that only serializes a ready model. All
run under uvicorn. The figure is the server process's CPU time per request as the operating system counts
it, over rounds in turn; the median of the rounds' ratios is what to quote.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.scores.example import REQUEST

ROUNDS, REQUESTS, WARM_UP = 7, 600, 300
TICKS = os.sysconf("SC_CLK_TCK")
UVICORN = [sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning", "--port"]


@contextmanager
def serving(command: list[str], port: int) -> Iterator[tuple[int, http.client.HTTPConnection]]:
    """A server process that answers, and one connection to it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
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


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def send(connection: http.client.HTTPConnection, path: str, times: int) -> int:
    """Send the example so often; the size of the answer."""
    body = json.dumps(REQUEST)
    size = 0
    for _ in range(times):
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        size = len(response.read())
        if response.status != http.HTTPStatus.OK:
            sys.exit(f"{path} answered {response.status}")
    return size


def cost(pid: int, connection: http.client.HTTPConnection, path: str) -> float:
    """CPU microseconds per request of a server process."""
    before = cpu_seconds(pid)
    send(connection, path, REQUESTS)
    return (cpu_seconds(pid) - before) / REQUESTS * 1e6


def report(name: str, scores: list[float], floors: list[float]) -> None:
    """Print the cost of a floor and the ratio to it."""
    ratios = sorted(score / floor for score, floor in zip(scores, floors, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"{name:16} {statistics.median(floors):5.0f} µs   ratio {statistics.median(ratios):.2f} ({spread})")


def main() -> None:
    """Print the costs and their ratios."""
    ours = [sys.executable, "-m", "app", "serve", "--port", "8911"]
    floor = [*UVICORN, "8912", "bench.floor:app"]
    with serving(ours, 8911) as service, serving(floor, 8912) as echo:
        targets = [(*service, "/v1/score"), (*echo, "/echo"), (*echo, "/ready")]
        sizes = [send(connection, path, WARM_UP) for _, connection, path in targets]
        rounds = [[cost(*target) for target in targets] for _ in range(ROUNDS)]
    scores, echoes, readies = (list(column) for column in zip(*rounds, strict=True))
    print(f"request {len(json.dumps(REQUEST))} bytes, answers {sizes} bytes; CPU per request:")
    print(f"{'/v1/score':16} {statistics.median(scores):5.0f} µs")
    report("validated echo", scores, echoes)
    report("ready model", scores, readies)


if __name__ == "__main__":
    main()
