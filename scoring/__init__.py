"""The scoring method as a library: questionnaires and answers in, a maturity profile with gaps out."""

from scoring.consolidate import Consolidation
from scoring.definition import Questionnaire
from scoring.engine import score, score_responses
from scoring.errors import AnswersRefusedError, Fault, ScoringError
from scoring.profile import Profile
from scoring.responses import Consensus, Response

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
