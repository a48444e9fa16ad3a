"""Participants and their answers as the API shows them."""

from collections.abc import Mapping
from typing import Any

from app.assessments.models import Assessment, Participant
from app.assessments.schemas import ParticipantDocument
from app.assessments.sheet import Sheet, sheet_of
from app.core.editions import Edition

Json = dict[str, Any]


def status_of(participant: Participant) -> str:
    """How far somebody is."""
    if participant.submitted_at is not None:
        return "submitted"
    return "answering" if participant.revision else "not_started"


def present_participant(edition: Edition | None, assessment: Assessment, participant: Participant) -> Json:
    """A participant, in an anonymous assessment without anything on what he or she has answered."""
    state: Json = dict.fromkeys(
        ("status", "progress", "revision", "submitted_at", "history", "history_count", "changed_at")
    )
    if not assessment.anonymous:
        state = {
            "status": status_of(participant),
            "progress": edition and sheet_of(edition, assessment, participant).progress(),
            "revision": participant.revision,
            "submitted_at": participant.submitted_at,
            "history": participant.history,
            "history_count": participant.history_count,
            "changed_at": participant.changed_at,
        }
    return ParticipantDocument.model_validate(
        {
            "id": participant.id,
            "role": participant.role,
            "functions": participant.functions,
            "language": participant.language or assessment.language,
            "name": participant.name,
            "email": participant.email,
            **state,
            "invitation": present_invitation(participant),
            "created_at": participant.created_at,
        }
    ).model_dump(mode="json")


def present_invitation(participant: Participant) -> Json | None:
    """A participant's link, without its token; `None` where there is none."""
    if participant.invitation_digest is None:
        return None
    return {"created_at": participant.invited_at, "expires_at": participant.invitation_expires_at}


def present_answers(participant: Participant, sheet: Sheet, changed: Mapping[str, Any] | None = None) -> Json:
    """A participant's answers; of a change those that it `changed`."""
    return {
        "revision": participant.revision,
        "answers": participant.answers if changed is None else changed,
        "importance": participant.importance,
        "self_rating": participant.self_rating,
        "progress": sheet.progress(),
        "submitted_at": participant.submitted_at,
    }
