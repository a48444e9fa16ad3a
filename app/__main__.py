"""`python -m app` is the command `sbm`; here it begins, before anything large is imported."""

import sys
from importlib import import_module

STOPPED = 130  # what shells know as ended by Ctrl-C


def main() -> None:
    """Run the command; Ctrl-C ends it with a word, also while its parts are still being imported."""
    try:
        import_module("app.commands.sbm").main()
    except KeyboardInterrupt:
        sys.stderr.write("\nsbm: stopped.\n")
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
