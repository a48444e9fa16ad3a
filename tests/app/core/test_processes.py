"""Work in processes: what it gives and raises comes back, and what is stuck is ended."""

import os
from collections.abc import Iterator
from threading import Thread

import pytest

from app.core.errors import MissingError, UnavailableError
from app.core.processes import Processes
from tests.kit.stuck import die, refuse, wait_for_ever

PATIENT, SOON = 60, 1


@pytest.fixture
def processes() -> Iterator[Processes]:
    made = Processes(1, PATIENT)
    yield made
    made.close()


def test_it_is_done_in_another_process_that_is_kept(processes: Processes) -> None:
    first = processes.run(os.getpid)
    assert first != os.getpid()
    assert processes.run(os.getpid) == first


def test_what_is_raised_there_is_raised_here(processes: Processes) -> None:
    with pytest.raises(ZeroDivisionError):
        processes.run(divmod, 1, 0)
    with pytest.raises(MissingError):
        processes.run(refuse)
    assert processes.run(abs, -1) == 1


def test_what_is_stuck_is_ended_and_the_next_is_done(processes: Processes) -> None:
    first = processes.run(os.getpid)
    processes.seconds = SOON
    with pytest.raises(UnavailableError) as refused:
        processes.run(wait_for_ever)
    assert refused.value.code == "report_too_slow"
    processes.seconds = PATIENT
    assert processes.run(os.getpid) != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_process_that_dies_is_replaced(processes: Processes) -> None:
    with pytest.raises(UnavailableError):
        processes.run(die)
    assert processes.run(abs, -1) == 1


def test_no_more_than_so_many_are_begun_at_once() -> None:
    stuck = Processes(1, SOON)
    codes = []

    def ask() -> None:
        with pytest.raises(UnavailableError) as refused:
            stuck.run(wait_for_ever)
        codes.append(refused.value.code)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENT)
    assert set(codes) == {"report_too_slow", "reports_busy"}
    stuck.close()
