"""Callers that hang up in the middle of a body: noted as such, and nobody's fault here."""

import http.client
import json
import re
import socket
from pathlib import Path
from time import monotonic

from tests.kit.processes import ANSWER_SECONDS, HOST, Service, prepare

COUNT = re.compile(
    r'^sbm_http_requests_total\{method="POST",route="/v1/score",status="499"\} (\d+)', re.MULTILINE
)
CALLERS = 3


def metrics(port: int) -> str:
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    connection.request("GET", "/metrics", headers={"Authorization": "Bearer metrics"})
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def hang_up(port: int, *headers: str) -> None:
    lines = ["POST /v1/score HTTP/1.1", f"Host: {HOST}", "Content-Type: application/json", *headers]
    with socket.create_connection((HOST, port), timeout=ANSWER_SECONDS) as caller:
        caller.sendall("\r\n".join([*lines, "Content-Length: 100", "", "{"]).encode())


def hung_up(port: int) -> int:
    match = COUNT.search(metrics(port))
    return int(match[1]) if match else 0


def test_a_caller_who_hangs_up_is_no_error_of_the_service(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/sbm.sqlite3"
    prepare(address)
    settings = {"public_scoring": True, "metrics_token": "metrics"}
    service = Service(address, tmp_path, **settings)
    with service.running():
        for _ in range(CALLERS):
            hang_up(service.port)
        deadline = monotonic() + ANSWER_SECONDS
        while hung_up(service.port) < CALLERS:
            assert monotonic() < deadline
        assert 'status="500"' not in metrics(service.port)
        assert service.complaints() == []
        told = [json.loads(line) for line in service.log_lines() if line.startswith("{")]
        assert [line["status"] for line in told if line.get("path") == "/v1/score"] == [499] * CALLERS
