"""The demonstration's companies as the landing page shows them, and their profiles as pages."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from app.assessments.life import service as life
from app.assessments.models import Assessment
from app.assessments.outlook import service as outlook
from app.assessments.reports import report
from app.companies import service as companies
from app.companies.models import Company
from app.core.callers import Caller
from app.core.errors import MissingError
from app.core.listings import Asked
from app.core.resources import Resources, Work
from app.pages.words import words_of
from app.reports.charts.small import SmallStrip, small_strips
from app.reports.formats import Profiled
from app.reports.reading import Reading
from app.reports.speech import Speech
from app.reports.summary import Summary, summarize
from app.reports.what_if import Tried
from app.scores.what_if import try_levels
from app.workspaces import store

MOST = 200


class ShownCompany(NamedTuple):
    """A company of the demonstration: who it is, what it comes to, and where its profile is."""

    name: str
    about: str
    occasion: str
    summary: Summary
    strips: Sequence[SmallStrip]
    path: str


def shown_companies(resources: Resources, language: str) -> Sequence[ShownCompany]:
    """Each company with its latest assessment, in the order in which they were made."""
    with _demo(resources) as work:
        latest: dict[str, Assessment] = {}
        for assessment in life.list_after(work, Asked.by("created"), "", MOST):
            latest[assessment.company_id] = assessment
        known = {company.id: company for company in companies.list_after(work, Asked.by("created"), "", MOST)}
        return [_shown(work, known[name], assessment, language) for name, assessment in latest.items()]


def profile_of(resources: Resources, assessment: str, language: str) -> Profiled:
    """The profile of one of its assessments, for a page; raises `MissingError`."""
    with _demo(resources) as work:
        return report.latest_report(work, assessment, language)


def tried_of(resources: Resources, assessment: str, levels: Mapping[str, int], language: str) -> Tried:
    """The same profile with capabilities at other levels; raises `MissingError`, `InvalidError`."""
    with _demo(resources) as work:
        base, was = outlook.latest(work, assessment)
    return try_levels(base.edition, base.side, was, levels, language)


@contextmanager
def _demo(resources: Resources) -> Iterator[Work]:
    """Reading in the demonstration's workspace; raises `MissingError` where this is no demonstration."""
    with resources.reading(Caller("", "")) as work:
        workspace = store.find_demo(work.session) if resources.settings.demo else None
        if workspace is None:
            raise MissingError("page")
        yield work._replace(caller=Caller(workspace.id, ""))


def _shown(work: Work, company: Company, assessment: Assessment, language: str) -> ShownCompany:
    told = report.latest(work, assessment.id, language)
    reading = Reading(told.document, told.edition, language)
    speech = reading.speech
    return ShownCompany(
        company.name,
        _about(company, speech),
        words_of(language)["so_far"] if assessment.status == "open" else speech.date(told.day),
        summarize(reading),
        small_strips(reading),
        f"/demo/{assessment.id}",
    )


def _about(company: Company, speech: Speech) -> str:
    """What it makes, where, and how many work there."""
    country = company.country and speech.country(company.country)
    size = company.employees and words_of(speech.language)["employees"].format(
        people=speech.number(company.employees, 0)
    )
    return ", ".join(said for said in (company.industry, country, size) if said)
