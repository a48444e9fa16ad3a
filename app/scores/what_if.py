"""What if: capabilities are moved to other levels, and the same engine says what that comes to."""

from collections.abc import Mapping

from app.core.editions import Catalog, Edition
from app.core.errors import InvalidError
from app.reports.what_if import Tried
from app.scores.comparisons import changed_profile, side_of
from scoring import Fault, Profile
from scoring.comparison.requests import Side
from scoring.outlook.moves import answers_at, offered_levels
from scoring.presentation.document import present

LEVELS = ("query", "levels")


def try_body(catalog: Catalog, default: str, body: object, levels: Mapping[str, int], language: str) -> Tried:
    """The same of a body of `POST /v1/score`; raises `AnswersRefusedError` with all of its faults, too."""
    edition, side = side_of(catalog, default, body)
    return try_levels(edition, side, side.score(), levels, language)


def try_levels(edition: Edition, side: Side, was: Profile, levels: Mapping[str, int], language: str) -> Tried:
    """A profile as it was, and with capabilities at these levels.

    It is what `POST /v1/simulate` makes of the answers that are worth the levels. Raises `InvalidError` for
    capabilities that do not apply, and levels that are not offered.
    """
    offered = offered_levels(was)
    if faults := [_fault(name, offered) for name in levels if levels[name] not in offered.get(name, ())]:
        raise InvalidError(faults)
    now = changed_profile(side, {"answers": answers_at(was, levels)}, was) if levels else was
    words = edition.words(language)
    return Tried(present(was, words), present(now, words), edition, language, levels, offered)


def _fault(name: str, offered: Mapping[str, tuple[int, ...]]) -> Fault:
    levels = ", ".join(map(str, offered.get(name, ())))
    detail = f"{name} can be moved to: {levels}" if levels else f"{name} cannot be moved"
    return Fault(LEVELS, "level_not_offered", detail)
