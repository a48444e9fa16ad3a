"""The live profile, and results that are kept for good.

Profiles are computed outside of the transaction that writes: `State` says what they were computed from,
and whoever writes makes sure that it is still so.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from app.assessments import store
from app.assessments.disclosure import (
    counted_submitted,
    is_told,
    may_show_profile,
    refuse_profile,
    refuse_too_few,
)
from app.assessments.life import service as life
from app.assessments.method import edition_of, response_of, score, scoring_request
from app.assessments.models import Assessment, Participant, Result
from app.assessments.results.figures import figures_of
from app.core.editions import Edition
from app.core.errors import MissingError, OutdatedError, WrongStateError
from app.core.listings import Asked
from app.core.resources import Work
from scoring import Profile, Response
from scoring.errors import Place
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument

Json = dict[str, Any]


class LiveProfile(NamedTuple):
    """A profile, by which edition, of how many who are asked, and the answers that are counted in it."""

    edition: Edition
    profile: Profile
    invited: int
    counted: Sequence[Response]


def live_profile(work: Work, assessment: Assessment) -> LiveProfile:
    """The profile as it is now: drafts are counted while the assessment is open, and not any more after.

    Raises `WrongStateError` where there is none to show.
    """
    refuse_profile(assessment)
    participants = store.all_participants(work.session, work.workspace, assessment.id)
    refuse_too_few(assessment, len(submitted(participants)))
    return profile_of(work, assessment, participants)


def profile_if_shown(work: Work, assessment: Assessment, language: str) -> Mapping[str, object] | None:
    """The profile as it is now, shown in a language; `None` where none may be shown."""
    if not may_show_profile(assessment):
        return None
    participants = store.all_participants(work.session, work.workspace, assessment.id)
    if not is_told(assessment, len(submitted(participants))):
        return None
    edition, profile, *_ = profile_of(work, assessment, participants)
    return present(profile, edition.words(language), edition.prepared(language))


def profile_of(work: Work, assessment: Assessment, participants: Sequence[Participant]) -> LiveProfile:
    """The profile of an assessment that these take part in."""
    counted = counted_of(assessment, participants)
    edition = edition_of(work.catalog, assessment)
    invited = len(participants)
    profile = score(edition, assessment, counted, invited - len(counted))
    return LiveProfile(edition, profile, invited, counted)


def counted_of(assessment: Assessment, participants: Sequence[Participant]) -> list[Response]:
    """The answers that are counted now: drafts as well while the assessment is open."""
    return _responses(participants if assessment.status == "open" else submitted(participants))


def submitted(participants: Sequence[Participant]) -> list[Participant]:
    """Those who have handed in."""
    return [participant for participant in participants if participant.submitted_at is not None]


def _responses(participants: Sequence[Participant]) -> list[Response]:
    return [response_of(participant) for participant in participants]


# What has to be the same when it is written as it was when the profile was computed.
State = tuple[Any, ...]


class Foreseen(NamedTuple):
    """The profile that there will be, and what it is computed from; `None` where none may be shown."""

    profile: Mapping[str, object] | None
    state: State
    invited: int


def foresee(
    work: Work,
    assessment: Assessment,
    participant: Participant,
    participants: Sequence[Participant],
    language: str,
) -> Foreseen:
    """The profile of all when this one of them has handed in, shown in a language."""
    state = _foreseen_state(assessment, participant, [other.id for other in participants])
    if not may_show_profile(assessment):
        return Foreseen(None, state, len(participants))
    edition = edition_of(work.catalog, assessment)
    responses = [
        response_of(p).model_copy(update={"submitted": True}) if p.id == participant.id else response_of(p)
        for p in participants
    ]
    profile = score(edition, assessment, responses)
    shown = present(profile, edition.words(language), edition.prepared(language))
    return Foreseen(shown, state, len(participants))


def refuse_unforeseen(
    work: Work, foreseen: Foreseen, assessment: Assessment, participant: Participant
) -> None:
    """Raises `OutdatedError` where something else is handed in than was foreseen, or somebody has gone.

    What others answer at the same moment may be counted or not, as if it came just before or after.
    """
    ids = [state[0] for state in store.states_of_participants(work.session, work.workspace, assessment.id)]
    if _foreseen_state(assessment, participant, ids) != foreseen.state:
        raise OutdatedError


def _foreseen_state(assessment: Assessment, participant: Participant, ids: Sequence[str]) -> State:
    own = participant.revision, participant.role, participant.functions
    return assessment.revision, *own, *ids


class Prepared(NamedTuple):
    """A result that is not written yet, without its number, and what it is computed from."""

    result: Json
    state: State
    invited: int


def prepare(work: Work, assessment_id: str, name: str | None) -> Prepared:
    """What has been handed in, and the profile of it in every language; raises `WrongStateError`."""
    assessment = life.get(work, assessment_id)
    refuse_profile(assessment)
    participants = store.all_participants(work.session, work.workspace, assessment.id)
    counted = submitted(participants)
    refuse_too_few(assessment, len(counted))
    if not counted:
        raise WrongStateError("nothing_submitted", "Nobody has handed in answers yet.")
    edition = edition_of(work.catalog, assessment)
    responses = _responses(counted)
    missing = len(participants) - len(counted)
    profiles = in_all_languages(edition, score(edition, assessment, responses, missing))
    result = {
        "name": name or f"{work.moment:%Y-%m-%d}",
        "summary": in_short(next(iter(profiles.values()))),
        "participants": participation(assessment, participants),
        "request": orjson.dumps(scoring_request(edition, assessment, responses)),
        "profiles": orjson.dumps(profiles),
    }
    return Prepared(result, (assessment.revision, *map(store.state_of, participants)), len(participants))


def keep(work: Work, assessment: Assessment, prepared: Prepared) -> Result:
    """Keep what has been prepared under the next number; raises `OutdatedError`.

    The assessment is locked, so that nobody's answers change any more until it is written.
    """
    refuse_profile(assessment)
    states = store.states_of_participants(work.session, work.workspace, assessment.id)
    if (assessment.revision, *states) != prepared.state:
        raise OutdatedError
    result = Result(
        workspace_id=assessment.workspace_id,
        assessment_id=assessment.id,
        number=store.last_number(work.session, work.workspace, assessment.id) + 1,
        created_by=work.caller.id,
        created_at=work.moment,
        **prepared.result,
    )
    work.session.add(result)
    work.session.flush()
    return result


def in_all_languages(edition: Edition, profile: Profile) -> dict[str, ProfileDocument]:
    """The profile by language."""
    return {words.language or "": present(profile, words) for words in edition.all_words}


def in_short(profile: ProfileDocument) -> Json:
    """What a list of results shows of each, and the figures that it is compared by."""
    return {
        "verdict": profile["verdict"]["status"],
        "overall": profile["overall"]["score"],
        "digests": profile["digests"],
        "figures": figures_of(profile),
    }


def participation(assessment: Assessment, participants: Sequence[Participant]) -> Json:
    """Whose answers are counted; of an anonymous assessment nothing about fewer than five people."""
    invited, done = len(participants), len(submitted(participants))
    missing = [
        {"id": participant.id, "role": participant.role}
        for participant in participants
        if participant.submitted_at is None
    ]
    return {
        "invited": invited,
        "submitted": counted_submitted(assessment, invited, done),
        "missing": None if assessment.anonymous else missing,
    }


def get(work: Work, assessment: Assessment, number: int) -> Result:
    """A result, of an anonymous assessment without what was scored; raises `MissingError`."""
    return _found(store.get_result(work.session, assessment, number, with_request=not assessment.anonymous))


def get_to_verify(work: Work, assessment_id: str, number: int, place: Place = ()) -> Result:
    """A result with what was scored, to compute it again; raises `MissingError`, which names the `place`."""
    assessment = life.get(work, assessment_id)
    return _found(store.get_result(work.session, assessment, number, with_request=True), place)


def _found(result: Result | None, place: Place = ()) -> Result:
    if result is None:
        raise MissingError("result", place)
    return result


def list_after(work: Work, assessment_id: str, asked: Asked, after: str, most: int) -> Sequence[Result]:
    """A page of results in short, as rows that read like them."""
    own = {"workspace": work.workspace, "assessment": assessment_id}
    return store.RESULTS.rows(work.session, own, asked, after, most)


def key_of(asked: Asked, result: Result) -> str:
    """What a page that ends with this result goes on behind."""
    return store.RESULTS.key(asked, result)
