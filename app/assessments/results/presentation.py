"""Results as the API shows them."""

from typing import Any

import orjson

from app.assessments.models import Result
from app.assessments.results.kept import profiles_of

Json = dict[str, Any]


def summarize(result: Result) -> Json:
    """A result in short."""
    return {
        "number": result.number,
        "name": result.name,
        "created_at": result.created_at,
        "created_by": result.created_by,
        **{name: said for name, said in result.summary.items() if name != "figures"},
    }


def present_result(result: Result, language: str, *, anonymous: bool) -> tuple[str | None, Json]:
    """A result with its profile in this language, else in one that there is; and which it is.

    What was scored is shown too, unless the assessment is anonymous.
    """
    profiles = profiles_of(result)
    spoken = next(name for name in (language, "en", next(iter(profiles))) if name in profiles)
    return spoken or None, summarize(result) | {
        "assessment": result.assessment_id,
        "participants": result.participants,
        "profile": profiles[spoken],
        "request": None if anonymous else orjson.loads(result.request),
    }
