"""The profile of an assessment as it is told: as it is now or as it was kept, by itself and as a page."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from app.assessments import store
from app.assessments.life import service as life
from app.assessments.method import edition_of
from app.assessments.models import Assessment, Result
from app.assessments.outlook import service as outlook
from app.assessments.results import service
from app.assessments.results import store as beside
from app.assessments.results.figures import before_of
from app.assessments.results.kept import profiles_of
from app.assessments.results.service import LiveProfile
from app.companies import service as companies
from app.core.editions import Edition, UnknownQuestionnaireError
from app.core.resources import Work
from app.reports.about import About, Before, Brand
from app.reports.beyond import Beyond
from app.reports.formats import Profiled
from app.scores.ahead import ResultSide, look_ahead, look_around
from app.workspaces.service import get_workspace
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument

Ahead = Callable[[], Beyond]


class Told(NamedTuple):
    """A profile in one language, with occasion, day and how many were invited.

    Of a live one `ahead` finds out what is beyond it.
    """

    document: ProfileDocument
    edition: Edition
    language: str
    occasion: str | None
    day: date
    invited: int
    ahead: Ahead | None = None


def live(work: Work, assessment: Assessment, profile: LiveProfile, language: str) -> Told:
    """A live profile."""
    words = profile.edition.words(language)
    document = present(profile.profile, words)
    ahead = partial(look_ahead, profile.profile, words)
    day = work.moment.date()
    return Told(document, profile.edition, language, assessment.name, day, profile.invited, ahead)


def kept(work: Work, assessment: Assessment, result: Result, language: str) -> Told:
    """A kept profile; raises `WrongStateError` where its questionnaire is gone or has changed."""
    edition = edition_of(work.catalog, assessment)
    document = profiles_of(result)[edition.words(language).language or ""]
    invited = result.participants["invited"]
    return Told(document, edition, language, result.name, result.created_at.date(), invited)


def report_of_result(
    work: Work, assessment: Assessment, result: Result, language: str, *, says_beyond: bool
) -> Profiled:
    """A result as it is told, with what has moved since the company's result before it.

    Where it says what is beyond the profile, also why it moved. Raises what `kept` and `outlook.kept` raise.
    """
    told = kept(work, assessment, result, language)
    row = beside.before(work.session, assessment, result)
    report = profiled(work, assessment.company_id, told, _before(work, assessment, row))
    if not says_beyond:
        return report
    return report._replace(ahead=_ahead(work, outlook.kept(work, assessment.id, result.number), told, row))


def report_of_profile(
    work: Work, assessment: Assessment, profile: LiveProfile, language: str, *, says_beyond: bool
) -> Profiled:
    """A live profile as it is told, with what has moved since the company's newest result.

    Where it says what is beyond the profile, also why it moved, as soon as anybody's answers are counted.
    """
    row = beside.newest(work.session, assessment)
    told = live(work, assessment, profile, language)
    report = profiled(work, assessment.company_id, told, _before(work, assessment, row))
    if row is None or not says_beyond or not profile.counted:
        return report
    now = outlook.base_of(assessment, profile.edition, profile.counted, profile.invited)
    return report._replace(ahead=_ahead(work, now, told, row))


def _ahead(work: Work, now: outlook.Base, told: Told, row: Any | None) -> Ahead:  # noqa: ANN401 -- a row
    """What is beyond what is told, which was computed from `now`; the row is of the result before it."""
    known = work.catalog.versions_of(now.edition.questionnaire.id)
    earlier = None if row is None else outlook.earlier(work, row, now)
    if earlier is None:
        return partial(look_around, _side(now, told.language, told.occasion, told.day), None, known)
    after = _side(earlier.after, told.language, told.occasion, told.day)
    was = earlier.result
    before = _side(earlier.before, told.language, was.name, was.created_at.date())
    return partial(look_around, after, before, known)


def _side(base: outlook.Base, language: str, name: str | None, day: date) -> ResultSide:
    return ResultSide(base.side, base.edition.words(language), name, day)


def _before(work: Work, assessment: Assessment, row: Any | None) -> Before | None:  # noqa: ANN401 -- the same
    """The result of the row, as a report shows it beside another: only where both are on one scale."""
    is_shown = row is not None and _is_of_one_scale(work, assessment, row.version)
    return before_of(work, row) if is_shown else None


def _is_of_one_scale(work: Work, assessment: Assessment, version: str | None) -> bool:
    """Whether both versions have the same levels, where both are still there."""
    try:
        was = work.catalog.find(assessment.questionnaire, version).questionnaire
        now = work.catalog.find(assessment.questionnaire, assessment.version).questionnaire
    except UnknownQuestionnaireError:
        return True
    return was.max_level == now.max_level


def latest(work: Work, assessment_id: str, language: str) -> Told:
    """The latest result, or the live profile where none is kept; raises what these raise."""
    assessment, result = _latest(work, assessment_id)
    if result is not None:
        return kept(work, assessment, result, language)
    return live(work, assessment, service.live_profile(work, assessment), language)


def latest_report(work: Work, assessment_id: str, language: str) -> Profiled:
    """The same as a report that says all there is to say."""
    assessment, result = _latest(work, assessment_id)
    if result is not None:
        return report_of_result(work, assessment, result, language, says_beyond=True)
    profile = service.live_profile(work, assessment)
    return report_of_profile(work, assessment, profile, language, says_beyond=True)


def _latest(work: Work, assessment_id: str) -> tuple[Assessment, Result | None]:
    assessment = life.get(work, assessment_id)
    number = store.last_number(work.session, work.workspace, assessment.id)
    return assessment, service.get(work, assessment, number) if number else None


def profiled(work: Work, company_id: str, told: Told, since: Before | None = None) -> Profiled:
    """What is told with whose it is, for a report in any format; with what has moved `since` then."""
    about = _about(work, company_id, told)._replace(before=since)
    return Profiled(told.document, told.edition, told.language, about, ahead=told.ahead)


def _about(work: Work, company_id: str, told: Told) -> About:
    company = companies.get(work, company_id)
    own = get_workspace(work)
    brand = Brand(own.accent, own.logo)
    return About(own.name, company.name, told.occasion, told.day, brand=brand, invited=told.invited)
