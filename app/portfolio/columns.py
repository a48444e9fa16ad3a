"""How the table of a portfolio's profiles is asked for: columns, tier, targets."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from scoring import AnswersRefusedError, Fault
from scoring.batch import Batch
from scoring.batch.columns import capability_columns, column_types
from scoring.batch.header import Ignorable
from scoring.questionnaire.definition import Questionnaire

IGNORABLE: tuple[Ignorable, ...] = get_args(Ignorable)
TARGET = re.compile(r"[a-z0-9_.-]{1,200}=[0-9]{1,3}")


def usual_columns(questionnaire: Questionnaire, tier: str) -> list[str] | None:
    """All columns but those of capabilities; `None` for an unknown tier, which `Batch` refuses."""
    form = questionnaire.forms.get(tier)
    if form is None:
        return None
    of_capabilities = {name for capability in form.capability_of for name in capability_columns(capability)}
    return [name for name in column_types(questionnaire, form) if name not in of_capabilities]


def prepare(
    questionnaire: Questionnaire,
    tier: str,
    targets: Mapping[str, int],
    patterns: Sequence[str],
    ignore: Collection[Ignorable] = (),
) -> Batch:
    """The batch for the columns of some patterns, the usual ones without any.

    Raises `AnswersRefusedError` with the faults of tier, targets and patterns.
    """
    usual = usual_columns(questionnaire, tier)
    columns = list(patterns) if patterns and usual else usual
    return Batch(questionnaire, tier=tier, targets=targets, columns=columns, ignore=ignore)


def parse_targets(texts: Sequence[str]) -> dict[str, int]:
    """Targets written as `sales=3`; raises `AnswersRefusedError` for what is no such thing."""
    malformed = [
        Fault(("targets", index), "malformed_target", "write a target as sales=3")
        for index, text in enumerate(texts)
        if not TARGET.fullmatch(text)
    ]
    if malformed:
        raise AnswersRefusedError(malformed)
    pairs = (text.split("=") for text in texts)
    return {name: int(level) for name, level in pairs}


def parse_ignored(texts: Sequence[str]) -> list[Ignorable]:
    """What is to be ignored; raises `AnswersRefusedError` for anything else than `unasked`, `unmatched`."""
    found: list[Ignorable] = [name for name in IGNORABLE if name in texts]
    detail = f"what can be ignored is {' or '.join(IGNORABLE)}"
    unknown = [
        Fault(("ignore", index), "unknown_value", detail)
        for index, text in enumerate(texts)
        if text not in IGNORABLE
    ]
    if unknown:
        raise AnswersRefusedError(unknown)
    return found
