"""What people rate from 1 to 10 before they answer: beside the scored result and never part of it (§9)."""

from collections.abc import Sequence
from typing import NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, half_up
from scoring.method.rating import Overall
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.entries import BandEntry
from scoring.respondents.consolidate import median
from scoring.respondents.shown import RoleRating


class Rating(NamedTuple):
    """How far the company is, or how important that is to it, 1 to 10, beside the scored result.

    `values` are role and rating of each; `value` is their median, `band` the one that it lies in where the
    rating has bands. `equivalent` is the overall value on the same scale, `difference` how far `value` lies
    above it, both in thousandths.
    """

    values: tuple[RoleRating, ...]
    value: int
    band: str | None
    equivalent: int | None
    difference: int | None


STEPS = 9  # from 1 to 10


def find_importance(
    questionnaire: Questionnaire, given: Sequence[RoleRating], overall: Overall, *, anonymous: bool = False
) -> Rating | None:
    """How important it is to each by role, their median, its distance; `None` where nobody said so.

    Single ones are not named in an anonymous assessment.
    """
    return _find(questionnaire, given, overall, (), anonymous=anonymous)


def find_self_rating(
    questionnaire: Questionnaire, given: Sequence[RoleRating], overall: Overall, *, anonymous: bool = False
) -> Rating | None:
    """All self-ratings by role, their median with its band, its distance; `None` without any.

    Single ones are not named in an anonymous assessment.
    """
    bands = questionnaire.self_rating.bands if questionnaire.self_rating else ()
    return _find(questionnaire, given, overall, bands, anonymous=anonymous)


def _find(
    questionnaire: Questionnaire,
    given: Sequence[RoleRating],
    overall: Overall,
    bands: Sequence[BandEntry],
    *,
    anonymous: bool,
) -> Rating | None:
    place = {role.id: index for index, role in enumerate(questionnaire.roles)}
    if not given:
        return None
    equivalent = _equivalent(overall, questionnaire.max_level)
    value = median(sorted(rating for _, rating in given))
    by_role = sorted(given, key=lambda entry: (place.get(entry[0] or "", len(place)), entry[1]))
    return Rating(
        values=() if anonymous else tuple(by_role),
        value=value,
        band=next((band.id for band in bands if value <= band.up_to), None),
        equivalent=equivalent,
        difference=None if equivalent is None else POINTS_PER_LEVEL * value - equivalent,
    )


def _equivalent(overall: Overall, max_level: int) -> int | None:
    """The overall value on the scale of the ratings, in thousandths."""
    if overall.score is None or overall.score.value is None:
        return None
    return POINTS_PER_LEVEL + half_up(STEPS * overall.score.value, max_level)
