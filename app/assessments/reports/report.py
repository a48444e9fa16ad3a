"""The profile of an assessment as it is told: as it is now or as it was kept, by itself and as a page."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

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
    """A profile in one language, with occasion and day; of a live one `ahead` finds out what is beyond it."""

    document: ProfileDocument
    edition: Edition
    language: str
    occasion: str | None
    day: date
    ahead: Ahead | None = None
    result: Result | None = None


def live(work: Work, assessment: Assessment, profile: LiveProfile, language: str) -> Told:
    """A live profile."""
    words = profile.edition.words(language)
    document = present(profile.profile, words)
    ahead = partial(look_ahead, profile.profile, words)
    return Told(document, profile.edition, language, assessment.name, work.moment.date(), ahead)


def kept(work: Work, assessment: Assessment, result: Result, language: str) -> Told:
    """A kept profile; raises `WrongStateError` where its questionnaire is gone or has changed."""
    edition = edition_of(work.catalog, assessment)
    document = profiles_of(result)[edition.words(language).language or ""]
    return Told(document, edition, language, result.name, result.created_at.date(), result=result)


def ahead_of(work: Work, assessment: Assessment, told: Told) -> Ahead | None:
    """What is beyond what is told: of a result, also why it moved since the one of the company before it."""
    result, language = told.result, told.language
    if result is None:
        return told.ahead
    now, known = (
        outlook.kept(work, assessment.id, result.number),
        work.catalog.versions_of(assessment.questionnaire),
    )
    found = outlook.earlier(work, assessment, result, now)
    if found is None:
        return partial(look_around, _side(now, result, language), None, known)
    sides = _side(found.after, result, language), _side(found.before, found.result, language)
    return partial(look_around, *sides, known)


def _side(base: outlook.Base, result: Result, language: str) -> ResultSide:
    return ResultSide(base.side, base.edition.words(language), result.name, result.created_at.date())


def before(work: Work, assessment: Assessment, result: Result | None = None) -> Before | None:
    """The last result of the company before a kept one, before the live profile where that is `None`.

    It is told of whoever sees the company's results; only of one by the same questionnaire, on one scale.
    """
    row = (
        beside.newest(work.session, assessment)
        if result is None
        else beside.before(work.session, assessment, result)
    )
    return (
        before_of(work, row) if row is not None and _is_of_one_scale(work, assessment, row.version) else None
    )


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
    assessment = life.get(work, assessment_id)
    number = store.last_number(work.session, work.workspace, assessment.id)
    if number:
        return kept(work, assessment, service.get(work, assessment, number), language)
    return live(work, assessment, service.live_profile(work, assessment), language)


def profiled(work: Work, company_id: str, told: Told, since: Before | None = None) -> Profiled:
    """What is told with whose it is, for a report in any format; with what has moved `since` then."""
    about = _about(work, company_id, told)._replace(before=since)
    return Profiled(told.document, told.edition, told.language, about, ahead=told.ahead)


def _about(work: Work, company_id: str, told: Told) -> About:
    company = companies.get(work, company_id)
    own = get_workspace(work)
    brand = Brand(own.accent, own.logo)
    return About(own.name, company.name, told.occasion, told.day, brand=brand)
