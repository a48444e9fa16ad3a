"""Notices beside a profile: what a careful reader should know. A notice never changes a score."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.presentation.sentences import say
from scoring.presentation.shapes import NoticeDocument
from scoring.profile import Profile
from scoring.questionnaire.form import State
from scoring.questionnaire.words import Words
from scoring.respondents.anonymity import LEAST_SHOWN
from scoring.respondents.ratings import Rating
from scoring.respondents.responses import Respondent, roles_of


class Notice(NamedTuple):
    """A stable code, the ids that it concerns, and the numbers and ids that its sentence names.

    `number` says how many things there are, for singular and plural.
    """

    code: str
    concerns: tuple[str, ...] = ()
    number: int = 1
    values: Mapping[str, Any] = {}


def notices(profile: Profile, words: Words) -> list[NoticeDocument]:
    """All notices on a profile, each with the ids it concerns and a sentence."""
    return [
        {
            "code": notice.code,
            "concerns": notice.concerns,
            "detail": say(notice.code, _names(notice, words), notice.number, notice.values, words),
        }
        for notice in find_notices(profile)
    ]


def _names(notice: Notice, words: Words) -> list[str]:
    """What the ids are called; of questions what their capabilities are called, each once."""
    if notice.code in {"many_not_applicable", "many_dont_know"}:
        return [words.short_functions[name] for name in notice.concerns]
    if notice.code in {"same_level_throughout", "importance_distance", "self_rating_far"}:
        return [words.texts.roles.get(name, name) for name in notice.concerns]
    return list(dict.fromkeys(words.capability_names[name] for name in notice.concerns))


def find_notices(profile: Profile) -> Iterator[Notice]:
    """The notices in a fixed order, by the thresholds of the questionnaire."""
    yield from _exclusions(profile)
    yield from _unknowns(profile)
    yield from _same_level(profile)
    yield from _without_evidence(profile)
    thresholds = profile.questionnaire.notices
    yield from _rating("self_rating_far", profile.self_rating, thresholds.self_rating_distance)
    yield from _rating("importance_distance", profile.importance, thresholds.importance_distance)
    yield from _several(profile)


def _exclusions(profile: Profile) -> Iterator[Notice]:
    percent = profile.questionnaire.notices.not_applicable_percent
    if many := _more_than(percent, "not_applicable", profile):
        yield Notice("many_not_applicable", many, len(many), {"percent": percent})
    verdict = profile.verdict
    unexcluded = verdict.if_nothing_excluded.status
    if unexcluded != verdict.status:
        statuses = {"status": verdict.status, "unexcluded": unexcluded}
        yield Notice("not_applicable_decides", values=statuses)


def _more_than(percent: int, state: State, profile: Profile) -> tuple[str, ...]:
    """The functions in which more than so many percent of the questions are in a state."""
    return tuple(
        [
            result.function.id
            for result in profile.functions
            if 100 * getattr(result.counts, state) > percent * result.counts.total
        ]
    )


def _unknowns(profile: Profile) -> Iterator[Notice]:
    percent = profile.questionnaire.notices.dont_know_percent
    if many := _more_than(percent, "dont_know", profile):
        yield Notice("many_dont_know", many, len(many), {"percent": percent})


def _same_level(profile: Profile) -> Iterator[Notice]:
    least = profile.questionnaire.notices.same_level_answers
    shown_only = profile.form.shown_only
    ranks = {q.id: q.ranks for q in profile.form.questions if q.id not in shown_only}
    alike = [r for r in profile.respondents if _is_uniform(r, least, ranks)]
    if alike:
        yield Notice("same_level_throughout", roles_of(profile.questionnaire, alike), len(alike))


def _is_uniform(
    respondent: Respondent, least: int, ranks: Mapping[str, Mapping[int, tuple[int, int]]]
) -> bool:
    """Whether somebody chose the same option of all that counts, from the least or from the greatest.

    Not the same points: questions with options of their own have fewer of them.
    """
    given = respondent.answers.items()
    chosen = [ranks[name][a.points] for name, a in given if name in ranks and a.points is not None]
    return len(chosen) >= least and any(len(set(end)) == 1 for end in zip(*chosen, strict=True))


def _without_evidence(profile: Profile) -> Iterator[Notice]:
    """High levels that nothing is said to show; what is only shown has no level."""
    level = profile.questionnaire.high_level
    if level is None:
        return
    high, shown_only = level * POINTS_PER_LEVEL, profile.form.shown_only
    claimed = [
        name
        for respondent in profile.respondents
        for name, answer in respondent.answers.items()
        if name not in shown_only and (answer.points or 0) >= high
        if not answer.comment and not answer.evidence
    ]
    if claimed:
        claims = tuple([question.id for question in profile.form.questions if question.id in set(claimed)])
        yield Notice("high_without_evidence", claims, len(claimed), {"level": level})


def _rating(code: str, rating: Rating | None, distance: int) -> Iterator[Notice]:
    """The ratings of one kind that lie so far away from the scored result, or farther."""
    if rating is None or rating.equivalent is None:
        return
    given = rating.values or ((None, rating.value),)
    far = [
        (role, value)
        for role, value in given
        if abs(POINTS_PER_LEVEL * value - rating.equivalent) >= POINTS_PER_LEVEL * distance
    ]
    if far:
        roles = tuple(dict.fromkeys(role for role, _ in far if role is not None))
        values = {"ratings": far, "equivalent": rating.equivalent, "distance_points": distance}
        yield Notice(code, roles, len(far), values)


def _several(profile: Profile) -> Iterator[Notice]:
    spread, how = profile.spread, profile.consolidation
    if spread is None or how is None:
        return
    thresholds = profile.questionnaire.notices
    collaboration = profile.collaboration
    section = profile.form.unscored_ids - profile.form.shown_only
    apart = tuple(
        gap.question
        for gap in collaboration.gaps
        if gap.question in section and abs(gap.difference) >= POINTS_PER_LEVEL * thresholds.side_distance
    )
    if apart:
        sides = [side.id for side in collaboration.sides[:2]]
        values = {"sides": sides, "distance_levels": thresholds.side_distance}
        yield Notice("sides_far_apart", apart, len(apart), values)
    least = max(thresholds.raters, LEAST_SHOWN) if how.anonymous else thresholds.raters
    few = sum([len(voices.known) < least for voices in profile.heard.values()])
    if 0 < few < len(profile.heard):  # by design where nobody shares enough questions
        values = {"raters": least, "total": len(profile.heard)}
        yield Notice("too_few_raters", number=few, values=values)
    if how.anonymous:
        inside = profile.form.within(how.scope) - how.consensus.keys()
        hidden = tuple(name for name, voices in profile.heard.items() if name in inside and not voices.known)
        if hidden:
            yield Notice("too_few_to_show", hidden, len(hidden), {"least": LEAST_SHOWN})
    waiting = sum([r.is_open and not r.has_submitted for r in profile.respondents])
    if waiting:
        yield Notice("open_respondents", number=waiting, values={"open": (waiting, spread.asked)})
