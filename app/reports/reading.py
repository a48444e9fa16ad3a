"""A profile read for a report: the typed document, with what its questionnaire says about it (§5, §6)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from app.core.editions import Edition
from app.reports.about import NOBODY, About
from app.reports.beyond import NOTHING, Beyond
from app.reports.speech import DASH, Speech
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.sentences import INNER_QUOTATION_MARKS, verdict_words
from scoring.presentation.shapes import (
    CapabilityProfile,
    CountsDocument,
    FunctionProfile,
    GapDocument,
    ProfileDocument,
)

TONES = 5
OPENING, CLOSING = ("«", "“"), ("»", "”")


class Count(NamedTuple):
    """How many for certain, and with what is open how many at most."""

    least: int
    most: int

    def __str__(self) -> str:
        """In figures, or from which to which."""
        return str(self.least) if self.least == self.most else f"{self.least}{DASH}{self.most}"


class Standing(NamedTuple):
    """A scored function at the gate of the definition, counted in its applicable scored capabilities."""

    function: FunctionProfile
    status: ClauseStatus
    at_line: Count
    below_floor: Count
    capabilities: Sequence[CapabilityProfile]
    unknown: Sequence[CapabilityProfile]

    @property
    def total(self) -> int:
        """How many capabilities apply and count."""
        return len(self.capabilities)


class Reading:
    """What all parts look up; `line` is the level that counts as integrated, `floor` the gate's."""

    def __init__(
        self,
        document: ProfileDocument,
        edition: Edition,
        language: str,
        about: About = NOBODY,
        beyond: Beyond = NOTHING,
    ) -> None:
        """Read a document, and what goes beyond it, that were presented with the edition's words.

        Drawings that have colours of their own have them in the accent of whom it is `about`, else in
        our own.
        """
        self.accent = about.brand.accent
        self.before = about.before
        self.invited = about.invited
        self.document = document
        self.beyond = beyond
        self.edition = edition
        self.words = edition.words(language)
        self.speech = Speech(self.words.language)
        questionnaire = edition.questionnaire
        self.form = questionnaire.forms[document["tier"]]
        self.max_level = questionnaire.max_level
        self.line = document["verdict"]["level"]
        self.floor = max(self.line - self.form.rule.max_shortfall, 0)

    @cached_property
    def line_said(self) -> str:
        """What somebody is who has reached the line: the level's name, or that it is at this level."""
        has_names = self.words.texts.levels is not None
        return self.words.levels[self.line] if has_names else self.speech("at_level", level=self.line)

    def verdict_said(self, status: VerdictStatus) -> str:
        """What a verdict is called, to stand in quotation marks: its own are left out, or inner ones."""
        said = verdict_words(self.words)[status]
        is_quoted = said[:1] in OPENING and said[-1:] in CLOSING and not any(c in said[1:-1] for c in CLOSING)
        return said[1:-1] if is_quoted else said.translate(INNER_QUOTATION_MARKS)

    @cached_property
    def capability(self) -> Mapping[str, CapabilityProfile]:
        """Every capability by id."""
        return {c["id"]: c for f in self.document["functions"] for c in f["capabilities"]}

    @cached_property
    def capability_of(self) -> Mapping[str, str]:
        """The id of every question's capability."""
        return {q["id"]: name for name, c in self.capability.items() for q in c["questions"]}

    @cached_property
    def function(self) -> Mapping[str, FunctionProfile]:
        """Every function by id."""
        return {function["id"]: function for function in self.document["functions"]}

    def function_of(self, question: str) -> FunctionProfile:
        """The function of a question or a capability."""
        return self._function_of[question]

    @cached_property
    def _function_of(self) -> Mapping[str, FunctionProfile]:
        capabilities = [(c, f) for f in self.document["functions"] for c in f["capabilities"]]
        questions = {q["id"]: f for c, f in capabilities for q in c["questions"]}
        return questions | {c["id"]: f for c, f in capabilities}

    @cached_property
    def gap(self) -> Mapping[str, GapDocument]:
        """Every gap by capability."""
        return {gap["capability"]: gap for gap in self.document["gaps"]}

    @cached_property
    def planned(self) -> AbstractSet[str]:
        """The capabilities that the plan raises."""
        plan = self.beyond.plan
        return frozenset() if plan is None else {step["capability"] for step in plan["steps"]}

    @cached_property
    def standings(self) -> Sequence[Standing]:
        """The scored functions that apply, in the questionnaire's order."""
        status = {clause["function"]: clause["status"] for clause in self.document["verdict"]["clauses"]}
        functions = [f for f in self.document["functions"] if f["scored"] and f["applicable"]]
        return [self._standing(function, status[function["id"]]) for function in functions]

    def has_level(self, function: FunctionProfile) -> bool:
        """Whether anything that was asked about it counts, also where it does not apply."""
        return any(capability["scored"] for capability in function["capabilities"])

    @cached_property
    def function_standing(self) -> Mapping[str, Standing]:
        """The same by id."""
        return {standing.function["id"]: standing for standing in self.standings}

    def _standing(self, function: FunctionProfile, status: ClauseStatus) -> Standing:
        capabilities = [c for c in function["capabilities"] if c["applicable"] and c["scored"]]
        levels = [c["level"] for c in capabilities if c["level"] is not None]
        return Standing(
            function,
            status,
            at_line=Count(
                sum(level["low"] >= self.line for level in levels),
                sum(level["high"] >= self.line for level in levels),
            ),
            below_floor=Count(
                sum(level["high"] < self.floor for level in levels),
                sum(level["low"] < self.floor for level in levels),
            ),
            capabilities=capabilities,
            unknown=[c for c in capabilities if c["score"] is None or c["score"]["value"] is None],
        )

    def of_status(self, *statuses: ClauseStatus) -> Sequence[Standing]:
        """The functions whose part in the definition stands so."""
        return [standing for standing in self.standings if standing.status in statuses]

    def needed(self, standing: Standing) -> int | None:
        """How many capabilities have to reach a level; `None` where their weights differ (§5)."""
        weights = {self.form.capability_of[c["id"]].weight for c in standing.capabilities}
        if len(weights) > 1:
            return None
        return -(-self.form.rule.coverage_percent * standing.total // 100)

    def tone(self, value: float) -> int:
        """The tone of the ramp, 0 to 5, that a level or a mean has."""
        return int(value) * TONES // self.max_level

    def decided_tone(self, level: LevelDocument | None) -> int | None:
        """The tone of a level; `None` where it is not decided, or there is none."""
        is_decided = level is not None and level["low"] == level["high"]
        return self.tone(level["low"]) if level is not None and is_decided else None

    def question_name(self, question: str) -> str:
        """What a question is called: the name of its capability."""
        return self.words.capability_names.get(question, question)

    def side_name(self, side: str) -> str:
        """What a side is called."""
        return self.words.texts.sides.get(side, side)

    def role_name(self, role: str | None) -> str:
        """What a role is called."""
        return self.speech("no_role") if role is None else self.words.texts.roles.get(role, role)

    def mean(self, score: ScoreDocument | None, counts: CountsDocument) -> str:
        """A mean in figures; alone only where at least half of its questions are known."""
        return self.speech.score(score, alone=is_mostly_known(counts))


def is_mostly_known(counts: CountsDocument) -> bool:
    """Whether at least half of the applicable questions are known, so that a mean may stand alone."""
    return 2 * counts["answered"] >= counts["total"] - counts["not_applicable"]
