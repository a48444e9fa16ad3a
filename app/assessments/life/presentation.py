"""Assessments as the API shows them."""

from typing import Any

from app.assessments.disclosure import counted_submitted
from app.assessments.method import edition_if_any
from app.assessments.models import Assessment
from app.assessments.store import Counts
from app.core.editions import Catalog

Json = dict[str, Any]


def present_assessment(catalog: Catalog, assessment: Assessment, counts: Counts) -> Json:
    """An assessment, and how far its participants are."""
    return {
        "id": assessment.id,
        "company": assessment.company_id,
        "name": assessment.name,
        "status": assessment.status,
        "questionnaire": questionnaire_of(catalog, assessment),
        "tier": assessment.tier,
        "scope": assessment.scope,
        "anonymous": assessment.anonymous,
        "consolidation": assessment.consolidation,
        "targets": assessment.targets,
        "consensus": assessment.consensus,
        "due_date": assessment.due_date,
        "language": assessment.language,
        "participants": _participation(counts, assessment),
        "revision": assessment.revision,
        "created_at": assessment.created_at,
        "changed_at": assessment.changed_at,
        "opened_at": assessment.opened_at,
        "closed_at": assessment.closed_at,
    }


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
    """How many are how far; of an anonymous one only how many have handed in, where that may be told."""
    invited, submitted, answering = counts.invited, counts.submitted, counts.answering
    is_named = not assessment.anonymous
    return {
        "invited": invited,
        "submitted": counted_submitted(assessment, invited, submitted),
        "answering": answering if is_named else None,
        "not_started": invited - submitted - answering if is_named else None,
    }
