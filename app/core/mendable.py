"""The base of all errors that whoever caused them can mend; the command says them in lines."""

from collections.abc import Sequence


class MendableError(Exception):
    """What was asked for cannot be done as it was asked."""

    @property
    def lines(self) -> Sequence[str]:
        """What to tell, line by line."""
        return str(self).splitlines()
