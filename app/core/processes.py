"""Work in processes of its own: a few at a time, each with so many seconds, ended where it needs more."""

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Empty, Queue
from threading import BoundedSemaphore
from typing import Any, TypeVar

from app.core.errors import UnavailableError

T = TypeVar("T")

_SPAWN = multiprocessing.get_context("spawn")  # nothing of the service's threads and connections goes along


class Processes:
    """At most `most` processes, each begun when it is needed and kept for what comes next."""

    def __init__(self, most: int, seconds: float) -> None:
        """`seconds` are for waiting for a free one, and again for the work itself."""
        self.most = most
        self.seconds = seconds
        self._free = BoundedSemaphore(most)
        self._idle: Queue[_Worker] = Queue()

    def run(self, function: Callable[..., T], *arguments: object) -> T:
        """What a function of a module gives, as if called here; waits in this thread.

        Raises what the function raises, and `UnavailableError`: `reports_busy` where no process becomes free
        in time, `report_too_slow` where the work does not end in time.
        """
        if not self._free.acquire(timeout=self.seconds):
            raise UnavailableError(
                "reports_busy", "Too many reports are being made at this moment; ask again in a while."
            )
        try:
            worker = self._idle_or_new()
            try:
                result: T = worker.run(function, arguments, self.seconds)
            except UnavailableError:
                worker.end()
                raise
            self._idle.put(worker)
            return result
        finally:
            self._free.release()

    def _idle_or_new(self) -> "_Worker":
        try:
            worker = self._idle.get_nowait()
        except Empty:
            return _Worker()
        return worker if worker.is_alive() else _Worker()

    def close(self) -> None:
        """End those that are idle."""
        while not self._idle.empty():
            self._idle.get_nowait().end()


class _Worker:
    """A process that does one thing after another."""

    def __init__(self) -> None:
        self._mine, its = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(target=_work, args=(its,), daemon=True)
        self._process.start()
        its.close()

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def run(self, function: Callable[..., T], arguments: tuple[object, ...], seconds: float) -> T:
        try:
            self._mine.send((function, arguments))
            if not self._mine.poll(seconds):
                raise UnavailableError("report_too_slow", f"The report was not made within {seconds:g} s.")
            is_sound, result = self._mine.recv()
        except (EOFError, OSError):
            raise UnavailableError("report_too_slow", "The report could not be made; ask again.") from None
        if is_sound:
            made: T = result
            return made
        raise result

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._mine.close()


def _work(asked: "Connection[Any, Any]") -> None:
    """Do what is asked until nobody asks any more; Ctrl-C is for who started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            function, arguments = asked.recv()
        except EOFError:
            return
        try:
            answer: tuple[bool, object] = True, function(*arguments)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is raised where it was asked for
            answer = False, error
        asked.send(answer)
