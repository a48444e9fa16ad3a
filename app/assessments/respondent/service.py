"""What somebody with an invitation can do: answer, hand in, open again, see the profile."""

from datetime import datetime
from typing import NamedTuple

from app.assessments.disclosure import refuse_profile_to_respondent, sees_profile_after_handing_in
from app.assessments.life import service as life
from app.assessments.method import edition_of
from app.assessments.models import Assessment
from app.assessments.outlook import service as outlook
from app.assessments.participants import answers
from app.assessments.participants import service as participants
from app.assessments.participants.doors import OwnAnswers, for_respondent
from app.assessments.results.service import LiveProfile, live_profile
from app.companies import service as companies
from app.companies.models import Company
from app.core.editions import Catalog, Edition
from app.core.resources import Work
from app.workspaces.models import Workspace
from app.workspaces.service import get_workspace


class Unclaimed(NamedTuple):
    """An invitation that is still to be exchanged: who asks about which company, in which language."""

    catalog: Catalog
    assessment: Assessment
    company: Company
    workspace: Workspace
    language: str


class Invitation(NamedTuple):
    """A participant's own answers, and who asks for them about which company."""

    own: OwnAnswers
    company: Company
    workspace: Workspace


def get(work: Work, assessment_id: str) -> Invitation:
    """All that a respondent needs."""
    own = for_respondent(work, assessment_id)
    company = companies.get(work, own.assessment.company_id)
    return Invitation(own, company, get_workspace(work))


def get_unclaimed(work: Work, assessment_id: str) -> Unclaimed:
    """What is told with an invitation that is still to be exchanged: nothing about its participant."""
    assessment = life.get(work, assessment_id)
    company = companies.get(work, assessment.company_id)
    language = participants.get(work, assessment, work.caller.id).language or assessment.language
    return Unclaimed(work.catalog, assessment, company, get_workspace(work), language)


def edition(work: Work, assessment_id: str) -> Edition:
    """What is answered; raises `WrongStateError` where it is gone or changed."""
    return edition_of(work.catalog, life.get(work, assessment_id))


class HandedIn(NamedTuple):
    """What a respondent is told who has handed in."""

    submitted_at: datetime
    revision: int
    profile_shown: bool


def submit(work: Work, assessment_id: str, *, incomplete: bool) -> HandedIn:
    """Hand in."""
    own = for_respondent(work, assessment_id, to_change=True)
    answers.submit(work, own, incomplete=incomplete)
    shown = sees_profile_after_handing_in(get_workspace(work), own.assessment)
    return HandedIn(work.moment, own.participant.revision, shown)


def shows_profile(work: Work, assessment_id: str) -> bool:
    """Whether a respondent who has handed in is shown the profile now."""
    return sees_profile_after_handing_in(get_workspace(work), life.get(work, assessment_id))


def profile(work: Work, assessment_id: str, *, is_watching: bool) -> LiveProfile:
    """The company's profile; raises `ForbiddenError` and `WrongStateError` where it is not shown.

    Who `is_watching` sees what the consultancy sees that has made the session.
    """
    return live_profile(work, _shown(work, assessment_id, is_watching=is_watching))


def to_try(work: Work, assessment_id: str, *, is_watching: bool) -> outlook.Base:
    """What the profile is computed from, to try other levels; under the same conditions as the profile."""
    return outlook.live(work, _shown(work, assessment_id, is_watching=is_watching).id)


def _shown(work: Work, assessment_id: str, *, is_watching: bool) -> Assessment:
    """The assessment whose profile may be shown; raises what `profile` does."""
    if is_watching:
        return life.get(work, assessment_id)
    own = for_respondent(work, assessment_id)
    refuse_profile_to_respondent(get_workspace(work), own.assessment, own.participant)
    return own.assessment
