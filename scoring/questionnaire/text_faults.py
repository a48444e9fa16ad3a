"""Faults between a questionnaire's words and its structure, all of them, each with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scoring.errors import Fault, Place
from scoring.questionnaire.entries import Structure
from scoring.questionnaire.faults import dangling
from scoring.questionnaire.form import FULL, Form
from scoring.questionnaire.texts import Texts


def faults(written: Structure, full: Form) -> list[Fault]:
    """Texts for what does not exist, and lists of texts of another length than the scale."""
    return [
        fault
        for language, texts in written.texts.items()
        for fault in _texts(("texts", language), texts, written, full)
    ]


def _texts(place: Place, texts: Texts, written: Structure, full: Form) -> Iterator[Fault]:
    yield from _lists(place, texts, written.max_level, _with_own_options(written))
    for path, keys, known in _tables(texts, written, full):
        for key in keys:
            if key not in known:
                yield dangling((*place, *path, key), "part of the questionnaire", key)


def _with_own_options(written: Structure) -> set[str]:
    """Ids of the capabilities with options of their own, whose steps are not those of the scale."""
    return {
        f"{function.id}.{capability.id}"
        for function in written.functions
        for capability in function.capabilities
        if capability.options is not None
    }


def _lists(place: Place, texts: Texts, max_level: int, own_options: set[str]) -> Iterator[Fault]:
    """Lists of levels and of actions that are shorter or longer than the scale.

    A capability with options of its own may have one action, which is that of every level.
    """
    levels: dict[Place, Sequence[object] | None] = {("levels",): texts.levels}
    actions: dict[Place, Sequence[object] | None] = {}
    for name, capability in texts.capabilities.items():
        levels["capabilities", name, "levels"] = capability.levels
        if name not in own_options or len(capability.actions or ()) != 1:
            actions["capabilities", name, "actions"] = capability.actions
    for lists, wanted, each in (
        (levels, max_level + 1, "level from 0"),
        (actions, max_level, "step from one level to the next"),
    ):
        for path, entries in lists.items():
            if entries is not None and len(entries) != wanted:
                detail = f"there have to be {wanted} texts, one for each {each}"
                yield Fault((*place, *path), "texts_incomplete", detail)


def _tables(texts: Texts, written: Structure, full: Form) -> Iterator[tuple[Place, Iterable[str], set[str]]]:
    """Every table of texts: where it stands, its keys, and the ids they may be."""
    bands = written.self_rating.bands if written.self_rating else ()
    figures = {study.id: {figure.id for figure in study.figures} for study in written.benchmarks}
    yield ("lenses",), texts.lenses, set(written.lenses)
    yield ("tiers",), texts.tiers, {FULL, *written.tiers}
    yield ("roles",), texts.roles, {role.id for role in written.roles}
    yield ("sides",), texts.sides, set(written.known_sides)
    yield ("functions",), texts.functions, set(full.function_of)
    yield ("capabilities",), texts.capabilities, set(full.capability_of)
    yield ("questions",), texts.questions, set(full.question_of)
    if written.importance is None:
        yield ("importance",), texts.importance.model_fields_set, set()
    yield ("self_rating", "bands"), texts.self_rating.bands, {band.id for band in bands}
    yield ("benchmarks",), texts.benchmarks, set(figures)
    for name, study in texts.benchmarks.items():
        yield ("benchmarks", name, "figures"), study.figures, figures.get(name, set())
    options = _options_by_reference(full)
    for name, capability in texts.capabilities.items():
        yield ("capabilities", name, "options"), capability.options, options.get(name, set())
    for name, question in texts.questions.items():
        yield ("questions", name, "options"), question.options, options.get(name, set())


def _options_by_reference(full: Form) -> Mapping[str, set[str]]:
    """Option ids by the id of a question, and of a capability over all of its questions."""
    options = {name: set(question.points) for name, question in full.question_of.items()}
    for name, capability in full.capability_of.items():
        options[name] = {option for q in capability.questions for option in q.points}
    return options
