"""What a respondent sees."""

from typing import Any

from app.assessments.life.presentation import questionnaire_of
from app.assessments.participants.presentation import present_answers, status_of
from app.assessments.respondent.service import Invitation

Json = dict[str, Any]


def present_respondent(invitation: Invitation) -> Json:
    """All that a respondent needs."""
    catalog, assessment, participant = invitation.own
    sheet = invitation.own.sheet
    return present_answers(participant, sheet) | {
        "assessment": {
            "id": assessment.id,
            "name": assessment.name,
            "status": assessment.status,
            "company": invitation.company.name,
            "workspace": invitation.workspace.name,
            "questionnaire": questionnaire_of(catalog, assessment),
            "tier": assessment.tier,
            "anonymous": assessment.anonymous,
            "due_date": assessment.due_date,
        },
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
        "sees_profile": invitation.workspace.respondents_see_profile,
    }
