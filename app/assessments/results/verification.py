"""A result computed again from what was scored."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from app.assessments.models import Result
from app.assessments.results.kept import profiles_of
from app.assessments.results.service import in_all_languages
from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from scoring import AnswersRefusedError
from scoring.errors import Place, pointer_to
from scoring.request import read, score_request

Json = dict[str, Any]
MOST_DIFFERENCES = 100
WORDS = {"detail", "name", "level_text", "next_step", "evidence", "population", "source", "caveat"}


def verify(catalog: Catalog, result: Result) -> Json:
    """Compute a result again from what was scored, and say where it differs.

    Of a questionnaire that is gone or changed it says that.
    """
    request = orjson.loads(result.request)
    try:
        return compare(catalog.find(request["questionnaire"], request["version"]), result)
    except UnknownQuestionnaireError as error:
        detail = f"The questionnaire is gone: {error.reason}."
    except AnswersRefusedError as error:
        detail = "What was scored no longer fits the questionnaire."
        if not request.get("anonymous"):  # the faults name what somebody answered
            detail += f" {error}"
    stored = _digests(profiles_of(result))
    return {
        "equal": False,
        "differences": [],
        "words": [],
        "stored": stored,
        "computed": None,
        "detail": detail,
    }


def compare(edition: Edition, result: Result) -> Json:
    """The same with the questionnaire at hand; raises `AnswersRefusedError`."""
    stored = profiles_of(result)
    request, faults = read(orjson.loads(result.request))
    missing = result.participants["invited"] - len(request.responses)
    profile = score_request(edition.questionnaire, request, faults, missing)
    computed: dict[str, Json] = orjson.loads(orjson.dumps(in_all_languages(edition, profile)))
    differences = list(_differences(stored, computed, ()))
    words = [difference for difference in differences if _is_wording(difference)]
    values = [difference for difference in differences if not _is_wording(difference)]
    same = "Every number is the same." if words else "Every number and every word is the same."
    return {
        "equal": not values,
        "differences": values[:MOST_DIFFERENCES],
        "words": words[:MOST_DIFFERENCES],
        "stored": _digests(stored),
        "computed": _digests(computed),
        "detail": f"{len(values)} values differ." if values else same,
    }


def _is_wording(difference: Json) -> bool:
    """Whether it is a sentence, which a later version of the service may word otherwise."""
    said = difference["stored"], difference["computed"]
    return difference["pointer"].rpartition("/")[2] in WORDS and all(isinstance(text, str) for text in said)


def _digests(profiles: Mapping[str, Any]) -> Json:
    digests: Json = next(iter(profiles.values()))["digests"]
    return digests


def _differences(stored: object, computed: object, place: Place) -> Iterator[Json]:
    if isinstance(stored, dict) and isinstance(computed, dict):
        for key in stored:  # what a later version of the service shows in addition is no difference
            yield from _differences(stored.get(key), computed.get(key), (*place, key))
    elif isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        for index, (one, other) in enumerate(zip(stored, computed, strict=True)):
            yield from _differences(one, other, (*place, index))
    elif stored != computed:
        yield {"pointer": pointer_to(place), "stored": stored, "computed": computed}
