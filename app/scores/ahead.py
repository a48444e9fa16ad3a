"""What a report says beyond a profile: what next, how sure, why it moved."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.reports.beyond import NOTHING, Beyond, Moved
from scoring import AnswersRefusedError, Profile, Questionnaire
from scoring.comparison.document import present_comparison
from scoring.comparison.requests import Side, compared_from
from scoring.outlook.document import present_outlook
from scoring.paths import Goal, Wishes, evenly, plan
from scoring.paths.document import present_plan
from scoring.questionnaire.words import Words

NODES = 1000  # for the plan: no clock, so that a kept report has the same plan each time
WAVES = 3


class ResultSide(NamedTuple):
    """What a result was computed from, with the words for it; what it is called, and of which day it is."""

    side: Side
    words: Words
    name: str | None
    day: date


def look_ahead(profile: Profile, words: Words) -> Beyond:
    """What next and how sure: the cheapest way to the verdict in a few waves, and the outlook.

    There is no plan while less than half of the answers are known: it would begin from nothing.
    """
    outlook = present_outlook(profile, words)
    counts = profile.counts
    if 2 * counts.answered < counts.total - counts.not_applicable:
        return Beyond(outlook)
    goal = Goal("verdict", profile.questionnaire.definition.level)
    planned = plan(profile, Wishes(goal, alternatives=0, nodes=NODES))
    return Beyond(outlook, present_plan(evenly(planned, WAVES), words))


def look_around(now: ResultSide, before: ResultSide | None, known: Sequence[Questionnaire]) -> Beyond:
    """The same of what a result was computed from, and why it moved since an earlier one.

    `known` are the versions that mappings may lead through. There is nothing where what was kept no longer
    fits its questionnaire.
    """
    try:
        profile = now.side.score()
    except AnswersRefusedError:
        return NOTHING
    moved = None if before is None else _moved(profile, now, before, known)
    return look_ahead(profile, now.words)._replace(moved=moved)


def _moved(
    profile: Profile, now: ResultSide, before: ResultSide, known: Sequence[Questionnaire]
) -> Moved | None:
    try:
        was = before.side.score()
    except AnswersRefusedError:
        return None
    compared = compared_from(before.side, now.side, was, profile, known)
    return Moved(present_comparison(compared, now.words, before.words), before.name, before.day)
