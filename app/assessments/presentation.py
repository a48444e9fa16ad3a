"""Assessments, participants, answers and results as the API shows them."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.assessments.asked import Sheet, edition_if_any, edition_of, sheet_of
from app.assessments.models import Assessment, Participant, Result
from app.assessments.schemas import AssessmentDocument, ParticipantDocument
from app.catalog.service import Catalog, Edition
from scoring.respondents.anonymity import is_enough

Json = dict[str, Any]
Counts = tuple[int, int, int]


def present_assessment(catalog: Catalog, assessment: Assessment, counts: Counts) -> Json:
    """An assessment; `counts` of participants who are invited, have submitted, are answering."""
    return AssessmentDocument.model_validate(
        {
            **assessment.model_dump(),
            "company": assessment.company_id,
            "questionnaire": questionnaire_of(catalog, assessment),
            "participants": _participation(counts, assessment),
        }
    ).model_dump(mode="json")


def questionnaire_of(catalog: Catalog, assessment: Assessment) -> Json | None:
    """The pinned questionnaire, or the one that a draft would be opened with now."""
    if assessment.digest is not None:
        return {
            "id": assessment.questionnaire,
            "version": assessment.version,
            "digest": assessment.digest,
        }
    edition = edition_if_any(catalog, assessment)
    if edition is None:
        return None
    questionnaire = edition.questionnaire
    return {"id": questionnaire.id, "version": questionnaire.version, "digest": questionnaire.digest}


def _participation(counts: Counts, assessment: Assessment) -> Json:
    """Of an anonymous one, counts of nobody or at least five, and none while they follow each person."""
    invited, submitted, answering = counts
    not_started = invited - submitted - answering
    groups = {"submitted": submitted, "answering": answering, "not_started": not_started}
    is_shown = not assessment.anonymous or (
        assessment.status == "closed" and all(is_enough(count) for count in groups.values())
    )
    return {"invited": invited} | (groups if is_shown else dict.fromkeys(groups))


def status_of(participant: Participant) -> str:
    """How far somebody is."""
    if participant.submitted_at is not None:
        return "submitted"
    return "answering" if participant.revision else "not_started"


def present_participant(edition: Edition | None, assessment: Assessment, participant: Participant) -> Json:
    """A participant, in an anonymous assessment without anything on what he or she has answered."""
    state: Json = dict.fromkeys(("status", "progress", "revision", "submitted_at", "history"))
    if not assessment.anonymous:
        state = {
            "status": status_of(participant),
            "progress": edition and sheet_of(edition, assessment, participant).progress(),
            "revision": participant.revision,
            "submitted_at": participant.submitted_at,
            "history": participant.history,
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


def present_answers(participant: Participant, sheet: Sheet) -> Json:
    """A participant's answers."""
    return {
        "revision": participant.revision,
        "answers": participant.answers,
        "self_rating": participant.self_rating,
        "progress": sheet.progress(),
        "submitted_at": participant.submitted_at,
    }


def present_respondent(
    catalog: Catalog,
    assessment: Assessment,
    participant: Participant,
    names: Mapping[str, str],
    *,
    sees_profile: bool,
) -> Json:
    """All that a respondent needs; `names` of the `company` and the `workspace`."""
    sheet = sheet_of(edition_of(catalog, assessment), assessment, participant)
    return present_answers(participant, sheet) | {
        "assessment": {
            "id": assessment.id,
            "name": assessment.name,
            "status": assessment.status,
            **names,
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
        "sees_profile": sees_profile,
    }


def summarize(result: Result) -> Json:
    """A result in short."""
    return {
        "number": result.number,
        "name": result.name,
        "created_at": result.created_at,
        "created_by": result.created_by,
        **result.summary,
    }


def present_result(result: Result, language: str, *, anonymous: bool) -> tuple[str | None, Json]:
    """A result with its profile in this language, else in one that there is; and which it is.

    What was scored is shown too, unless the assessment is anonymous.
    """
    profiles: dict[str, Json] = orjson.loads(result.profiles)
    spoken = next(name for name in (language, "en", next(iter(profiles))) if name in profiles)
    return spoken or None, summarize(result) | {
        "assessment": result.assessment_id,
        "participants": result.participants,
        "profile": profiles[spoken],
        "request": None if anonymous else orjson.loads(result.request),
    }
