"""An assessment's life: made, changed, opened, closed, erased."""

from collections.abc import Sequence
from typing import Any

from app.assessments import store
from app.assessments.disclosure import refuse_unless
from app.assessments.method import check, edition_of, inside, response_of
from app.assessments.models import Assessment
from app.assessments.schemas import AssessmentChange, AssessmentInput, Settled, Targets
from app.assessments.store import Counts
from app.core.editions import Catalog, Edition
from app.core.errors import MissingError, WrongStateError
from app.core.ids import new_id
from app.core.listings import Asked, folded
from app.core.resources import Work
from app.core.revisions import check_revision
from scoring import AnswersRefusedError, Fault, Response
from scoring.errors import Place

STATUSES = ("draft", "open", "closed")
# What is settled when an assessment is opened.
FIXED_WHEN_OPEN = {"questionnaire", "version", "tier", "scope"}
FIXED_WHEN_CLOSED = FIXED_WHEN_OPEN | {"consolidation", "due_date", "language"}


def new_assessment(work: Work, company: str, given: AssessmentInput, language: str) -> Assessment:
    """A draft that is not written yet; `language` is that of an assessment that names none."""
    name = given.name or f"{work.moment:%Y-%m-%d}"
    return Assessment(
        workspace_id=work.workspace,
        id=new_id("asm"),
        company_id=company,
        name=name,
        name_folded=folded(name),
        status="draft",
        questionnaire=given.questionnaire or work.settings.default_questionnaire,
        version=given.version,
        tier=given.tier,
        scope=given.scope,
        anonymous=given.anonymous,
        consolidation=given.consolidation,
        targets=given.targets,
        consensus=_plain(given.consensus),
        due_date=given.due_date,
        language=given.language or language,
        created_at=work.moment,
        changed_at=work.moment,
    )


def get(work: Work, assessment_id: str, place: Place = ()) -> Assessment:
    """An assessment; raises `MissingError`, naming the `place` in the request where it is not the path."""
    assessment = store.get_assessment(work.session, work.workspace, assessment_id)
    if assessment is None:
        raise MissingError("assessment", place)
    return assessment


def lock(work: Work, assessment_id: str, *, is_shared: bool = False) -> Assessment:
    """The same, with nobody else changing it until the transaction ends."""
    assessment = store.lock_assessment(work.session, work.workspace, assessment_id, is_shared=is_shared)
    if assessment is None:
        raise MissingError("assessment")
    return assessment


def list_after(work: Work, asked: Asked, after: str, most: int) -> Sequence[Any]:
    """A page of assessments, as rows that read like them and like the `Counts` of their participants."""
    return store.ASSESSMENTS.rows(work.session, {"workspace": work.workspace}, asked, after, most)


def key_of(asked: Asked, assessment: Assessment) -> str:
    """What a page that ends with this assessment goes on behind."""
    return store.ASSESSMENTS.key(asked, assessment)


def counts_of(work: Work, assessment: Assessment) -> Counts:
    """How far the participants of an assessment are."""
    return store.count_participants(work.session, work.workspace, assessment.id)


def change(work: Work, assessment: Assessment, given: AssessmentChange, if_match: str | None) -> Assessment:
    """Change what is named, and go to the status that is named; raises what `open_` and `close` raise."""
    check_revision(if_match, assessment.revision)
    changes = given.model_dump(exclude_unset=True, exclude={"status"})
    fixed = {"draft": set(), "open": FIXED_WHEN_OPEN, "closed": FIXED_WHEN_CLOSED}[assessment.status]
    if late := sorted(fixed & changes.keys()):
        detail = f"The assessment is {assessment.status}; {', '.join(late)} can no longer be changed."
        faults = [Fault((name,), "no_longer_changed", "settled by now") for name in late]
        raise WrongStateError("wrong_status", detail, faults)
    assessment.sqlmodel_update(changes)
    is_asked_otherwise, goes_on = FIXED_WHEN_OPEN & changes.keys(), "status" in given.model_fields_set
    if is_asked_otherwise or goes_on or "language" in changes:
        participants = store.all_participants(work.session, work.workspace, assessment.id)
        responses = [response_of(participant) for participant in participants]
        if is_asked_otherwise or "language" in changes:
            check_draft(work.catalog, assessment, responses)
        if goes_on:
            go_to(work, assessment, responses, given.status)
    return _changed(work, assessment)


def check_draft(catalog: Catalog, assessment: Assessment, responses: Sequence[Response]) -> Edition:
    """The edition of a draft; raises what is refused where its parts do not fit together."""
    edition = catalog.find(assessment.questionnaire, assessment.version)
    check(edition, assessment, responses)
    return edition


def go_to(work: Work, assessment: Assessment, responses: Sequence[Response], status: str) -> None:
    """Open or close, or stay; raises `WrongStateError` for a way back or a step left out."""
    step = STATUSES.index(status) - STATUSES.index(assessment.status)
    if step == 0:
        return
    if step != 1:
        detail = f"The assessment is {assessment.status}; the way is draft, open, closed."
        raise WrongStateError("wrong_status", detail)
    if status == "open":
        open_(work, assessment, responses)
    else:
        assessment.status, assessment.closed_at = "closed", work.moment


def open_(work: Work, assessment: Assessment, responses: Sequence[Response]) -> None:
    """Pin the questionnaire; only a released one never changes while the assessment lasts."""
    edition = edition_of(work.catalog, assessment)
    if not edition.released:
        detail = f"{edition.key} is not released; an assessment needs a questionnaire that never changes."
        raise WrongStateError("unreleased_questionnaire", detail)
    check(edition, assessment, responses)
    assessment.version = edition.questionnaire.version
    assessment.digest = edition.questionnaire.digest
    assessment.status, assessment.opened_at = "open", work.moment


def set_targets(work: Work, assessment: Assessment, targets: Targets, if_match: str | None) -> Assessment:
    """Set the target levels by function or capability."""
    check_revision(if_match, assessment.revision, is_required=True)
    refuse_unless(assessment, "draft", "open")
    assessment.targets = targets
    _check_part(work.catalog, assessment, "targets")
    return _changed(work, assessment)


def set_consensus(work: Work, assessment: Assessment, settled: Settled, if_match: str | None) -> Assessment:
    """Set what was settled on; the participants' answers stay."""
    check_revision(if_match, assessment.revision, is_required=True)
    refuse_unless(assessment, "draft", "open")
    assessment.consensus = _plain(settled)
    _check_part(work.catalog, assessment, "consensus")
    return _changed(work, assessment)


def _check_part(catalog: Catalog, assessment: Assessment, part: str) -> None:
    try:
        check(edition_of(catalog, assessment), assessment)
    except AnswersRefusedError as error:
        raise AnswersRefusedError(inside(error.faults, (part,))) from None


def _plain(settled: Settled) -> dict[str, Any]:
    return {name: consensus.model_dump() for name, consensus in settled.items()}


def _changed(work: Work, assessment: Assessment) -> Assessment:
    assessment.revision += 1
    assessment.name_folded, assessment.changed_at = folded(assessment.name), work.moment
    work.session.add(assessment)
    work.session.flush()
    return assessment


def erase(work: Work, assessment: str) -> None:
    """Erase an assessment with its participants, answers and results."""
    if not store.delete_assessment(work.session, work.workspace, assessment):
        raise MissingError("assessment")
