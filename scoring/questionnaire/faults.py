"""Faults of a questionnaire that only its parts together show (§2), all of them, each with its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.errors import Fault, Place
from scoring.questionnaire.entries import BenchmarkEntry, OptionEntry, Structure
from scoring.questionnaire.expand import DEFAULT_STEP_EFFORTS, cut
from scoring.questionnaire.form import FULL, Form, Function

Step = tuple[str, int]  # a capability at a level

RESERVED_SIDES = {"id", "difference"}  # the other keys of a perception gap
RESERVED_OPTIONS = {"dont_know", "not_applicable"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A questionnaire as written beside its full form: what the checks compare."""

    written: Structure
    full: Form

    @property
    def references(self) -> set[str]:
        """Ids of questions and capabilities, by which questions are named."""
        return {*self.full.question_of, *self.full.capability_of}


def faults(written: Structure, full: Form) -> list[Fault]:
    """All faults between the parts of a questionnaire (§2)."""
    checked = Checked(written, full)
    checks = (_ids, _options, _levels, _efforts, _tiers, _roles, _prerequisites, _benchmarks)
    return [fault for check in checks for fault in check(checked)]


def dangling(place: Place, what: str, reference: str) -> Fault:
    """The fault of a reference that leads nowhere."""
    return Fault(place, "dangling_reference", f"there is no {what} {reference!r}")


def _repeated(place: Place, ids: Sequence[object]) -> Iterator[Fault]:
    seen = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield Fault((*place, index), "repeated_id", f"the id {name!r} is repeated")
        seen.add(name)


def _ids(checked: Checked) -> Iterator[Fault]:
    written = checked.written
    yield from _repeated(("functions",), [f.id for f in written.functions])
    yield from _repeated(("lenses",), written.lenses)
    yield from _repeated(("sides",), written.sides)
    named: list[tuple[Place, str | None]] = [(("sides", i), side) for i, side in enumerate(written.sides)]
    named += [(("roles", r, "side"), role.side) for r, role in enumerate(written.roles)]
    for where, side in named:
        if side in RESERVED_SIDES:
            yield Fault(where, "reserved_id", f"the id {side!r} is reserved")
    yield from _repeated(("roles",), [r.id for r in written.roles])
    yield from _repeated(("benchmarks",), [b.id for b in written.benchmarks])
    for tier, entry in written.tiers.items():
        yield from _repeated(("tiers", tier, "questions"), entry.questions)
    if written.self_rating:
        bands = [band.id for band in written.self_rating.bands]
        yield from _repeated(("self_rating", "bands"), bands)
    for f, function in enumerate(written.functions):
        place: Place = ("functions", f, "capabilities")
        yield from _repeated(place, [c.id for c in function.capabilities])
        for c, capability in enumerate(function.capabilities):
            questions = capability.questions or ()
            yield from _repeated((*place, c, "questions"), [q.id for q in questions])
            if capability.lens is not None and capability.lens not in written.lenses:
                yield dangling((*place, c, "lens"), "lens", capability.lens)


def _option_lists(written: Structure) -> Iterator[tuple[Place, Sequence[OptionEntry]]]:
    for f, function in enumerate(written.functions):
        for c, capability in enumerate(function.capabilities):
            place: Place = ("functions", f, "capabilities", c)
            if capability.options is not None:
                yield (*place, "options"), capability.options
            for q, question in enumerate(capability.questions or ()):
                if question.options is not None:
                    yield (*place, "questions", q, "options"), question.options


def _options(checked: Checked) -> Iterator[Fault]:
    top = checked.written.max_level * POINTS_PER_LEVEL
    for place, options in _option_lists(checked.written):
        yield from _repeated(place, [option.id for option in options])
        for index, option in enumerate(options):
            if option.id in RESERVED_OPTIONS:
                detail = f"the id {option.id!r} is reserved"
                yield Fault((*place, index, "id"), "reserved_id", detail)
            if option.points > top:
                detail = f"points lie between 0 and {top}"
                yield Fault((*place, index, "points"), "points_out_of_range", detail)
        points = {option.points for option in options}
        if 0 not in points:
            yield Fault(place, "no_zero_option", "one option has to be worth 0")
        if top not in points:
            yield Fault(place, "no_top_option", f"one option has to be worth {top}")


def _levels(checked: Checked) -> Iterator[Fault]:
    written = checked.written
    if written.definition.level > written.max_level:
        between = f"the definition's level lies between 1 and {written.max_level}"
        detail = (
            f"{between}, such as definition = {{ level = {written.max_level} }}; where it is absent it is 4"
        )
        yield Fault(("definition", "level"), "level_out_of_range", detail)
    bands = written.self_rating.bands if written.self_rating else ()
    limits = [band.up_to for band in bands]
    if limits and (limits != sorted(set(limits)) or limits[-1] != 10):  # noqa: PLR2004
        detail = "the bands have to rise and the last to end at 10"
        yield Fault(("self_rating", "bands"), "bands_incomplete", detail)


def _efforts(checked: Checked) -> Iterator[Fault]:
    written = checked.written
    example = ", ".join(map(str, range(1, written.max_level + 1)))
    steps = f"there have to be {written.max_level} step efforts, one from each level to the next"
    detail = f"{steps}, such as step_efforts = [{example}]"
    general = DEFAULT_STEP_EFFORTS if written.step_efforts is None else written.step_efforts
    needed = written.step_efforts is not None
    for f, function in enumerate(written.functions):
        for c, capability in enumerate(function.capabilities):
            if capability.step_efforts is None:
                needed = True
            elif len(capability.step_efforts) != written.max_level:
                place: Place = ("functions", f, "capabilities", c, "step_efforts")
                yield Fault(place, "step_efforts_incomplete", detail)
    if needed and len(general) != written.max_level:
        yield Fault(("step_efforts",), "step_efforts_incomplete", detail)


