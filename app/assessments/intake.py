"""An assessment in one call: company, participants, answers, all handed in."""

from collections.abc import Sequence
from typing import NamedTuple

from app.assessments import answers, lifecycle
from app.assessments.asked import in_tuple
from app.assessments.models import Assessment, Participant
from app.assessments.participants import new_participant
from app.assessments.schemas import AssessmentInput, ResponseInput
from app.assessments.work import Work
from app.companies import service as companies
from app.companies.schemas import CompanyInput
from app.workspaces import store as workspaces
from scoring import Fault, Response


class Intake(NamedTuple):
    """What one call has made."""

    assessment: Assessment
    participants: Sequence[Participant]


def take_in(work: Work, given: AssessmentInput, default_questionnaire: str) -> Intake:
    """Make the assessment, in the state that is wanted, with the participants and answers that are given.

    Raises `AnswersRefusedError` with all that does not fit, placed in the request, and `IncompleteError`
    with all open questions of answers that are to be handed in.
    """
    assessment = lifecycle.create(
        work,
        _company(work, given.company),
        given,
        language=workspaces.get_workspace(work.session, work.workspace).language,
        questionnaire=default_questionnaire,
    )
    participants = [new_participant(work.moment, assessment, response) for response in given.responses]
    responses = [_response(response) for response in given.responses]
    edition = lifecycle.check_draft(work.catalog, assessment, responses)
    for participant, response in zip(participants, given.responses, strict=True):
        if response.answers or response.self_rating:
            answers.fill_in(edition, assessment, participant, response.answers, response.self_rating)
    work.session.add_all(participants)
    work.session.flush()
    if given.status != "draft" or given.responses or given.submit:
        lifecycle.go_to(work, assessment, responses, "open")
    if given.submit:
        _hand_in(work, assessment, participants, incomplete=given.incomplete)
    if given.status == "closed":
        lifecycle.go_to(work, assessment, responses, "closed")
    work.session.add(assessment)
    work.session.flush()
    return Intake(assessment, participants)


def _company(work: Work, given: str | CompanyInput) -> str:
    if isinstance(given, CompanyInput):
        return companies.create(work.session, work.moment, work.workspace, given).id
    return companies.hold(work.session, work.workspace, given, ("company",)).id


def _response(given: ResponseInput) -> Response:
    return Response(
        role=given.role,
        functions=in_tuple(given.functions),
        answers=given.answers,
        self_rating=given.self_rating,
    )


def _hand_in(
    work: Work, assessment: Assessment, participants: Sequence[Participant], *, incomplete: bool
) -> None:
    """Hand all in, or say of all of them what is open."""
    faults: list[Fault] = []
    for index, participant in enumerate(participants):
        try:
            answers.hand_in(work, assessment, participant, incomplete=incomplete)
        except answers.IncompleteError as error:
            faults += [fault._replace(place=("responses", index, *fault.place)) for fault in error.faults]
            refusal = error
    if faults:
        raise answers.IncompleteError(refusal.code, refusal.detail, faults)
