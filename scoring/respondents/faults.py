"""Faults that are found in several places where respondents' answers are read, each with its one sentence."""

from scoring.errors import Fault, Place
from scoring.questionnaire.form import Form


def unknown_question(form: Form, place: Place) -> Fault:
    """The tier does not ask this."""
    return Fault(place, "unknown_question", f"the tier {form.tier!r} has no such question")


def unknown_function(form: Form, place: Place) -> Fault:
    """The tier has nothing of this function, if there is one."""
    return Fault(place, "unknown_function", f"the tier {form.tier!r} has no such function")


def answered_twice(place: Place, how: str = "is answered twice,") -> Fault:
    """The only question of a capability is named by both of its ids."""
    return Fault(place, "repeated_answer", f"the question {how} by both of its ids")
