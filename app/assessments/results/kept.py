"""What a result keeps, read in today's shape."""

import orjson

from app.assessments.models import Result
from scoring.presentation.shapes import ProfileDocument


def profiles_of(result: Result) -> dict[str, ProfileDocument]:
    """The profile by language; what was kept by an earlier version of the service has what it lacks.

    No number and no word is another. Before a capability could be only shown, every one was scored.
    """
    profiles: dict[str, ProfileDocument] = orjson.loads(result.profiles)
    for profile in profiles.values():
        for function in profile["functions"]:
            for capability in function["capabilities"]:
                capability.setdefault("scored", True)
    return profiles
