"""The live profile, and results that are kept for good and can be computed again."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from sqlmodel import Session

from app.assessments import store
from app.assessments.asked import edition_of, refuse_unless, response_of, score, scoring_request
from app.assessments.models import Assessment, Participant, Result
from app.assessments.work import Work
from app.catalog.service import Catalog, Edition, UnknownQuestionnaireError
from app.core.errors import MissingError, WrongStateError
from scoring import AnswersRefusedError, Profile, Response
from scoring.errors import Place
from scoring.presentation.document import present
from scoring.request import read, score_request
from scoring.respondents.anonymity import is_enough

Json = dict[str, Any]
MOST_DIFFERENCES = 100
WORDS = {"detail", "name", "level_text", "next_step", "evidence", "population", "source", "caveat"}


def live_profile(session: Session, catalog: Catalog, assessment: Assessment) -> tuple[Edition, Profile]:
    """The profile as it is now: drafts are counted while the assessment is open, and not any more after.

    Of an anonymous assessment there is one when it is closed: two from before and after one answer would
    show that answer. Raises `WrongStateError`.
    """
    refuse_unless(assessment, "open", "closed")
    _refuse_anonymous_unless_closed(assessment)
    participants = store.all_participants(session, assessment.workspace_id, assessment.id)
    counted = participants if assessment.status == "open" else submitted(participants)
    edition = edition_of(catalog, assessment)
    return edition, score(edition, assessment, _responses(counted))


def may_show(assessment: Assessment) -> bool:
    """Whether there is a live profile to show."""
    return assessment.status == "closed" or (assessment.status == "open" and not assessment.anonymous)


def _refuse_anonymous_unless_closed(assessment: Assessment) -> None:
    if assessment.anonymous and assessment.status != "closed":
        detail = "The assessment is anonymous: what it comes to is shown when it is closed."
        raise WrongStateError("not_closed", detail)


def submitted(participants: Sequence[Participant]) -> list[Participant]:
    """Those who have handed in."""
    return [participant for participant in participants if participant.submitted_at is not None]


def _responses(participants: Sequence[Participant]) -> list[Response]:
    return [response_of(participant) for participant in participants]


def keep(work: Work, assessment: Assessment, name: str | None) -> Result:
    """Keep what has been handed in, and the profile of it in every language, under the next number."""
    refuse_unless(assessment, "open", "closed")
    _refuse_anonymous_unless_closed(assessment)
    participants = store.all_participants(work.session, work.workspace, assessment.id)
    counted = submitted(participants)
    if not counted:
        raise WrongStateError("nothing_submitted", "Nobody has handed in answers yet.")
    edition = edition_of(work.catalog, assessment)
    responses = _responses(counted)
    profiles = in_all_languages(edition, score(edition, assessment, responses))
    result = Result(
        workspace_id=assessment.workspace_id,
        assessment_id=assessment.id,
        number=store.last_number(work.session, work.workspace, assessment.id) + 1,
        name=name or f"{work.moment:%Y-%m-%d}",
        created_by=work.by,
        created_at=work.moment,
        summary=in_short(next(iter(profiles.values()))),
        participants=participation(assessment, participants),
        request=orjson.dumps(scoring_request(edition, assessment, responses)),
        profiles=orjson.dumps(profiles),
    )
    work.session.add(result)
    work.session.flush()
    return result


def in_all_languages(edition: Edition, profile: Profile) -> dict[str, Json]:
    """The profile by language."""
    return {words.language or "": present(profile, words) for words in edition.all_words}


def in_short(profile: Json) -> Json:
    """What a list of results shows of each."""
    return {
        "verdict": profile["verdict"]["status"],
        "overall": profile["overall"]["score"],
        "digests": profile["digests"],
    }


def participation(assessment: Assessment, participants: Sequence[Participant]) -> Json:
    """Whose answers are counted; of an anonymous assessment nothing about fewer than five people."""
    done = len(submitted(participants))
    missing = [
        {"id": participant.id, "role": participant.role}
        for participant in participants
        if participant.submitted_at is None
    ]
    is_shown = not assessment.anonymous or (is_enough(done) and is_enough(len(missing)))
    return {
        "invited": len(participants),
        "submitted": done if is_shown else None,
        "missing": None if assessment.anonymous else missing,
    }


def get(session: Session, workspace: str, assessment: str, number: int) -> Result:
    """A result; raises `MissingError`."""
    found = store.get_result(session, workspace, assessment, number)
    if found is None:
        raise MissingError("result")
    return found


def verify(catalog: Catalog, result: Result) -> Json:
    """Compute a result again from what was scored, and say where it differs.

    Of a questionnaire that is gone or changed it says that.
    """
    request = orjson.loads(result.request)
    try:
        return compare(catalog.find(request["questionnaire"], request["version"]), result)
    except UnknownQuestionnaireError as error:
        detail = f"The questionnaire is gone: {error.detail}."
    except AnswersRefusedError as error:
        detail = f"What was scored no longer fits the questionnaire. {error}"
    stored = _digests(orjson.loads(result.profiles))
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
    stored: dict[str, Json] = orjson.loads(result.profiles)
    request, faults = read(orjson.loads(result.request))
    profile = score_request(edition.questionnaire, request, faults)
    computed: dict[str, Json] = orjson.loads(orjson.dumps(in_all_languages(edition, profile)))
    found = list(_differences(stored, computed, ()))
    words = [difference for difference in found if _is_wording(difference)]
    values = [difference for difference in found if not _is_wording(difference)]
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


def _digests(profiles: dict[str, Json]) -> Json:
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
        pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)
        yield {"pointer": pointer, "stored": stored, "computed": computed}
