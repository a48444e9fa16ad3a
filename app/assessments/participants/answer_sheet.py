"""A participant's answers as an answer sheet, and those of one that came back."""

from app.answer_sheets.answers import Wanted, said_in
from app.answer_sheets.cells import FilledIn
from app.answer_sheets.content import Asked, Content, Said, Whom, content_of
from app.assessments.participants import answers
from app.assessments.participants.doors import OwnAnswers
from app.assessments.schemas import AnswersInput
from app.companies import service as companies
from app.core.resources import Work
from app.workspaces.service import get_workspace


def content(work: Work, own: OwnAnswers, language: str | None) -> Content:
    """What is asked and has been answered, in a language, else in the participant's."""
    assessment, participant = own.assessment, own.participant
    workspace = get_workspace(work)
    whom = Whom(
        workspace=workspace.name,
        company=companies.get(work, assessment.company_id).name,
        name=participant.name,
        role=participant.role,
        functions=participant.functions,
        due=assessment.due_date,
        anonymous=assessment.anonymous,
        assessment=assessment.id,
        participant=participant.id,
        accent=workspace.accent,
    )
    spoken = language or participant.language or assessment.language
    return content_of(_asked(own), whom, spoken, _said(own))


def replace(work: Work, own: OwnAnswers, filled: FilledIn, if_match: str | None) -> None:
    """Put the answers of a sheet in place of all there are; raises as `answers.replace` does.

    With any fault of the sheet it raises `AnswersRefusedError`, and nothing is changed.
    """
    wanted = Wanted(_asked(own), _said(own), own.assessment.id, own.participant.id)
    answers.replace(work, own, AnswersInput(**said_in(filled, wanted)._asdict()), if_match)


def _asked(own: OwnAnswers) -> Asked:
    return Asked(own.edition, own.assessment.tier, own.sheet.asked)


def _said(own: OwnAnswers) -> Said:
    participant = own.participant
    return Said(participant.answers, participant.importance, participant.self_rating)
