"""What a respondent sees."""

from typing import Any

from app.assessments.life.presentation import questionnaire_of
from app.assessments.method import edition_of
from app.assessments.models import Assessment, EmbedSession
from app.assessments.participants.presentation import present_answers, status_of
from app.assessments.respondent.service import Invitation, Unclaimed
from app.assessments.sheet import Sheet
from app.companies.models import Company
from app.core.editions import Catalog
from app.core.words import DEFAULT
from app.workspaces.models import Workspace

Json = dict[str, Any]


def present_unclaimed(unclaimed: Unclaimed) -> Json:
    """Who asks, and that the invitation is to be exchanged."""
    catalog, assessment, company, workspace, language = unclaimed
    return {
        "must_claim": True,
        "assessment": _assessment(catalog, assessment, company, workspace),
        "language": language,
    }


def present_respondent(invitation: Invitation) -> Json:
    """All that a respondent needs."""
    (catalog, assessment, participant), company, workspace = invitation
    sheet = invitation.own.sheet
    return present_answers(participant, sheet) | {
        "must_claim": False,
        "assessment": _assessment(catalog, assessment, company, workspace),
        "participant": {
            "id": participant.id,
            "role": participant.role,
            "functions": participant.functions,
            "language": participant.language or assessment.language,
            "name": participant.name,
            "status": status_of(participant),
            "progress": sheet.progress(),
        },
        "questions": sheet.questions,
        "minutes": _minutes(catalog, assessment, sheet),
        "sees_profile": workspace.respondents_see_profile,
    }


def _minutes(catalog: Catalog, assessment: Assessment, sheet: Sheet) -> Json:
    """How long the questions take, in every language that they have."""
    edition = edition_of(catalog, assessment)
    languages = [words.language or DEFAULT for words in edition.all_words]
    return {name: edition.duration(name).minutes(sheet.form, sheet.asked)._asdict() for name in languages}


def _assessment(catalog: Catalog, assessment: Assessment, company: Company, workspace: Workspace) -> Json:
    return {
        "id": assessment.id,
        "name": assessment.name,
        "status": assessment.status,
        "company": company.name,
        "workspace": workspace.name,
        "questionnaire": questionnaire_of(catalog, assessment),
        "tier": assessment.tier,
        "anonymous": assessment.anonymous,
        "due_date": assessment.due_date,
    }


def present_token(session: EmbedSession, token: str) -> Json:
    """The token of an embed session, and how its page looks."""
    return {
        "token": token,
        "expires_at": session.token_expires_at,
        "session_expires_at": session.expires_at,
        "view": session.view,
        "assessment": session.assessment_id,
        "participant": session.participant_id,
        "parent_origin": session.parent_origin,
        "lang": session.language,
        "theme": session.theme,
    }
