"""Two requests compared, and one with changes: what moved, what if."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from scoring import AnswersRefusedError, Fault, Profile
from scoring.comparison.document import present_comparison
from scoring.comparison.requests import Compared, Side, compare_requests, compared_from
from scoring.comparison.shapes import ComparisonDocument
from scoring.errors import Place, faults_of
from scoring.outlook.simulation import simulated
from scoring.presentation.document import present
from scoring.request import read

SIDES = ("before", "after")


class _Sides(BaseModel):
    """What a body to compare holds, whatever is in it."""

    model_config = ConfigDict(extra="forbid")

    before: Any
    after: Any


class Difference(NamedTuple):
    """A comparison, with the editions of both sides."""

    compared: Compared
    before: Edition
    after: Edition

    def present(self, language: str) -> ComparisonDocument:
        """The comparison with the words of the language."""
        return present_comparison(self.compared, self.after.words(language), self.before.words(language))

    def to_encode(self, language: str) -> Mapping[str, object]:
        """The same for `orjson`, with parts that are encoded already."""
        after = self.after
        words = after.words(language), self.before.words(language)
        return present_comparison(self.compared, *words, after.prepared(language))

    def tried_to_encode(self, language: str) -> Mapping[str, object]:
        """The later profile, and the difference to it."""
        words, prepared = self.after.words(language), self.after.prepared(language)
        return {"profile": present(self.profile, words, prepared), "difference": self.to_encode(language)}

    @property
    def profile(self) -> Profile:
        """The later profile."""
        return self.compared.whole.after


def compare_bodies(catalog: Catalog, default: str, body: object) -> Difference:
    """Compare `before` and `after` of a body; raises `AnswersRefusedError` with all faults."""
    given = body if isinstance(body, dict) else {}
    faults = _faults_of_shape(body)
    sides: dict[str, tuple[Edition, Side]] = {}
    for name in SIDES:
        try:
            sides |= {name: side_of(catalog, default, given[name])} if name in given else {}
        except AnswersRefusedError as error:
            faults += _below((name,), error.faults)
    if faults:
        raise AnswersRefusedError([*faults, *(f for name, (_, s) in sides.items() for f in _faults(name, s))])
    (before, was), (after, now) = sides.values()
    known = catalog.versions_of(after.questionnaire.id)
    return Difference(compare_requests(was, now, known), before, after)


def _faults(name: str, side: Side) -> list[Fault]:
    """What a side would be refused for."""
    try:
        side.score()
    except AnswersRefusedError as error:
        return _below((name,), error.faults)
    return []


def simulate_body(catalog: Catalog, default: str, body: object) -> Difference:
    """Compare a body with the same body and its `changes`; raises `AnswersRefusedError` with all faults."""
    if not isinstance(body, dict):
        edition, side = side_of(catalog, default, body)
        return simulate(edition, side, {})
    edition, side = side_of(catalog, default, {key: part for key, part in body.items() if key != "changes"})
    return simulate(edition, side, body.get("changes", {}))


def simulate(edition: Edition, before: Side, changes: object, was: Profile | None = None) -> Difference:
    """Compare a request with itself changed; raises `AnswersRefusedError` with all faults.

    `was` is its profile where that is known.
    """
    after, faults = _changed(before, changes)
    try:
        was = was or before.score()
    except AnswersRefusedError as error:
        raise AnswersRefusedError([*error.faults, *faults]) from None
    now = _tried(after, faults, was)
    return Difference(compared_from(before, after, was, now), edition, edition)


def changed_profile(side: Side, changes: object, was: Profile) -> Profile:
    """What a request, whose profile this was, comes to with changes; raises `AnswersRefusedError`."""
    return _tried(*_changed(side, changes), was)


def _changed(side: Side, changes: object) -> tuple[Side, list[Fault]]:
    changed, scheme, faults = simulated(side.questionnaire, side.request, changes)
    return side._replace(request=changed, scheme=scheme), faults


def _tried(side: Side, faults: list[Fault], was: Profile) -> Profile:
    """The profile of a changed request without faults; what it shares with what was is taken over."""
    if faults:
        raise AnswersRefusedError(faults)
    try:
        return side.score(was)
    except AnswersRefusedError as error:
        raise AnswersRefusedError(_below(("changes",), error.faults)) from None


def side_of(catalog: Catalog, default: str, body: object) -> tuple[Edition, Side]:
    """What a body asks to be scored; raises `AnswersRefusedError` where there is no such questionnaire."""
    request, faults = read(body)
    try:
        edition = catalog.find(request.questionnaire or default, request.version)
    except UnknownQuestionnaireError as error:
        raise AnswersRefusedError([*faults, *error.faults]) from None
    return edition, Side(edition.questionnaire, request, faults)


def _faults_of_shape(body: object) -> list[Fault]:
    try:
        _Sides.model_validate(body)
    except ValidationError as error:
        return faults_of(error)
    return []


def _below(place: Place, faults: Iterable[Fault]) -> list[Fault]:
    return [fault._replace(place=(*place, *fault.place)) for fault in faults]
