"""Other rules to score by: what weighs how much, and when a level is reached (§4, §5)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from scoring.levels import LevelRule
from scoring.questionnaire.form import Capability, Form, Function

MOST_WEIGHT = 1_000_000  # as in a questionnaire: sums of more would not fit


class Scheme(NamedTuple):
    """Rules to score by instead of the questionnaire's: weights by id, and the gate."""

    weights: Mapping[str, int] = {}
    rule: LevelRule | None = None

    def applied(self, form: Form) -> Form:
        """The form with these weights and this gate; the form itself where there are none.

        Raises `ValueError` for the weight of something that is not in the form, and for a weight or a gate
        that no questionnaire may have.
        """
        self._check(form)
        if not self.weights and self.rule is None:
            return form
        functions = tuple(map(self._function, form.functions))
        return replace(form, functions=functions, rule=self.rule or form.rule)

    def _check(self, form: Form) -> None:
        known = {*form.function_of, *form.capability_of, *form.question_ids} if self.weights else set()
        if not known >= self.weights.keys() or not all(map(_is_weight, self.weights.values())):
            message = f"weights are whole numbers from 1 to {MOST_WEIGHT}, by id of what they weigh"
            raise ValueError(message)
        if self.rule is not None and not (
            1 <= self.rule.coverage_percent <= 100 and self.rule.max_shortfall >= 0  # noqa: PLR2004
        ):
            message = "a gate has a coverage of 1 to 100 percent, and a shortfall from 0"
            raise ValueError(message)

    def _function(self, function: Function) -> Function:
        capabilities = tuple(map(self._capability, function.capabilities))
        weight = self.weights.get(function.id, function.weight)
        return replace(function, weight=weight, capabilities=capabilities)

    def _capability(self, capability: Capability) -> Capability:
        questions = capability.questions
        if len(questions) > 1:  # an only question has its capability's id, and nothing to be weighed against
            questions = tuple(replace(q, weight=self.weights.get(q.id, q.weight)) for q in questions)
        weight = self.weights.get(capability.id, capability.weight)
        return replace(capability, weight=weight, questions=questions)


def _is_weight(weight: object) -> bool:
    return type(weight) is int and 1 <= weight <= MOST_WEIGHT
