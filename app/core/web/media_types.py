"""Which of the media types that can be answered with a caller likes best (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

from fastapi import Request


def best_of(request: Request, offered: Sequence[str]) -> str:
    """The offered type with the greatest quality; the first of equals, and where none is taken."""
    accept = ", ".join(request.headers.getlist("accept")) or "*/*"
    return max(offered, key=lambda media_type: quality_of(media_type, accept))


def quality_of(media_type: str, accept: str) -> float:
    """What an `Accept` header says of a type, by its most precise part; 0 where it is not taken.

    >>> quality_of("text/html", "text/*;q=0.5, application/json"), quality_of("text/html", "image/png")
    (0.5, 0.0)
    """
    main, _, _ = media_type.partition("/")
    precision = {media_type: 3, f"{main}/*": 2, "*/*": 1}
    best = (0, 0.0)
    for part in accept.lower()[:2000].split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name in precision:
            best = max(best, (precision[name], _quality(parameters)))
    return best[1]


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
