"""A participant's answers are reached through doors; without one, they cannot be read by mistake."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import InvalidRequestError

from app.assessments.life import service as life
from app.assessments.participants import service as participants
from app.assessments.participants.doors import for_consultancy, for_respondent
from app.assessments.results import service as results
from app.core.callers import Caller
from app.core.errors import ForbiddenError, MissingError
from app.core.listings import Asked
from app.core.resources import Resources, Work
from tests.kit.portal import Portal

DIALOGUE = "marketing.dialogue"


@pytest.fixture
def work(portal: Portal) -> Iterator[Work]:
    """The work of somebody who asks, as a route gets it."""
    resources: Resources = portal.client.app.state.resources  # type: ignore[attr-defined] # it is a FastAPI
    with resources.reading(Caller(portal.workspace, "key_test")) as work:
        yield work


@pytest.fixture
def anonymous(portal: Portal) -> tuple[str, str]:
    """Ids of an anonymous assessment and of a participant who has answered."""
    return answered(portal, is_anonymous=True)


def answered(portal: Portal, *, is_anonymous: bool) -> tuple[str, str]:
    assessment = portal.assessment(anonymous=is_anonymous)
    respondent = portal.invited(assessment, role="cmo")
    respondent.patch("/respondent/answers", {"answers": {DIALOGUE: "4"}}, If_Match='"0"')
    (participant,) = portal.get(f"{assessment}/participants")["data"]
    return assessment.rpartition("/")[2], participant["id"]


def test_the_consultancy_finds_the_answers_of_an_assessment_with_names(portal: Portal, work: Work) -> None:
    assert for_consultancy(work, *answered(portal, is_anonymous=False)).participant.answers == {DIALOGUE: "4"}


def test_the_consultancy_s_door_is_shut_where_the_assessment_is_anonymous(
    anonymous: tuple[str, str], work: Work
) -> None:
    with pytest.raises(ForbiddenError):
        for_consultancy(work, *anonymous)


def test_the_respondent_s_door_is_open(anonymous: tuple[str, str], work: Work) -> None:
    own = work._replace(caller=Caller(work.workspace, anonymous[1]))
    assert for_respondent(own, anonymous[0]).participant.answers == {DIALOGUE: "4"}


@pytest.mark.parametrize("field", ["answers", "changed"])
def test_a_participant_found_otherwise_comes_without_answers(
    anonymous: tuple[str, str], work: Work, field: str
) -> None:
    assessment = life.get(work, anonymous[0])
    for participant in (
        participants.get(work, assessment, anonymous[1]),
        *participants.get_all(work, assessment, [anonymous[1]]),
        *participants.list_after(work, assessment, Asked.by("created"), "", 10),
    ):
        with pytest.raises((InvalidRequestError, AttributeError)):
            getattr(participant, field)


def test_another_workspace_finds_nobody(anonymous: tuple[str, str], work: Work) -> None:
    elsewhere = work._replace(caller=Caller("wsp_elsewhere", anonymous[1]))
    with pytest.raises(MissingError):
        for_respondent(elsewhere, anonymous[0])


def test_who_calls_finds_nobody_else_s_answers(anonymous: tuple[str, str], work: Work) -> None:
    with pytest.raises(MissingError):
        for_respondent(work, anonymous[0])


def test_what_was_scored_stays_sealed_in_a_result_of_an_anonymous_assessment(portal: Portal) -> None:
    path = portal.assessment(anonymous=True)
    for _ in range(5):
        portal.invited(path, role="cmo").post("/respondent/submission", {"incomplete": True})
    portal.patch(path, {"status": "closed"})
    portal.post(f"{path}/results", {})
    resources: Resources = portal.client.app.state.resources  # type: ignore[attr-defined] # it is a FastAPI
    with resources.reading(Caller(portal.workspace, "key_test")) as work:
        result = results.get(work, life.get(work, path.rpartition("/")[2]), 1)
        with pytest.raises(InvalidRequestError):
            _ = result.request
