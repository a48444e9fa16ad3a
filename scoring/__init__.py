"""The scoring method as a library: questionnaires and answers in, a maturity profile with gaps out."""

from scoring.engine import score, score_responses
from scoring.errors import AnswersRefusedError, Fault, ScoringError
from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire
from scoring.respondents.consolidate import Consolidation
from scoring.respondents.responses import Consensus, Response

__all__ = [
    "AnswersRefusedError",
    "Consensus",
    "Consolidation",
    "Fault",
    "Profile",
    "Questionnaire",
    "Response",
    "ScoringError",
    "score",
    "score_responses",
]
