"""Faults of a questionnaire and advice about it, told to its author; like ones are counted."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from scoring.errors import Fault, Place
from scoring.questionnaire.places import line_of, spans

STRUCTURE = "questionnaire.toml"
MAPPING = "mapping.toml"
MOST_ALIKE = 3  # more faults of the same kind are counted

# What stands below these is named by its author.
_NAMED = {
    "benchmarks",
    "bands",
    "capabilities",
    "figures",
    "functions",
    "lenses",
    "options",
    "questions",
    "roles",
    "sides",
    "tiers",
}


class Sources(NamedTuple):
    """The text of `questionnaire.toml`, by language that of `texts/<language>.toml`, and `mapping.toml`."""

    structure: str
    texts: Mapping[str, str]
    mapping: str | None = None


def tell(faults: Iterable[Fault], sources: Sources, *, every: bool = False) -> Iterator[str]:
    """A line a fault, what is about the whole first; like ones are counted unless every one is wanted."""
    alike: dict[tuple[str, str, Place], list[Fault]] = {}
    for fault in sorted(faults, key=_is_detail):
        alike.setdefault((_file(fault.place), fault.code, _shape(fault.place)), []).append(fault)
    layouts = _Layouts(sources)
    for group in alike.values():
        shown = group if every or len(group) <= MOST_ALIKE else group[:1]
        more = f" (and {len(group) - 1} more like it)" if len(shown) < len(group) else ""
        for fault in shown:
            yield f"{layouts.where(fault.place)}: {fault.detail}{more}"


def _is_detail(fault: Fault) -> bool:
    """Whether something is about a part, and not about the whole scale or gate."""
    return not fault.place or fault.place[0] in {"functions", "texts", "mapping"}


def _file(place: Place) -> str:
    if place[:1] == ("mapping",):
        return MAPPING
    return f"texts/{place[1]}.toml" if place[:1] == ("texts",) and place[1:] else STRUCTURE


def _shape(place: Place) -> Place:
    """A place without what tells it from like ones: indices, and ids of its author's."""
    return tuple(
        "*" if isinstance(step, int) or (n and place[n - 1] in _NAMED) else step
        for n, step in enumerate(place)
    )


class _Layouts:
    """Where places stand in the files, read where a fault is told."""

    def __init__(self, sources: Sources) -> None:
        self._texts = {STRUCTURE: sources.structure, MAPPING: sources.mapping or ""}
        self._texts |= {f"texts/{language}.toml": text for language, text in sources.texts.items()}

    def where(self, place: Place) -> str:
        """File, line and place: `questionnaire.toml:7: functions[3] sales / id`."""
        file = _file(place)
        inner = place[{STRUCTURE: 0, MAPPING: 1}.get(file, 2) :]
        text = self._texts.get(file, "")
        with suppress(tomllib.TOMLDecodeError, RecursionError):
            line = line_of(spans(text), inner)
            parts = [f"{file}:{line}" if line else file, _named(inner, tomllib.loads(text))]
            return ": ".join(filter(None, parts))
        return file


def _named(place: Place, content: Any) -> str:  # noqa: ANN401 -- any part of a file
    """A place with ids beside the numbers: `functions[3] sales / capabilities[0] presence`."""
    steps: list[str] = []
    for step in place:
        if isinstance(step, int) and isinstance(content, list) and step < len(content):
            content = content[step]
            name = content.get("id") if isinstance(content, dict) else None
            steps[-1] += f"[{step}]" + (f" {name}" if isinstance(name, str) else "")
        else:
            content = content.get(step) if isinstance(content, dict) else None
            steps.append(str(step))
    return " / ".join(steps)
