"""What is compared, changed and planned from what is stored; nothing of it is written.

What is found in a transaction is scored after it. Of an anonymous assessment all begins from its profile,
under the same conditions as that; nobody's answers are carried to another version of the questionnaire.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from app.assessments import store as rows
from app.assessments.disclosure import refuse_answers_to_others, refuse_profile, refuse_too_few
from app.assessments.life import service as life
from app.assessments.method import edition_of, request_of
from app.assessments.models import Assessment, Result
from app.assessments.outlook import store
from app.assessments.results.service import counted_of, get_to_verify, live_profile, submitted
from app.companies import service as companies
from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from app.core.errors import InvalidError, WrongStateError
from app.core.listings import Asked, folded
from app.core.resources import Work
from app.scores.comparisons import Difference, simulate
from scoring import AnswersRefusedError, Fault, Profile, Response
from scoring.comparison.requests import Side, compared_from, other_questionnaire
from scoring.comparison.translation import translated
from scoring.errors import Place
from scoring.outlook.simulation import Changes
from scoring.request import read

WITH: Place = ("query", "with")
NEWEST_FIRST = Asked.by("-created")


class Base(NamedTuple):
    """What was answered in an assessment and how it is scored; of so many participants."""

    assessment: Assessment
    edition: Edition
    side: Side
    invited: int

    def profile(self) -> Profile:
        """Its profile; raises `WrongStateError` where what was kept no longer fits, without saying what."""
        try:
            return self.side.score()
        except AnswersRefusedError:
            detail = "What was scored no longer fits the questionnaire."
            raise WrongStateError("questionnaire_unavailable", detail) from None


def live(work: Work, assessment_id: str) -> Base:
    """What the profile is computed from as it is now; raises `WrongStateError` where there is none."""
    assessment = life.get(work, assessment_id)
    refuse_profile(assessment)
    participants = rows.all_participants(work.session, work.workspace, assessment.id)
    refuse_too_few(assessment, len(submitted(participants)))
    counted = counted_of(assessment, participants)
    if not counted:
        raise WrongStateError("nothing_submitted", "There is nobody yet whose answers are counted.")
    return base_of(assessment, edition_of(work.catalog, assessment), counted, len(participants))


def base_of(assessment: Assessment, edition: Edition, counted: Sequence[Response], invited: int) -> Base:
    """What a live profile is computed from: the answers that are counted, of so many who are asked."""
    request = request_of(edition, assessment, counted)
    side = Side(edition.questionnaire, request, missing=invited - len(counted))
    return Base(assessment, edition, side, invited)


def kept(work: Work, assessment_id: str, number: int, place: Place = ()) -> Base:
    """What a result was computed from; raises `WrongStateError` where its questionnaire is gone or changed.

    Raises `MissingError`, naming the `place` in the request where it is not the path.
    """
    assessment = life.get(work, assessment_id, place)
    result = get_to_verify(work, assessment.id, number, place)
    return _base(work, assessment, result)


def latest(work: Work, assessment_id: str) -> tuple[Base, Profile]:
    """The latest result, or what counts now where none is kept, with its profile.

    Raises `MissingError`, and `WrongStateError` where there is neither.
    """
    assessment = life.get(work, assessment_id)
    number = rows.last_number(work.session, work.workspace, assessment.id)
    if number:
        base = kept(work, assessment.id, number)
        return base, base.profile()
    shown = live_profile(work, assessment)
    return base_of(assessment, shown.edition, shown.counted, shown.invited), shown.profile


def _base(work: Work, assessment: Assessment, result: Result) -> Base:
    edition = edition_of(work.catalog, assessment)
    request, faults = read(orjson.loads(result.request))
    invited = result.participants["invited"]
    side = Side(edition.questionnaire, request, faults, invited - len(request.responses))
    return Base(assessment, edition, side, invited)


def both(work: Work, assessment_id: str, number: int, other: str) -> tuple[Base, Base]:
    """The result that `other` names, and this one; raises `InvalidError` where they cannot be compared."""
    after = kept(work, assessment_id, number)
    name, _, its_number = other.rpartition("/")
    earlier = life.get(work, name, WITH) if name else after.assessment
    if (earlier.id, int(its_number)) == (after.assessment.id, number):
        raise InvalidError([Fault(WITH, "same_result", "this is the result itself")])
    if earlier.company_id != after.assessment.company_id:
        raise InvalidError([Fault(WITH, "other_company", "this is a result of another company")])
    before = kept(work, earlier.id, int(its_number), WITH)
    if faults := other_questionnaire(after.edition.questionnaire, before.edition.questionnaire, WITH):
        raise InvalidError(faults)
    return _recognized(work, before, after)


class Earlier(NamedTuple):
    """The company's result before another, as people are known in it, and the other one."""

    result: Result
    before: Base
    after: Base


