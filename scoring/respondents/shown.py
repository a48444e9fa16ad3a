"""What everything of a profile is computed from: all that was said, or what may be shown of it (§8).

In an anonymous assessment suppression comes first. Scores, notices, trace, digests and sentences are computed
from the shown set and cannot look past it: it holds no respondents, and of a question with fewer than
`LEAST_SHOWN` known answers it holds nothing.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Form
from scoring.respondents.anonymity import LEAST_SHOWN, is_enough, may_show
from scoring.respondents.consolidate import Heard, Voices, hear
from scoring.respondents.responses import Respondent

NOBODY = Voices((), (), (), ())
# Whoever gave a shown answer; the role is known where the role's figures may be shown.
SOMEBODY = Respondent(None, None, frozenset(), {}, None)


RoleRating = tuple[str | None, int]


class Ratings(NamedTuple):
    """Of each kind of rating, 1 to 10: role and value of those who gave one."""

    importance: tuple[RoleRating, ...]
    self_rating: tuple[RoleRating, ...]


class Shown(NamedTuple):
    """What was said, as far as it is shown.

    `asked` and `submitted` count people, `None` where the count may not be shown. `sides` holds what each
    side says by question, `countable` the questions of a side whose options may be counted, `ratings` what
    they rated.
    """

    respondents: tuple[Respondent, ...]
    asked: int | None
    submitted: int | None
    heard: Heard
    sides: Mapping[str, Heard]
    countable: Mapping[str, AbstractSet[str]]
    ratings: Ratings


def everything(questionnaire: Questionnaire, form: Form, respondents: tuple[Respondent, ...]) -> Shown:
    """All that was said, by whom."""
    asked = [respondent for respondent in respondents if respondent.asked]
    members = members_by_side(questionnaire, respondents)
    return Shown(
        respondents=respondents,
        asked=len(asked),
        submitted=sum([respondent.has_submitted for respondent in asked]),
        heard=hear(form, respondents),
        sides={side: hear(form, there) for side, there in members.items()},
        countable=dict.fromkeys(members, form.question_ids),
        ratings=ratings_of(respondents),
    )


def suppressed(
    questionnaire: Questionnaire, form: Form, respondents: Sequence[Respondent], missing: int
) -> Shown:
    """The shown set: nothing about fewer than five people, nor anything it follows from by subtraction.

    `missing` says how many more were invited who are not among the respondents.
    """
    side_of = {role.id: role.side for role in questionnaire.roles}
    whole = hear(form, respondents)
    members = members_by_side(questionnaire, respondents)
    apart = {side: hear(form, there) for side, there in members.items()}
    heard: dict[str, Voices] = {}
    sides: dict[str, dict[str, Voices]] = {side: {} for side in members}
    for name, voices in whole.items():
        is_waiting = None in voices.answers
        roles = _shown_roles(voices, side_of, questionnaire.known_sides)
        heard[name] = _of_nobody(voices, roles, is_waiting=is_waiting)
        sizes = [len(there[name].known) for there in apart.values()]
        visible = may_show(sizes, others=len(voices.known) - sum(sizes))
        for (side, there), is_shown in zip(apart.items(), visible, strict=True):
            own = there[name] if is_shown else NOBODY
            sides[side][name] = _of_nobody(own, (), is_waiting=is_waiting)
    return Shown(
        respondents=(),
        asked=None,
        submitted=_submitted([respondent for respondent in respondents if respondent.asked], missing),
        heard=heard,
        sides=sides,
        countable={side: _countable(sides[side], there, missing) for side, there in apart.items()},
        ratings=Ratings(*[given if len(given) >= LEAST_SHOWN else () for given in ratings_of(respondents)]),
    )


def members_by_side(
    questionnaire: Questionnaire, respondents: Sequence[Respondent]
) -> dict[str, list[Respondent]]:
    """The respondents whose role stands on each side, in the questionnaire's order of sides."""
    side_of = {role.id: role.side for role in questionnaire.roles}
    members: dict[str, list[Respondent]] = {side: [] for side in questionnaire.known_sides}
    for respondent in respondents:
        side = side_of.get(respondent.role or "")
        if side is not None:
            members[side].append(respondent)
    return members


def ratings_of(respondents: Sequence[Respondent]) -> Ratings:
    """What these respondents rated."""
    return Ratings(
        tuple([(r.role, r.importance) for r in respondents if r.importance is not None]),
        tuple([(r.role, r.self_rating) for r in respondents if r.self_rating is not None]),
    )


def _submitted(asked: Sequence[Respondent], missing: int) -> int | None:
    """How many have handed in, if at least five, with nobody or at least five missing.

    Where it was not said whether somebody has, it would follow from what is still open: there is no count.
    """
    if any(respondent.submitted is None for respondent in asked):
        return None
    done = sum([respondent.has_submitted for respondent in asked])
    is_shown = done >= LEAST_SHOWN and is_enough(len(asked) - done + missing)
    return done if is_shown else None


def _of_nobody(voices: Voices, roles: Collection[str | None], *, is_waiting: bool) -> Voices:
    """The known answers to a question, if there are five, without who gave them and what they wrote.

    Of those who have not answered yet only that there are any, and of all others nothing.
    """
    if len(voices.known) < LEAST_SHOWN:
        return NOBODY
    people = [SOMEBODY._replace(role=r.role if r.role in roles else None) for r in voices.knowing]
    answers = [
        answer._replace(comment=None, evidence=()) for answer in voices.given if answer.points is not None
    ]
    waiting = 1 if is_waiting else 0
    return Voices([*people, *[SOMEBODY] * waiting], [*answers, *[None] * waiting], people, list(voices.known))


def _shown_roles(voices: Voices, side_of: Mapping[str, str | None], sides: Sequence[str]) -> set[str | None]:
    """The roles that may be shown beside the whole and beside the sides, which may be shown as well.

    The roles of a shown side and what is left of it, all others and what is left of the whole: none of
    these parts may be one to four people.
    """
    people = Counter([respondent.role for respondent in voices.knowing])
    nameless = people.pop(None, 0)
    groups = [{role: n for role, n in people.items() if side_of[role or ""] == side} for side in sides]
    sizes = [sum(group.values()) for group in groups]
    shown = may_show(sizes, others=len(voices.known) - sum(sizes))
    apart = [group for group, is_shown in zip(groups, shown, strict=True) if is_shown]
    together = {role: n for role, n in people.items() if not any(role in group for group in apart)}
    visible = _visible(together, side_of, others=nameless)
    return visible.union(*[_visible(group, side_of, others=0) for group in apart])


def _visible(group: Mapping[str | None, int], order: Mapping[str, object], others: int) -> set[str | None]:
    roles = [role for role in order if role in group]
    shown = may_show([group[role] for role in roles], others)
    return {role for role, is_shown in zip(roles, shown, strict=True) if is_shown}


def _countable(shown: Heard, side: Heard, missing: int) -> set[str]:
    """The questions of a side whose options may be counted.

    At least five people chose each that was chosen, and the counts say of nobody that the answer is
    missing.
    """
    if missing:
        return set()
    return {
        name
        for name, voices in shown.items()
        if voices.known
        and is_enough(len(side[name].answers) - len(voices.known))
        and all(is_enough(n) for n in Counter([a.option for a in voices.given]).values())
    }
