"""By which edition an assessment is scored, what its participants are asked, and what fits that."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from app.assessments.models import Assessment, Participant
from app.catalog.service import Catalog, Edition, UnknownQuestionnaireError
from app.core.errors import WrongStateError
from scoring import AnswersRefusedError, Consensus, Consolidation, Fault, Profile, Response, score_responses
from scoring.errors import Place
from scoring.questionnaire.form import Form
from scoring.request import ScoringRequest
from scoring.respondents.responses import asked_of


def edition_of(catalog: Catalog, assessment: Assessment) -> Edition:
    """The edition that is pinned, or that a draft would be opened with now.

    Raises `WrongStateError` where it is gone or is no longer what was pinned.
    """
    try:
        edition = catalog.find(assessment.questionnaire, assessment.version)
    except UnknownQuestionnaireError as error:
        raise _unavailable(error.detail) from None
    if assessment.digest not in {None, edition.questionnaire.digest}:
        raise _unavailable(f"{edition.key} is no longer what the assessment was opened with")
    return edition


def edition_if_any(catalog: Catalog, assessment: Assessment) -> Edition | None:
    """The same, `None` where it is gone or changed."""
    try:
        return edition_of(catalog, assessment)
    except WrongStateError:
        return None


def _unavailable(detail: str) -> WrongStateError:
    return WrongStateError("questionnaire_unavailable", f"The questionnaire cannot be used: {detail}.")


class Sheet(NamedTuple):
    """What a participant is asked, and how far he or she is."""

    form: Form
    asked: AbstractSet[str]
    answered: AbstractSet[str]

    @property
    def open(self) -> list[str]:
        """Questions without an answer, in order."""
        return [q.id for q in self.form.questions if q.id in self.asked and q.id not in self.answered]

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


def response_of(participant: Participant) -> Response:
    """A participant as the method knows respondents."""
    return Response(
        role=participant.role,
        functions=in_tuple(participant.functions),
        answers=participant.answers,
        self_rating=participant.self_rating,
        submitted=participant.submitted_at is not None,
    )


def in_tuple(names: Sequence[str] | None) -> tuple[str, ...] | None:
    """Names as the method takes them."""
    return None if names is None else tuple(names)


def scoring_request(
    edition: Edition, assessment: Assessment, responses: Sequence[Response]
) -> dict[str, Any]:
    """The body of `POST /v1/score` that scores these answers."""
    return ScoringRequest.model_construct(
        questionnaire=edition.questionnaire.id,
        version=edition.questionnaire.version,
        tier=assessment.tier,
        responses=tuple(responses),
        targets=assessment.targets,
        consolidation=assessment.consolidation,
        consensus=_settled(assessment.consensus),
        anonymous=assessment.anonymous,
        scope=in_tuple(assessment.scope),
    ).model_dump(mode="json", exclude_none=True, exclude={"answers"})


def score(edition: Edition, assessment: Assessment, responses: Sequence[Response]) -> Profile:
    """The profile of these answers.

    Raises `AnswersRefusedError` for what does not fit together, placed as in `POST /v1/score`.
    """
    scope = in_tuple(assessment.scope)
    settled = _settled(assessment.consensus)
    how = Consolidation(assessment.consolidation, settled, assessment.anonymous, scope)
    return score_responses(
        edition.questionnaire, responses, how, tier=assessment.tier, targets=assessment.targets
    )


def _settled(consensus: Mapping[str, Any]) -> dict[str, Consensus]:
    return {name: Consensus.model_validate(said) for name, said in consensus.items()}


def check_response(edition: Edition, assessment: Assessment, response: Response) -> None:
    """Raises `AnswersRefusedError` for one respondent who does not fit, placed in what he or she says."""
    try:
        score(edition, assessment, [response])
    except AnswersRefusedError as error:
        raise AnswersRefusedError(inside(error.faults, ("responses", 0))) from None


def inside(faults: Sequence[Fault], place: Place) -> list[Fault]:
    """The faults with their places as seen from inside a part of the request."""
    depth = len(place)
    return [
        fault._replace(place=fault.place[depth:]) if fault.place[:depth] == place else fault
        for fault in faults
    ]


def refuse_unless(assessment: Assessment, *statuses: str) -> None:
    """Raises `WrongStateError` where the assessment is in another state than these."""
    if assessment.status not in statuses:
        code = "not_open" if statuses == ("open",) else "wrong_status"
        detail = f"The assessment is {assessment.status}; this needs {' or '.join(statuses)}."
        raise WrongStateError(code, detail)