def earlier(work: Work, row: Any, now: Base) -> Earlier | None:  # noqa: ANN401 -- a row of the results' store
    """A company's result before another, found by `results.store.before`; `None` where it cannot be read."""
    assessment, result = store.read(work.session, work.workspace, row.assessment_id, row.number)
    try:
        before = _base(work, assessment, result)
    except WrongStateError:
        return None
    return Earlier(result, *_recognized(work, before, now))


def _recognized(work: Work, before: Base, after: Base) -> tuple[Base, Base]:
    """Both with ids that are a person's in either: in two assessments, somebody's e-mail address."""
    ids = before.assessment.id, after.assessment.id
    if ids[0] == ids[1] or before.assessment.anonymous or after.assessment.anonymous:
        return before, after
    found = store.addresses_of(work.session, work.workspace, ids)
    own, other = (_addresses([row[1:] for row in found if row[0] == name]) for name in ids)
    return _known_as(before, own), _known_as(after, other)


def _addresses(rows: Sequence[tuple[str, str]]) -> dict[str, str]:
    """By participant, the address that nobody else of the assessment has."""
    addresses = {participant: folded(address) for participant, address in rows}
    times = Counter(addresses.values())
    return {participant: address for participant, address in addresses.items() if times[address] == 1}


def _known_as(base: Base, names: dict[str, str]) -> Base:
    request = base.side.request
    responses = [r.model_copy(update={"id": names.get(r.id or "")}) for r in request.responses]
    changed = request.model_copy(update={"responses": tuple(responses)})
    return base._replace(side=base.side._replace(request=changed))


def compared(catalog: Catalog, before: Base, after: Base) -> Difference:
    """What moved from one to the other."""
    known = catalog.versions_of(after.edition.questionnaire.id)
    moved = compared_from(before.side, after.side, before.profile(), after.profile(), known)
    return Difference(moved, before.edition, after.edition)


def rescored(catalog: Catalog, base: Base, version: str | None) -> Difference:
    """What the same answers come to by another version, the latest released one where none is named.

    Raises `InvalidError` for a version that there is not, or that cannot score them, and `ForbiddenError`
    where the assessment is anonymous: two versions may ask other people, and show together what neither does.
    """
    refuse_answers_to_others(base.assessment)
    was = base.edition.questionnaire
    try:
        edition = catalog.find(was.id, version)
    except UnknownQuestionnaireError as error:
        raise InvalidError([Fault(("query", "version"), "unknown_version", error.reason)]) from None
    known = catalog.versions_of(was.id)
    request = translated(base.side.request, was, edition.questionnaire, known)
    after = base.side._replace(questionnaire=edition.questionnaire, request=request)
    try:
        now = after.score()
    except AnswersRefusedError as error:
        raise InvalidError([f._replace(place=("query", "version")) for f in error.faults]) from None
    return Difference(compared_from(base.side, after, base.profile(), now, known), base.edition, edition)


def simulated(base: Base, changes: Changes) -> Difference:
    """What the changes would come to; raises `AnswersRefusedError` for those that cannot be made."""
    return simulate(base.edition, base.side, changes, base.profile())


def history(work: Work, company_id: str, after: str, most: int) -> Sequence[Any]:
    """A page of a company's results, the newest first, as rows that read like them."""
    companies.get(work, company_id)
    own = {"workspace": work.workspace, "company": company_id}
    return store.HISTORY.rows(work.session, own, NEWEST_FIRST, after, most)


def key_of(row: Any) -> str:  # noqa: ANN401 -- a row of the history
    """What a page that ends with this result goes on behind."""
    return store.HISTORY.key(NEWEST_FIRST, row)
