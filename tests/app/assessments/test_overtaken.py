"""What was computed before it is written is not written where it no longer holds."""

from collections.abc import Callable

import pytest

from app.assessments.life import service as life
from app.assessments.participants.submission import Submission
from app.assessments.results import service as results
from app.core.callers import Caller
from app.core.errors import OutdatedError
from app.core.resources import Resources
from tests.kit.portal import Portal

HANDED_IN = {"incomplete": True}


class Two:
    """An open assessment with two participants, of whom the first has handed in."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.path = portal.assessment()
        self.first, self.second = (portal.participant(self.path, role="cmo") for _ in range(2))
        portal.answer(self.first, {"marketing.dialogue": {"option": "3", "comment": "Confided."}})
        portal.post(f"{self.first}/submission", HANDED_IN)
        self.resources: Resources = portal.client.app.state.resources  # type: ignore[attr-defined] # it is a FastAPI
        self.caller = Caller(portal.workspace, "key_test")

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.path.rpartition("/")[2]

    def remove_first(self) -> None:
        self.portal.delete(self.first)

    def reopen_first(self) -> None:
        self.portal.delete(f"{self.first}/submission", 200)

    def hand_in_second(self) -> None:
        self.portal.post(f"{self.second}/submission", HANDED_IN)

    def answer_second(self) -> None:
        self.portal.answer(self.second, {"marketing.dialogue": "4"})

    def set_targets(self) -> None:
        self.portal.settle(self.path, "targets", {"sales": 5})


@pytest.fixture
def two(portal: Portal) -> Two:
    return Two(portal)


@pytest.mark.parametrize(
    "change", [Two.remove_first, Two.reopen_first, Two.hand_in_second, Two.answer_second, Two.set_targets]
)
def test_a_result_is_kept_of_what_there_is(two: Two, change: Callable[[Two], None]) -> None:
    with two.resources.reading(two.caller) as work:
        prepared = results.prepare(work, two.id, None)
    change(two)
    with pytest.raises(OutdatedError), two.resources.writing(two.caller) as work:
        results.keep(work, life.lock(work, two.id), prepared)
    assert two.portal.get(f"{two.path}/results")["data"] == []


@pytest.mark.parametrize("change", [Two.remove_first, Two.answer_second, Two.set_targets])
def test_handing_in_is_answered_with_a_profile_of_what_there_is(
    two: Two, change: Callable[[Two], None]
) -> None:
    submission = Submission(two.id, two.second.rpartition("/")[2], incomplete=True, language="en")
    with two.resources.reading(two.caller) as work:
        foreseen = submission.prepare(work)
    change(two)
    with pytest.raises(OutdatedError), two.resources.writing(two.caller) as work:
        submission.submit(work, foreseen)
    assert two.portal.get(two.second)["submitted_at"] is None
