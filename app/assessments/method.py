"""By which edition an assessment is scored, what fits that, and how its answers are scored."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.assessments.models import Assessment, Participant
from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from app.core.errors import WrongStateError
from app.core.words import SPOKEN
from scoring import AnswersRefusedError, Consensus, Consolidation, Fault, Profile, Response, score_responses
from scoring.errors import Place
from scoring.questionnaire.words import language_of
from scoring.request import ScoringRequest
from scoring.respondents.answers import check_targets
from scoring.respondents.responses import check_consensus, check_responses, check_scope


def edition_of(catalog: Catalog, assessment: Assessment) -> Edition:
    """The edition that is pinned, or that a draft would be opened with now.

    Raises `WrongStateError` where it is gone or is no longer what was pinned.
    """
    try:
        edition = catalog.find(assessment.questionnaire, assessment.version)
    except UnknownQuestionnaireError as error:
        raise _unavailable(error.reason) from None
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


def response_of(participant: Participant) -> Response:
    """A participant as the method knows respondents."""
    return Response(
        id=participant.id,
        role=participant.role,
        functions=in_tuple(participant.functions),
        answers=participant.answers,
        importance=participant.importance,
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
    request = request_of(edition, assessment, responses)
    return request.model_dump(mode="json", exclude_none=True, exclude={"answers"})


def request_of(edition: Edition, assessment: Assessment, responses: Sequence[Response]) -> ScoringRequest:
    """The request that scores these answers; unless the assessment is anonymous it says whose they are."""
    if assessment.anonymous:
        responses = [response.model_copy(update={"id": None}) for response in responses]
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
    )


def score(
    edition: Edition, assessment: Assessment, responses: Sequence[Response], missing: int = 0
) -> Profile:
    """The profile of these answers; `missing` more were invited.

    Raises `AnswersRefusedError` for what does not fit together, placed as in `POST /v1/score`.
    """
    scope = in_tuple(assessment.scope)
    settled = _settled(assessment.consensus)
    how = Consolidation(assessment.consolidation, settled, assessment.anonymous, scope, missing)
    return score_responses(
        edition.questionnaire, responses, how, tier=assessment.tier, targets=assessment.targets
    )


def check(edition: Edition, assessment: Assessment, responses: Sequence[Response] = ()) -> None:
    """Raises `AnswersRefusedError` for what `score` would refuse, without scoring."""
    questionnaire = edition.questionnaire
    form = questionnaire.form_of(assessment.tier)
    scope, scope_faults = check_scope(form, assessment.scope)
    _, response_faults = check_responses(questionnaire, form, responses, scope)
    _, consensus_faults = check_consensus(form, _settled(assessment.consensus), scope)
    _, target_faults = check_targets(form, assessment.targets, questionnaire.max_level)
    unspoken = language_faults(edition, assessment.language)
    faults = [*unspoken, *scope_faults, *response_faults, *consensus_faults, *target_faults]
    if refused := [*questionnaire.tier_faults(assessment.tier), *faults]:
        raise AnswersRefusedError(refused)


def language_faults(edition: Edition, language: str | None, place: Place = ()) -> list[Fault]:
    """The fault of a language that neither the questionnaire has texts in nor the pages are spoken in."""
    spoken = dict.fromkeys((*SPOKEN, *edition.questionnaire.languages))
    if language is None or language in spoken:
        return []
    return [Fault((*place, "language"), "unknown_language", f"the languages are {', '.join(spoken)}")]


def language_for(edition: Edition, wanted: str) -> str:
    """The language that is wanted where it is spoken, else one of the questionnaire's."""
    return (language_faults(edition, wanted) and language_of(edition.questionnaire, wanted)) or wanted


def check_response(
    edition: Edition, assessment: Assessment, response: Response, language: str | None = None
) -> None:
    """Raises `AnswersRefusedError` for one respondent who does not fit, placed in what he or she says."""
    faults = language_faults(edition, language)
    try:
        check(edition, assessment, [response])
    except AnswersRefusedError as error:
        faults += inside(error.faults, ("responses", 0))
    if faults:
        raise AnswersRefusedError(faults)


def _settled(consensus: Mapping[str, Any]) -> dict[str, Consensus]:
    return {name: Consensus.model_validate(said) for name, said in consensus.items()}


def inside(faults: Sequence[Fault], place: Place) -> list[Fault]:
    """The faults with their places as seen from inside a part of the request."""
    depth = len(place)
    return [
        fault._replace(place=fault.place[depth:]) if fault.place[:depth] == place else fault
        for fault in faults
    ]
