"""The questionnaire: what is asked, how it is weighed, when a level is reached (§2)."""

from functools import cached_property
from typing import Any, Self

from pydantic import ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from scoring.canonical import digest
from scoring.errors import Fault
from scoring.levels import LevelRule
from scoring.questionnaire import faults as checks
from scoring.questionnaire import text_faults as text_checks
from scoring.questionnaire.entries import LevelRuleEntry, Structure
from scoring.questionnaire.expand import DEFAULT_STEP_EFFORTS, cut, expand
from scoring.questionnaire.form import FULL, Form
from scoring.questionnaire.mapping import Relation, relations, same_questions
from scoring.questionnaire.mapping import faults as mapping_faults
from scoring.questionnaire.repair import independent, stand_in
from scoring.questionnaire.wanted import wanted

COVERAGE_PERCENT = 80
MAX_SHORTFALL = 1


class Questionnaire(Structure):
    """A questionnaire that is whole: every reference leads somewhere and every rule can be applied.

    `Questionnaire.model_validate(mapping)` takes the mapping of `questionnaire.toml`, with the words of
    `texts/<lang>.toml` under `texts` where there are any. It raises `pydantic.ValidationError` naming
    all faults of §2.
    """

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_faults(
        cls,
        mapping: Any,  # noqa: ANN401 -- unvalidated input
        build: ModelWrapValidatorHandler[Self],
    ) -> Self:
        try:
            questionnaire = build(mapping)
        except ValidationError as error:
            first = wanted(error, mapping)
            substitute = stand_in(mapping, build)
            further = independent(substitute.cross_faults(), first) if substitute else []
            raise _refusal([*first, *further]) from None
        if found := questionnaire.cross_faults():
            raise _refusal(found)
        return questionnaire

    def cross_faults(self) -> list[Fault]:
        """Faults between parts: none in a questionnaire that has been validated."""
        full = Form(FULL, expand(self), self._rule(None))
        mapped = mapping_faults(self.mapping, full) if self.mapping else []
        return [*checks.faults(self, full), *text_checks.faults(self, full), *mapped]

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The questions and the gate of each tier, `full` first."""
        everything = expand(self)
        forms = {FULL: Form(FULL, everything, self._rule(None))}
        for tier, entry in self.tiers.items():
            forms[tier] = Form(tier, cut(everything, entry.questions), self._rule(entry.level_rule))
        return forms

    def form_of(self, tier: str) -> Form:
        """The form of a tier; of an unknown one, which `tier_faults` names, the whole questionnaire."""
        return self.forms.get(tier, self.forms[FULL])

    def tier_faults(self, tier: str) -> list[Fault]:
        """The fault of a tier that there is not; none of one that there is."""
        if tier in self.forms:
            return []
        return [Fault(("tier",), "unknown_tier", f"the tiers are {', '.join(self.forms)}")]

    @cached_property
    def asked_by_role(self) -> dict[str, dict[str, frozenset[str]]]:
        """By tier, the ids of the questions that each role is asked (§8)."""
        return {
            tier: {role.id: form.matching(role.asked) for role in self.roles}
            for tier, form in self.forms.items()
        }

    @cached_property
    def same_before(self) -> dict[str, str]:
        """By id of a question, its id in the version `mapping.older`, where its answers mean the same (§13).

        Empty where no mapping is declared: then no answer can be compared with one of an older version.
        """
        return same_questions(self.mapping) if self.mapping else {}

    @cached_property
    def relations(self) -> list[Relation]:
        """What became of each question of the version `mapping.older`; empty without a mapping."""
        return relations(self.mapping) if self.mapping else []

    @property
    def high_level(self) -> int | None:
        """From this level up an answer without a comment or evidence is noticed; `None`: never."""
        level = self.notices.high_level
        return self.definition.level if level is None else level or None

    @cached_property
    def digest(self) -> str:
        """Digest of structure and texts (§10), without the mapping, which decides no result.

        What the file leaves to a default is left out, so that a key added to the format later changes no
        released digest; gate and efforts, which decide results, are written out.
        """
        rule = self.forms[FULL].rule
        return digest(
            self.model_dump(mode="json", exclude={"mapping"}, exclude_defaults=True)
            | {
                "level_rule": [rule.coverage_percent, rule.max_shortfall],
                "step_efforts": self.step_efforts or DEFAULT_STEP_EFFORTS,
            }
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are texts in."""
        return tuple(sorted(self.texts))

    def _rule(self, own: LevelRuleEntry | None) -> LevelRule:
        def threshold(name: str, default: int) -> int:
            values = (getattr(own, name, None), getattr(self.level_rule, name), default)
            return next(value for value in values if value is not None)

        return LevelRule(
            threshold("coverage_percent", COVERAGE_PERCENT),
            threshold("max_shortfall", MAX_SHORTFALL),
        )


def _refusal(faults: list[Fault]) -> ValidationError:
    return ValidationError.from_exception_data(
        "Questionnaire",
        [
            InitErrorDetails(
                type=PydanticCustomError(fault.code, "{detail}", {"detail": fault.detail}),
                loc=fault.place,
                input=None,
            )
            for fault in faults
        ],
    )
