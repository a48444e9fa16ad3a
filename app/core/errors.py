"""What is refused, and why; none of it knows HTTP. `app.core.web.problems` says how each is answered."""

from collections.abc import Sequence
from typing import Self

from app.core.mendable import MendableError
from scoring import Fault
from scoring.errors import Place

INVALID = "The request was understood but cannot be used; nothing was changed. See errors."


class RefusalError(MendableError):
    """A refusal with a stable code, a sentence, and the faults that it is about."""

    def __init__(self, code: str, detail: str, faults: Sequence[Fault] = ()) -> None:
        """Keep what the answer says."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)

    @property
    def lines(self) -> Sequence[str]:
        """The sentence, and every fault with its place."""
        return (self.detail, *(f"{fault.pointer}: {fault.detail}" for fault in self.faults))


class InvalidError(RefusalError):
    """The request can be read but not used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """All that is wrong with it."""
        super().__init__("invalid_request", INVALID, faults)


class MalformedError(RefusalError):
    """The request cannot be read."""


class TooLargeError(RefusalError):
    """The request is longer than is read."""


class MediaTypeError(RefusalError):
    """The request is of a kind that is not read."""


class MissingError(RefusalError):
    """There is no such thing, or none that the caller may know of."""

    def __init__(self, kind: str, place: Place = (), detail: str | None = None) -> None:
        """`place` is where the request names it, where that is not its path; `detail` says what there is."""
        faults = [Fault(place, "not_found", f"there is no such {kind}")] if place else []
        super().__init__("not_found", detail or f"There is no such {kind}.", faults)


class WrongStateError(RefusalError):
    """What is asked for cannot be done in the state that things are in."""


class ForbiddenError(RefusalError):
    """The caller is known and may not do this."""


class UnauthenticatedError(RefusalError):
    """The caller is not known."""


class StaleError(RefusalError):
    """Somebody else has changed it since the caller read it."""

    def __init__(self, tag: str, revision: int | None = None, changed: Sequence[Fault] = ()) -> None:
        """`tag` and `revision` are the current ones; `changed` is what differs from the caller's."""
        now = "read it again" if revision is None else f"the current revision is {revision}"
        super().__init__("stale", f"It has been changed since; {now}. Nothing was changed now.", changed)
        self.tag = tag
        self.revision = revision


class PreconditionMissingError(RefusalError):
    """The caller has to say which revision the change is meant for."""

    def __init__(self, *, is_any: bool = False) -> None:
        """Say how; `is_any` where `*` was named, which is any revision and so none."""
        detail = "Send If-Match with the ETag that you read, so that nobody's changes are overwritten."
        if is_any:
            detail = f"If-Match: * names no revision: it would overwrite what you have not seen. {detail}"
        super().__init__("precondition_required", detail)


class OutdatedError(Exception):
    """What was prepared outside of the transaction that writes no longer holds: prepare it again."""


class UnavailableError(RefusalError):
    """It cannot be done now, as by a database or a process that is busy, and nothing was changed."""

    seconds = 1  # until it is worth trying again

    def __init__(self, code: str = "busy", detail: str | None = None) -> None:
        """`detail` where it is for another reason than others who write for too long."""
        busy = "The database is busy with others. Nothing was changed; send it again."
        super().__init__(code, detail or busy)

    @classmethod
    def unanswered(cls) -> Self:
        """It does not answer at all."""
        return cls("unavailable", "The database does not answer in time.")


class TooManyRequestsError(RefusalError):
    """The caller asks more often than allowed."""

    def __init__(self, seconds: int) -> None:
        """`seconds` until the next request is answered."""
        super().__init__("too_many_requests", f"Too many requests; the next one is answered in {seconds} s.")
        self.seconds = seconds
