"""CPU seconds of short commands, beside those of a bare interpreter: what is imported to say a few lines."""

import resource
import subprocess
import sys
from statistics import median

RUNS = 5
COMMANDS = (("--help",), ("questionnaires", "list"), ("keys", "--help"))


def seconds(*command: str) -> float:
    """User and system time of a command, the median of some runs."""
    return median(_once(command) for _ in range(RUNS))


def _once(command: tuple[str, ...]) -> float:
    before = _spent()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(f"{'python':24} {seconds(sys.executable, '-c', 'pass'):.3f} s")
    for arguments in COMMANDS:
        print(f"{'sbm ' + ' '.join(arguments):24} {seconds(sys.executable, '-m', 'app', *arguments):.3f} s")
