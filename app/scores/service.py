"""Find the questionnaire that a request means, and score by it."""

from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from scoring import AnswersRefusedError, Profile
from scoring.request import read, score_request


def respondents_in(body: object) -> int:
    """How many people's answers a body has, right or wrong: what scoring it costs."""
    responses = body.get("responses") if isinstance(body, dict) else None
    return len(responses) if isinstance(responses, list) else 1


def score_body(catalog: Catalog, default: str, body: object) -> tuple[Edition, Profile]:
    """The profile of a request's body; raises `AnswersRefusedError` with all faults."""
    request, faults = read(body)
    try:
        edition = catalog.find(request.questionnaire or default, request.version)
    except UnknownQuestionnaireError as error:
        raise AnswersRefusedError([*faults, *error.faults]) from None
    return edition, score_request(edition.questionnaire, request, faults)
