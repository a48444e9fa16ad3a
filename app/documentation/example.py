"""What an example consists of, and how much of a long answer it shows."""

from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

from app.catalog.presentation import present_questionnaire
from app.core.editions import Edition

Json = dict[str, Any]


class Example(NamedTuple):
    """What an operation may be asked, and answers; `None` where it has no body. `several` at once."""

    request: Json | None
    answer: Mapping[str, Any] | None
    several: "Example | None" = None


def page(item: Json, next_cursor: str | None = None) -> Json:
    """A page of a list with one item."""
    return {"data": [item], "next_cursor": next_cursor}


def changes_in_outline(difference: Mapping[str, Any]) -> Json:
    """A comparison without what became of the parts of a company, and of the clauses."""
    verdict = {**difference["verdict"], "clauses": []}
    return {**difference, "functions": [], "lenses": [], "verdict": verdict, "notices": []}


def in_outline(profile: Mapping[str, Any]) -> Json:
    """A profile without its parts, which the example of a score shows."""
    return {
        **profile,
        "functions": [],
        "lenses": [],
        "gaps": [],
        "collaboration": None,
        "respondents": None,
        "self_rating": None,
        "notices": [],
    }


def first_of(answers: Mapping[str, Any]) -> Json:
    """What a participant has answered, without most of the answers."""
    return {**answers, "answers": dict(islice(answers["answers"].items(), 3))}


def short_questionnaire(edition: Edition) -> Json:
    """A questionnaire in outline: its first sentence, its shortest tier, and a capability of one function."""
    whole = present_questionnaire(edition, "en")
    first = whole["functions"][0]
    capability = min(first["capabilities"], key=lambda each: len(each["why"] + each["evidence"]))
    sentence, *_ = whole["introduction"].partition(". ")
    tiers = sorted(whole["tiers"].items(), key=lambda tier: len(tier[1]["questions"]))
    return whole | {
        "introduction": f"{sentence}.",
        "tiers": dict(tiers[:1]),
        "functions": [first | {"capabilities": [capability]}],
        "self_rating": None,
        "benchmarks": [],
    }
