"""The opening self-rating, 1 to 10: beside the scored result and never part of it (§9)."""

from collections.abc import Sequence
from typing import NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, half_up
from scoring.method.rating import Overall
from scoring.questionnaire.definition import Questionnaire
from scoring.respondents.consolidate import median


class SelfRating(NamedTuple):
    """The company in its respondents' own eyes, 1 to 10, beside the scored result.

    `values` are role and rating of each; `value` is their median. `equivalent` is the overall value on the
    same scale, `difference` how far `value` lies above it, both in thousandths.
    """

    values: tuple[tuple[str | None, int], ...]
    value: int
    band: str | None
    equivalent: int | None
    difference: int | None


STEPS = 9  # from 1 to 10


def find_self_rating(
    questionnaire: Questionnaire,
    given: Sequence[tuple[str | None, int]],
    overall: Overall,
    *,
    anonymous: bool = False,
) -> SelfRating | None:
    """All self-ratings by role, their median, its distance; `None` without any.

    `given` are role and rating; single ones are not named in an anonymous assessment.
    """
    place = {role.id: index for index, role in enumerate(questionnaire.roles)}
    if not given:
        return None
    equivalent = _equivalent(overall, questionnaire.max_level)
    ratings = sorted(rating for _, rating in given)
    value = median(ratings)
    bands = questionnaire.self_rating.bands if questionnaire.self_rating else ()
    by_role = sorted(given, key=lambda entry: (place.get(entry[0] or "", len(place)), entry[1]))
    return SelfRating(
        values=() if anonymous else tuple(by_role),
        value=value,
        band=next((band.id for band in bands if value <= band.up_to), None),
        equivalent=equivalent,
        difference=None if equivalent is None else POINTS_PER_LEVEL * value - equivalent,
    )


def _equivalent(overall: Overall, max_level: int) -> int | None:
    """The overall value on the self-rating's scale, in thousandths."""
    if overall.score is None or overall.score.value is None:
        return None
    return POINTS_PER_LEVEL + half_up(STEPS * overall.score.value, max_level)