def _tiers(checked: Checked) -> Iterator[Fault]:
    references = checked.references
    yield from _enough_scored(checked, FULL, checked.full.functions)
    for tier, entry in checked.written.tiers.items():
        place: Place = ("tiers", tier)
        if tier == FULL:
            yield Fault(place, "reserved_id", "the tier 'full' is the whole questionnaire")
        for index, reference in enumerate(entry.questions):
            if reference not in references:
                yield dangling((*place, "questions", index), "question or capability", reference)
        yield from _enough_scored(checked, tier, cut(checked.full.functions, entry.questions))


def _enough_scored(checked: Checked, tier: str, functions: Iterable[Function]) -> Iterator[Fault]:
    wanted = checked.written.definition.min_applicable
    there = sum(function.scored and bool(function.counted) for function in functions)
    if wanted > there:
        detail = (
            f"the tier {tier!r} has {there} scored functions, fewer than the {wanted} that have to apply: "
            f"write definition = {{ min_applicable = {there} }}"
        )
        yield Fault(("definition", "min_applicable"), "too_few_functions", detail)


def _roles(checked: Checked) -> Iterator[Fault]:
    written = checked.written
    patterns = {
        "*",
        *checked.references,
        *(f"{function.id}.*" for function in written.functions),
        *(f"lens:{lens}" for lens in written.lenses),
    }
    for r, role in enumerate(written.roles):
        if written.sides and role.side is not None and role.side not in written.sides:
            yield dangling(("roles", r, "side"), "side", role.side)
        for a, pattern in enumerate(role.asked):
            if pattern not in patterns:
                yield dangling(("roles", r, "asked", a), "question, function or lens", pattern)


def _prerequisites(checked: Checked) -> Iterator[Fault]:
    steps: list[tuple[Step, Step]] = []
    for p, entry in enumerate(checked.written.prerequisites):
        first = (entry.capability, entry.level)
        yield from _step_faults(checked, ("prerequisites", p), *first, field="capability")
        for b, reference in enumerate(entry.before):
            place: Place = ("prerequisites", p, "before", b)
            name, _, digits = reference.partition("@")
            if not (digits.isascii() and digits.isdigit()):
                yield Fault(place, "malformed_reference", "write function.capability@level")
                continue
            yield from _step_faults(checked, place, name, int(digits[:9]))
            steps.append((first, (name, int(digits[:9]))))
    while circle := _circle(checked, steps):
        names = " before ".join(f"{name}@{level}" for name, level in circle)
        yield Fault(("prerequisites",), "prerequisite_circle", f"a circle: {names}")
        steps = [step for step in steps if not set(step) <= set(circle)]


def _circle(checked: Checked, steps: Iterable[tuple[Step, Step]]) -> list[Step]:
    """Steps that each have to come before the next, the last being the first; empty where there are none."""
    graph: TopologicalSorter[Step] = TopologicalSorter()
    for name in checked.full.capability_of:
        for level in range(1, checked.written.max_level):
            graph.add((name, level + 1), (name, level))
    for first, then in steps:
        graph.add(then, first)
    try:
        graph.prepare()
    except CycleError as error:
        circle: list[Step] = error.args[1]
        return circle
    return []


def _step_faults(
    checked: Checked, place: Place, name: str, level: int, field: str | None = None
) -> Iterator[Fault]:
    if name not in checked.full.capability_of:
        yield dangling((*place, field) if field else place, "capability", name)
    if not 1 <= level <= checked.written.max_level:
        detail = f"a level lies between 1 and {checked.written.max_level}"
        yield Fault((*place, "level") if field else place, "level_out_of_range", detail)


def _benchmarks(checked: Checked) -> Iterator[Fault]:
    written = checked.written
    known = {benchmark.id for benchmark in written.benchmarks}
    rating = written.self_rating
    if rating and rating.benchmark is not None and rating.benchmark not in known:
        yield dangling(("self_rating", "benchmark"), "benchmark", rating.benchmark)
    for b, benchmark in enumerate(written.benchmarks):
        yield from _figures(checked, ("benchmarks", b, "figures"), benchmark)


def _figures(checked: Checked, place: Place, benchmark: BenchmarkEntry) -> Iterator[Fault]:
    yield from _repeated(place, [(figure.id, figure.side) for figure in benchmark.figures])
    for index, figure in enumerate(benchmark.figures):
        if figure.side is not None and figure.side not in checked.written.known_sides:
            yield dangling((*place, index, "side"), "side", figure.side)
        if figure.interval and not figure.interval[0] <= figure.percent <= figure.interval[1]:
            detail = "the interval has to contain the percentage"
            yield Fault((*place, index, "interval"), "interval_out_of_range", detail)
        if figure.question is None and figure.option is None:
            continue
        question = checked.full.question_of.get(figure.question or "")
        if question is None:
            yield dangling((*place, index, "question"), "question", figure.question or "")
        elif figure.option is not None and figure.option not in question.points:
            yield dangling((*place, index, "option"), "option", figure.option)
