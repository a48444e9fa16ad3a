"""What people rated before they answered, beside what the answers come to (§9)."""

from collections.abc import Sequence

from app.reports.reading import Reading
from scoring.presentation.respondent_shapes import ImportanceProfile, SelfRatingProfile


def rated(reading: Reading) -> Sequence[tuple[str, str]]:
    """Importance and self-rating, as names and sentences; of each only where somebody gave one."""
    document, speech = reading.document, reading.speech
    lines: list[tuple[str, str]] = []
    if (important := document.get("importance")) is not None:
        said, difference = (
            _said(important, reading, "importance_said", "importance_unknown"),
            important["difference"] or 0,
        )
        if difference > 0:
            said = speech("importance_gap", said=said, difference=speech.number(difference))
        lines.append((speech("importance"), said))
    if (own := document["self_rating"]) is not None:
        lines.append((speech("self_rating"), _said(own, reading, "self_rating_said", "self_rating_unknown")))
    return lines


def _said(ratings: ImportanceProfile | SelfRatingProfile, reading: Reading, said: str, unknown: str) -> str:
    speech = reading.speech
    values = [
        speech("rated", value=rating["value"], role=reading.role_name(rating["role"]))
        if rating["role"] is not None
        else str(rating["value"])
        for rating in ratings["values"]
    ]
    listed = speech.listed(values or [str(ratings["value"])])
    if ratings["scored_equivalent"] is None:
        return speech(unknown, values=listed)
    equivalent = speech.number(ratings["scored_equivalent"])
    return speech(said, n=len(values), values=listed, equivalent=equivalent)
