"""What a participant is asked, and how far he or she is."""

from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from app.assessments.models import Assessment, Participant
from app.core.editions import Edition
from scoring.questionnaire.form import Form
from scoring.respondents.responses import asked_of


class Sheet(NamedTuple):
    """The questions that somebody is asked; `answered` are ids of those with an answer."""

    form: Form
    asked: AbstractSet[str]
    answered: AbstractSet[str]

    @property
    def open(self) -> list[str]:
        """Questions without an answer, in order."""
        return [name for name in self.questions if name not in self.answered]

    @property
    def questions(self) -> list[str]:
        """Questions that are asked, in order."""
        return [q.id for q in self.form.questions if q.id in self.asked]

    def progress(self) -> dict[str, Any]:
        """How many of the questions are answered, in all and by function."""
        functions = []
        for function in self.form.functions:
            asked = self.asked & set(function.question_ids)
            if asked:
                answered = len(asked & self.answered)
                functions.append({"id": function.id, "asked": len(asked), "answered": answered})
        answered = len(self.asked & self.answered)
        return {"asked": len(self.asked), "answered": answered, "functions": functions}


def sheet_of(edition: Edition, assessment: Assessment, participant: Participant) -> Sheet:
    """What a participant is asked."""
    questionnaire = edition.questionnaire
    form = questionnaire.form_of(assessment.tier)
    role, functions = participant.role, participant.functions
    asked = asked_of(questionnaire, form, role, functions, assessment.scope)
    return Sheet(form, asked, participant.answers.keys())
