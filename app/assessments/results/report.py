"""The profile of an assessment as a page: as it is now, and as it was kept."""

from datetime import date

import orjson

from app.assessments.method import edition_of
from app.assessments.models import Assessment, Result
from app.assessments.results.service import LiveProfile
from app.companies import service as companies
from app.core.resources import Work
from app.reports.page import About, Page, profile_page
from app.workspaces.service import get_workspace
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument


def live_page(work: Work, assessment: Assessment, live: LiveProfile, language: str) -> Page:
    """A live profile as a page."""
    document = present(live.profile, live.edition.words(language))
    about = _about(work, assessment, assessment.name, work.moment.date())
    return profile_page(document, live.edition, language, about)


def result_page(work: Work, assessment: Assessment, result: Result, language: str) -> Page:
    """A kept profile as a page; raises `WrongStateError` where its questionnaire is gone or has changed."""
    edition = edition_of(work.catalog, assessment)
    profiles: dict[str, ProfileDocument] = orjson.loads(result.profiles)
    document = profiles[edition.words(language).language or ""]
    about = _about(work, assessment, result.name, result.created_at.date())
    return profile_page(document, edition, language, about)


def _about(work: Work, assessment: Assessment, occasion: str | None, day: date) -> About:
    company = companies.get(work, assessment.company_id)
    return About(get_workspace(work).name, company.name, occasion, day)
