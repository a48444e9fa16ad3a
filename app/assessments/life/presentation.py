"""Assessments as the API shows them."""

from typing import Any

from app.assessments.life.service import Counts
from app.assessments.method import edition_if_any
from app.assessments.models import Assessment
from app.core.editions import Catalog
from scoring.respondents.anonymity import is_enough

Json = dict[str, Any]


def present_assessment(catalog: Catalog, assessment: Assessment, counts: Counts) -> Json:
    """An assessment; `counts` of participants who are invited, have submitted, are answering."""
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
    """Of an anonymous one, counts of nobody or at least five, and none while they follow each person."""
    invited, submitted, answering = counts
    not_started = invited - submitted - answering
    groups = {"submitted": submitted, "answering": answering, "not_started": not_started}
    is_shown = not assessment.anonymous or (
        assessment.status == "closed" and all(is_enough(count) for count in groups.values())
    )
    return {"invited": invited} | (groups if is_shown else dict.fromkeys(groups))
