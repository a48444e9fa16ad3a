"""Notices beside a profile: what a careful reader should know. A notice never changes a score."""

from collections.abc import Iterator, Mapping
from typing import Any

from scoring.profile import Profile, VerdictStatus

Sentences = Mapping[str, str]

DETAILS: Mapping[str, Sentences] = {
    "not_applicable_decides": {
        "en": "The verdict depends on what was left out: if every question answered “not applicable” "
        "counted as absent, it would be “{unexcluded}” instead of “{status}”.",
        "it": "Il giudizio dipende da ciò che è stato escluso: se ogni domanda con risposta «non "
        "applicabile» contasse come assente, sarebbe «{unexcluded}» invece di «{status}».",
    },
}

STATUSES: Mapping[VerdictStatus, Sentences] = {
    "met": {"en": "met", "it": "raggiunto"},
    "not_met": {"en": "not met", "it": "non raggiunto"},
    "undetermined": {"en": "still open", "it": "ancora aperto"},
    "not_assessable": {"en": "not assessable", "it": "non valutabile"},
}


def notices(profile: Profile, language: str | None) -> list[dict[str, Any]]:
    """All notices on a profile, each with a stable code and a sentence."""
    spoken = language if language in DETAILS["not_applicable_decides"] else "en"
    return [
        {"code": code, "detail": DETAILS[code][spoken or "en"].format(**_in(spoken or "en", values))}
        for code, values in _found(profile)
    ]


def _found(profile: Profile) -> Iterator[tuple[str, Mapping[str, VerdictStatus]]]:
    verdict = profile.verdict
    if verdict.if_nothing_excluded.status != verdict.status:
        yield (
            "not_applicable_decides",
            {"status": verdict.status, "unexcluded": verdict.if_nothing_excluded.status},
        )


def _in(language: str, values: Mapping[str, VerdictStatus]) -> dict[str, str]:
    return {name: STATUSES[status][language] for name, status in values.items()}
