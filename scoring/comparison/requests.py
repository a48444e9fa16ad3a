"""Two requests for a score, compared."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from scoring.comparison.people import People, of_both, people
from scoring.comparison.replay import Comparison, compare
from scoring.errors import AnswersRefusedError, Fault, Place
from scoring.method.scheme import Scheme
from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire
from scoring.request import ScoringRequest, score_request


class Side(NamedTuple):
    """A request with the questionnaire that it is scored by, and the faults of its shape.

    `missing` says how many were invited beside its responses, see `Consolidation`; `scheme` holds
    rules that are not the questionnaire's own.
    """

    questionnaire: Questionnaire
    request: ScoringRequest
    faults: Sequence[Fault] = ()
    missing: int = 0
    scheme: Scheme | None = None

    def score(self, near: Profile | None = None) -> Profile:
        """The profile, with what it has in common with one `near` by; raises `AnswersRefusedError`."""
        how = self.faults, self.missing, self.scheme
        return score_request(self.questionnaire, self.request, *how, near=near)


class Compared(NamedTuple):
    """The comparison of two requests; `who` answered, and the comparison of those who are in both.

    `who` is `None` where respondents cannot be told apart, `in_both` also where nobody joined or left.
    """

    whole: Comparison
    who: People | None
    in_both: Comparison | None


def compare_requests(before: Side, after: Side, known: Collection[Questionnaire] = ()) -> Compared:
    """Score two requests and split what changed (§13).

    `known` are versions of the questionnaire that mappings may lead through from one to the other.

    Raises `AnswersRefusedError` with the faults of both, placed below `before` and `after`.
    """
    return compared_from(before, after, *_scored(before, after), known)


def compared_from(
    before: Side, after: Side, was: Profile, now: Profile, known: Collection[Questionnaire] = ()
) -> Compared:
    """The same where both have been scored already."""
    same = of_both(before.request, after.request)
    in_both = None
    if same is not None:
        sides = before._replace(request=same[0]), after._replace(request=same[1])
        in_both = compare(sides[0].score(), sides[1].score(), known)
    return Compared(compare(was, now, known), people(before.request, after.request), in_both)


def other_questionnaire(one: Questionnaire, other: Questionnaire, place: Place) -> list[Fault]:
    """The fault of two that are not versions of one questionnaire."""
    if one.id == other.id:
        return []
    detail = f"only versions of one questionnaire are compared: here of {one.id}"
    return [Fault(place, "other_questionnaire", detail)]


def _scored(before: Side, after: Side) -> tuple[Profile, Profile]:
    profiles: list[Profile] = []
    faults: list[Fault] = []
    for name, side in (("before", before), ("after", after)):
        try:
            profiles.append(side.score())
        except AnswersRefusedError as error:
            faults += [fault._replace(place=(name, *fault.place)) for fault in error.faults]
    faults += other_questionnaire(before.questionnaire, after.questionnaire, ("after", "questionnaire"))
    if faults:
        raise AnswersRefusedError(faults)
    was, now = profiles
    return was, now
