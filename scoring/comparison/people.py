"""Who answered before and after, where respondents can be told apart (§13)."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from scoring.request import ScoringRequest


class People(NamedTuple):
    """How many respondents joined, left, and stayed, by the ids that the requests give them."""

    joined: int
    left: int
    stayed: int

    @property
    def are_others(self) -> bool:
        """Whether somebody answered only once."""
        return bool(self.joined or self.left)


def people(before: ScoringRequest, after: ScoringRequest) -> People | None:
    """Who answered; `None` where respondents cannot be told apart."""
    was, now = _ids(before), _ids(after)
    if was is None or now is None:
        return None
    return People(len(now - was), len(was - now), len(now & was))


def of_both(before: ScoringRequest, after: ScoringRequest) -> tuple[ScoringRequest, ScoringRequest] | None:
    """The requests with the answers of those alone who are in both; `None` where that says nothing more."""
    was, now = _ids(before), _ids(after)
    if was is None or now is None or was == now or was.isdisjoint(now):
        return None
    return _only(before, was & now), _only(after, was & now)


def _ids(request: ScoringRequest) -> frozenset[str] | None:
    """The ids of all respondents; `None` where one has none, and in an anonymous assessment."""
    if request.anonymous or not request.responses:
        return None
    ids = frozenset([response.id for response in request.responses if response.id is not None])
    return ids if len(ids) == len(request.responses) else None


def _only(request: ScoringRequest, ids: AbstractSet[str]) -> ScoringRequest:
    kept = tuple([response for response in request.responses if response.id in ids])
    return request.model_copy(update={"responses": kept})
