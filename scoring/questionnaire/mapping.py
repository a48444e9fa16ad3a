"""What became of the questions of an older version: the declared mapping, checked from both ends (§13)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from scoring.errors import Fault, Place
from scoring.questionnaire.entries import MappingEntry
from scoring.questionnaire.form import Form, Question

Kind = Literal["same", "changed", "split", "merged", "dropped", "new"]


class Relation(NamedTuple):
    """What questions of the older version have become which of the newer one.

    `older` is empty for a new question, `newer` for a dropped one; `place` is where the mapping says so.
    """

    kind: Kind
    older: tuple[str, ...]
    newer: tuple[str, ...]
    place: Place


def relations(entry: MappingEntry) -> list[Relation]:
    """The mapping written out, in the order of its kinds; each question stands in one relation."""
    renamed = entry.renamed
    pairs: list[tuple[Kind, Sequence[str]]] = [("same", entry.same), ("changed", entry.changed)]
    return [
        *(
            Relation(kind, (renamed.get(name, name),), (name,), (kind, index))
            for kind, names in pairs
            for index, name in enumerate(names)
        ),
        *(Relation("split", (name,), parts, ("split", name)) for name, parts in entry.split.items()),
        *(Relation("merged", parts, (name,), ("merged", name)) for name, parts in entry.merged.items()),
        *(Relation("dropped", (name,), (), ("dropped", i)) for i, name in enumerate(entry.dropped)),
        *(Relation("new", (), (name,), ("new", i)) for i, name in enumerate(entry.new)),
    ]


def same_questions(entry: MappingEntry) -> dict[str, str]:
    """By id of a question, what it was called in the older version, where its answers mean the same."""
    return {name: entry.renamed.get(name, name) for name in entry.same}


def faults(entry: MappingEntry, newer: Form) -> list[Fault]:
    """Whether every question of the version itself is named exactly once."""
    named = [(name, r.place) for r in relations(entry) for name in r.newer]
    return [*_renamed(entry), *_named_once(newer, named, "")]


def faults_before(entry: MappingEntry, newer: Form, older: Form) -> list[Fault]:
    """Whether every question of the older version is named exactly once, and what is `same` really is.

    A question whose answers mean the same has the same options, worth the same points.
    """
    named = [(name, r.place) for r in relations(entry) for name in r.older]
    return [*_named_once(older, named, f" in version {entry.older}"), *_same(entry, newer, older)]


def _renamed(entry: MappingEntry) -> Iterator[Fault]:
    """Only what goes on as one question can have another id."""
    for name in entry.renamed:
        if name not in {*entry.same, *entry.changed}:
            detail = f"{name} stands neither in `same` nor in `changed`"
            yield Fault(("mapping", "renamed", name), "dangling_reference", detail)


def _named_once(form: Form, named: Sequence[tuple[str, Place]], there: str) -> Iterator[Fault]:
    known = {question.id for question in form.questions}
    seen: Counter[str] = Counter()
    for name, place in named:
        seen[name] += 1
        if name not in known:
            detail = f"there is no question {name!r}{there}"
            yield Fault(("mapping", *place), "dangling_reference", detail)
        elif seen[name] > 1:
            yield Fault(("mapping", *place), "repeated_id", f"the question {name!r}{there} is named twice")
    for question in form.questions:
        if not seen[question.id]:
            detail = f"nothing is said of the question {question.id!r}{there}"
            yield Fault(("mapping",), "unmapped_question", detail)


def _same(entry: MappingEntry, newer: Form, older: Form) -> Iterator[Fault]:
    for index, (name, before) in enumerate(same_questions(entry).items()):
        now, then = newer.question_of.get(name), older.question_of.get(before)
        if now and then and _worth(now) != _worth(then):
            detail = f"the options of {name!r} are not worth what they were worth in version {entry.older}"
            yield Fault(("mapping", "same", index), "not_the_same", detail)


def _worth(question: Question) -> dict[str, int]:
    return dict(question.points)
