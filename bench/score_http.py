"""What `POST /v1/score` costs beside the framework's floor: `make bench`.

The floor (`bench/floor.py`) is a FastAPI service that validates the same body with pydantic models and
answers with a response model of the same size, and computes nothing. Both run under uvicorn in processes
of their own. The figure is the server process's CPU time per request as the operating system counts it,
over rounds in turn; the median of the rounds' ratios is what to quote.
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


def send(connection: http.client.HTTPConnection, times: int) -> int:
    """Send the example so often; the size of the answer."""
    body = json.dumps(REQUEST)
    size = 0
    for _ in range(times):
        connection.request("POST", "/v1/score", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        size = len(response.read())
        if response.status != http.HTTPStatus.OK:
            sys.exit(f"answered {response.status}")
    return size


def cost(pid: int, connection: http.client.HTTPConnection) -> float:
    """CPU microseconds per request of a server process."""
    before = cpu_seconds(pid)
    send(connection, REQUESTS)
    return (cpu_seconds(pid) - before) / REQUESTS * 1e6


def main() -> None:
    """Print both costs and their ratio."""
    ours = [sys.executable, "-m", "app", "serve", "--port", "8911"]
    floor = [*UVICORN, "8912", "bench.floor:app"]
    with serving(ours, 8911) as service, serving(floor, 8912) as echo:
        sizes = [send(connection, WARM_UP) for _, connection in (service, echo)]
        rounds = [(cost(*service), cost(*echo)) for _ in range(ROUNDS)]
    ratios = sorted(score / base for score, base in rounds)
    print(f"request {len(json.dumps(REQUEST))} bytes, answers {sizes[0]} and {sizes[1]} bytes")
    print(f"score {statistics.median(r[0] for r in rounds):.0f} µs CPU a request")
    print(f"floor {statistics.median(r[1] for r in rounds):.0f} µs CPU a request")
    print(f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
