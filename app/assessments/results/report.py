"""The profile of an assessment as it is told: as it is now or as it was kept, by itself and as a page."""

from datetime import date
from typing import NamedTuple

from app.assessments import store
from app.assessments.life import service as life
from app.assessments.method import edition_of
from app.assessments.models import Assessment, Result
from app.assessments.results import service
from app.assessments.results.kept import profiles_of
from app.assessments.results.service import LiveProfile
from app.companies import service as companies
from app.core.editions import Edition
from app.core.resources import Work
from app.reports.about import About, Brand
from app.reports.formats import Profiled
from app.reports.page import Page, profile_content, profile_page
from app.workspaces.service import get_workspace
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument


class Told(NamedTuple):
    """A profile in one language, with the occasion and the day that it is of."""

    document: ProfileDocument
    edition: Edition
    language: str
    occasion: str | None
    day: date


def live(work: Work, assessment: Assessment, profile: LiveProfile, language: str) -> Told:
    """A live profile."""
    document = present(profile.profile, profile.edition.words(language))
    return Told(document, profile.edition, language, assessment.name, work.moment.date())


def kept(work: Work, assessment: Assessment, result: Result, language: str) -> Told:
    """A kept profile; raises `WrongStateError` where its questionnaire is gone or has changed."""
    edition = edition_of(work.catalog, assessment)
    document = profiles_of(result)[edition.words(language).language or ""]
    return Told(document, edition, language, result.name, result.created_at.date())


def latest(work: Work, assessment_id: str, language: str) -> Told:
    """The latest result, or the live profile where none is kept; raises what these raise."""
    assessment = life.get(work, assessment_id)
    number = store.last_number(work.session, work.workspace, assessment.id)
    if number:
        return kept(work, assessment, service.get(work, assessment, number), language)
    return live(work, assessment, service.live_profile(work, assessment), language)


def profiled(work: Work, company_id: str, told: Told) -> Profiled:
    """What is told with whose it is, for a report in any format."""
    return Profiled(told.document, told.edition, told.language, _about(work, company_id, told))


def page_of(work: Work, company_id: str, told: Told, other_language: str | None = None) -> Page:
    """What is told as a page; `other_language` is the address of the same in the other one."""
    about = _about(work, company_id, told, other_language)
    return profile_page(told.document, told.edition, told.language, about)


def content_of(work: Work, company_id: str, told: Told) -> Page:
    """What is told as the content of a page, without what surrounds it."""
    return profile_content(told.document, told.edition, told.language, _about(work, company_id, told))


def _about(work: Work, company_id: str, told: Told, other_language: str | None = None) -> About:
    company = companies.get(work, company_id)
    own = get_workspace(work)
    brand = Brand(own.accent, own.logo)
    return About(own.name, company.name, told.occasion, told.day, other_language, brand)
