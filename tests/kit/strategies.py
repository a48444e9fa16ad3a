"""Random valid questionnaires, and answers and targets for them.

A questionnaire is drawn as the mapping that `Questionnaire.model_validate` takes, sparse as a file
would be. Ids are numbered (`f0.c1.q2`), so that a failing example stays readable.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from scoring import Profile, Questionnaire, score
from scoring.questionnaire.form import Form, Question

Mapping = dict[str, Any]
Answers = dict[str, Any]
Points = Callable[[int], bool]

REASONS = ("out_of_scope", "no_such_function", "done_by_partner", "other")
SIDES = ("marketing", "it")
LENSES = ("people", "process", "technology")


def anything(points: int) -> bool:  # noqa: ARG001 -- any points will do
    return True


def build(mapping: Mapping) -> Questionnaire:
    """The questionnaire of a mapping, which stays as it is."""
    return Questionnaire.model_validate(deepcopy(mapping))


def numbered(prefix: str, entries: SearchStrategy[list[Mapping]]) -> SearchStrategy[list[Mapping]]:
    """Entries with the ids prefix0, prefix1, ..."""
    return entries.map(lambda drawn: [{"id": f"{prefix}{n}", **entry} for n, entry in enumerate(drawn)])


@cache
def weights() -> SearchStrategy[int]:
    return st.integers(1, 4) | st.integers(1, 1000)


@cache
def options(max_level: int) -> SearchStrategy[list[Mapping]]:
    """Own options: any points, equal ones too, with one option worth 0 and one worth the top."""
    top = 1000 * max_level
    points = st.integers(0, max_level).map(lambda level: 1000 * level) | st.integers(0, top)
    drawn = st.lists(points, max_size=4).map(lambda between: [{"points": p} for p in (0, *between, top)])
    return numbered("o", drawn)


@cache
def questions(max_level: int) -> SearchStrategy[list[Mapping]]:
    own = {"weight": weights(), "options": options(max_level), "not_applicable": st.booleans()}
    return numbered("q", st.lists(st.fixed_dictionaries({}, optional=own), min_size=1, max_size=3))


@cache
def capabilities(max_level: int, lenses: tuple[str, ...]) -> SearchStrategy[list[Mapping]]:
    own: dict[str, SearchStrategy[Any]] = {
        "weight": weights(),
        "scored": st.booleans(),
        "options": options(max_level),
        "not_applicable": st.booleans(),
        "step_efforts": step_efforts(max_level),
        "questions": questions(max_level),
    }
    if lenses:
        own["lens"] = st.sampled_from(lenses)
    return numbered("c", st.lists(st.fixed_dictionaries({}, optional=own), min_size=1, max_size=4))


@cache
def step_efforts(max_level: int) -> SearchStrategy[list[int]]:
    return st.lists(st.integers(1, 9), min_size=max_level, max_size=max_level)


@cache
def functions(max_level: int, lenses: tuple[str, ...]) -> SearchStrategy[list[Mapping]]:
    """Functions, the first of them scored; there, and elsewhere, it may be that no capability is."""
    required = {"capabilities": capabilities(max_level, lenses)}
    optional = {"weight": weights(), "scored": st.booleans()}
    drawn = st.lists(st.fixed_dictionaries(required, optional=optional), min_size=1, max_size=4)
    return numbered("f", drawn).map(lambda entries: [entries[0] | {"scored": True}, *entries[1:]])


@cache
def level_rules() -> SearchStrategy[Mapping]:
    percent = st.sampled_from([80, 66, 50, 75, 100, 1]) | st.integers(1, 100)
    return st.fixed_dictionaries(
        {}, optional={"coverage_percent": percent, "max_shortfall": st.integers(0, 3)}
    )


def references(functions: list[Mapping]) -> list[str]:
    """What a tier may list: ids of capabilities and of questions."""
    found = []
    for function in functions:
        for capability in function["capabilities"]:
            name = f"{function['id']}.{capability['id']}"
            found += [name, *(f"{name}.{question['id']}" for question in capability.get("questions", ()))]
    return found


def tiers(functions: list[Mapping]) -> SearchStrategy[Mapping]:
    listed = st.lists(st.sampled_from(references(functions)), min_size=1, unique=True)
    tier = st.fixed_dictionaries({"questions": listed}, optional={"level_rule": level_rules()})
    return st.lists(tier, max_size=2).map(lambda drawn: {f"t{n}": entry for n, entry in enumerate(drawn)})


def fewest_scored(functions: list[Mapping], tiers: Mapping) -> int:
    """The least number of scored functions in any tier, which `min_applicable` must not exceed."""
    counted = {
        f"{function['id']}.{capability['id']}"
        for function in functions
        for capability in function["capabilities"]
        if function.get("scored", True) and capability.get("scored", True)
    }
    kept = [{".".join(name.split(".")[:2]) for name in tier["questions"]} for tier in tiers.values()]
    return min(len({name.split(".")[0] for name in counted & there}) for there in (counted, *kept))


def patterns(functions: list[Mapping], lenses: tuple[str, ...]) -> list[str]:
    """What a role may be asked."""
    whole = [f"{function['id']}.*" for function in functions]
    return ["*", *whole, *(f"lens:{lens}" for lens in lenses), *references(functions)]


@st.composite
def roles(draw: DrawFn, functions: list[Mapping], lenses: tuple[str, ...]) -> list[Mapping]:
    """Roles of two sides or none, each asked something."""
    asked = st.lists(st.sampled_from(patterns(functions, lenses)), min_size=1, max_size=3, unique=True)
    role = st.fixed_dictionaries({"asked": asked}, optional={"side": st.sampled_from(SIDES)})
    return draw(numbered("r", st.lists(role, min_size=1, max_size=4)))


def prerequisites(functions: list[Mapping], max_level: int) -> SearchStrategy[list[Mapping]]:
    """Steps that come before others, from earlier capabilities to later ones: no circle is possible."""
    names = [f"{f['id']}.{c['id']}" for f in functions for c in f["capabilities"]]
    pairs = list(combinations(names, 2))
    if not pairs:
        return st.just([])
    level = st.integers(1, max_level)
    steps = st.tuples(st.sampled_from(pairs), level, level)
    return st.lists(steps, max_size=2).map(
        lambda drawn: [
            {"capability": first, "level": level, "before": [f"{then}@{reached}"]}
            for (first, then), level, reached in drawn
        ]
    )


@st.composite
def mappings(draw: DrawFn) -> Mapping:
    """A valid questionnaire as it is written."""
    max_level = draw(st.just(5) | st.integers(2, 7))
    lenses = draw(st.sampled_from([LENSES[:count] for count in range(len(LENSES) + 1)]))
    drawn = draw(functions(max_level, lenses))
    tiers_drawn = draw(tiers(drawn))
    mapping: Mapping = {
        "id": "random",
        "version": "1.0.0",
        "max_level": max_level,
        "definition": {
            "level": draw(st.integers(1, max_level)),
            "min_applicable": draw(st.integers(0, fewest_scored(drawn, tiers_drawn))),
        },
        "lenses": list(lenses),
        "functions": drawn,
    }
    if max_level != 5 or draw(st.booleans()):
        mapping["step_efforts"] = draw(step_efforts(max_level))
    if draw(st.booleans()):
        mapping["level_rule"] = draw(level_rules())
    if tiers_drawn:
        mapping["tiers"] = tiers_drawn
    if draw(st.booleans()):
        mapping["roles"] = draw(roles(drawn, lenses))
    if draw(st.booleans()):
        mapping["importance"] = {}
    if draw(st.booleans()):
        mapping["prerequisites"] = draw(prerequisites(drawn, max_level))
    return mapping


def option_answers(question: Question, usable: Points = anything) -> list[Any]:
    """The options with usable points by their ids, the last of them as an object too."""
    names = [option.id for option in question.options if usable(option.points)]
    return [*names, {"option": names[-1], "comment": "seen"}]


def exclusions(question: Question) -> list[Any]:
    """The answers that take a question out, where it allows them."""
    return [{"not_applicable": reason} for reason in REASONS[:2]] if question.not_applicable else []


def answered_by(form: Form, choices: Callable[[Question], list[Any]]) -> SearchStrategy[Answers]:
    """Each question answered by one of its choices; `None` leaves it without an answer."""
    drawn = st.fixed_dictionaries({q.id: st.sampled_from(choices(q)) for q in form.questions})
    return drawn.map(lambda answers: {name: value for name, value in answers.items() if value is not None})


def complete_answers(form: Form, usable: Points = anything) -> SearchStrategy[Answers]:
    """Every question answered by an option with usable points or, where it is allowed, excluded."""
    return answered_by(form, lambda question: [*option_answers(question, usable), *exclusions(question)])


def partial_answers(form: Form, usable: Points = anything) -> SearchStrategy[Answers]:
    """All four states: some questions not answered, some not known, some answered, some excluded."""
    return answered_by(
        form,
        lambda question: [None, "dont_know", *option_answers(question, usable), *exclusions(question)],
    )


@st.composite
def answer_sets(draw: DrawFn, form: Form, integrated: int) -> Answers:
    """Answers of every kind, at times all good or all poor, so that every verdict comes up."""

    def good(points: int) -> bool:
        return points >= 1000 * integrated

    def poor(points: int) -> bool:
        return points < 1000 * integrated

    usable = draw(st.sampled_from([anything, good, poor]))
    answers = draw(st.sampled_from([partial_answers, complete_answers]))
    return draw(answers(form, usable))


def target_sets(form: Form, max_level: int) -> SearchStrategy[dict[str, int]]:
    """Targets of a few functions and capabilities."""
    names = st.sampled_from([*form.function_of, *form.capability_of])
    return st.dictionaries(names, st.integers(0, max_level), max_size=4)


@dataclass(frozen=True)
class Case:
    """A questionnaire with what a company says by it."""

    mapping: Mapping
    questionnaire: Questionnaire = field(repr=False)
    tier: str
    answers: Answers
    targets: dict[str, int]

    @property
    def form(self) -> Form:
        return self.questionnaire.forms[self.tier]

    def score(self) -> Profile:
        return score(self.questionnaire, self.answers, tier=self.tier, targets=self.targets)

    def answered(self, answers: Answers) -> "Case":
        """The same with other answers."""
        return replace(self, answers=answers)

    def written(self, mapping: Mapping) -> "Case":
        """The same by another questionnaire."""
        return replace(self, mapping=mapping, questionnaire=build(mapping))


@st.composite
def cases(draw: DrawFn) -> Case:
    """A valid questionnaire, one of its tiers, answers and targets for it."""
    mapping = draw(mappings())
    questionnaire = build(mapping)
    tier = draw(st.sampled_from(list(questionnaire.forms)))
    form = questionnaire.forms[tier]
    answers = draw(answer_sets(form, questionnaire.definition.level))
    return Case(mapping, questionnaire, tier, answers, draw(target_sets(form, questionnaire.max_level)))
