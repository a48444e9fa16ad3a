"""The scoring method as a library: questionnaires and answers in, a maturity profile with gaps out."""

from scoring.definition import Questionnaire
from scoring.engine import score
from scoring.errors import AnswersRefusedError, Fault, ScoringError
from scoring.profile import Profile

__all__ = ["AnswersRefusedError", "Fault", "Profile", "Questionnaire", "ScoringError", "score"]
