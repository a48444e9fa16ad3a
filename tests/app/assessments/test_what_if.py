"""Respondents try levels by the same doors as the profile, and find out nothing beside it."""

import pytest

from tests.kit.portal import Portal
from tests.kit.reading import Json

TRY = "/respondent/profile/report?part=what_if&levels=sales.presence@4"


def assessed(portal: Portal, *said: str, anonymous: bool = False) -> tuple[str, list[Portal]]:
    """An assessment in which these people have answered one question, and handed in."""
    portal.patch("/workspace", {"respondents_see_profile": True})
    path = portal.assessment(tier="express", anonymous=anonymous, consolidation="median")
    people = [portal.invited(path) for _ in said]
    for person, option in zip(people, said, strict=True):
        person.patch("/respondent/answers", {"answers": {"marketing.dialogue": option}}, If_Match='"0"')
        person.post("/respondent/submission", {"incomplete": True})
    return path, people


def refused(portal: Portal, status: int) -> str:
    answer: Json = portal.get(TRY, status)
    return str(answer["code"])


def test_levels_are_tried_by_who_may_see_the_profile(portal: Portal) -> None:
    _, (person,) = assessed(portal, "3")
    assert "marketing.dialogue@4" in person.ask("GET", TRY).text
    person.delete("/respondent/submission", 200)
    assert refused(person, 409) == "not_submitted"
    portal.patch("/workspace", {"respondents_see_profile": False})
    assert refused(person, 403) == "profile_not_shown"
    assert portal.ask("GET", TRY).status_code == 401


def test_an_anonymous_assessment_tells_nothing_before_it_is_closed_nor_of_fewer_than_five(
    portal: Portal,
) -> None:
    path, people = assessed(portal, "1", "2", "3", "4", anonymous=True)
    assert refused(people[0], 409) == "not_closed"
    portal.patch(path, {"status": "closed"})
    assert refused(people[0], 409) == "too_few_submitted"


@pytest.mark.parametrize(("one", "other", "anonymous"), [("24", "33", False), ("12355", "33333", True)])
def test_other_answers_of_others_that_show_the_same_levels_change_no_byte(
    portal: Portal, one: str, other: str, *, anonymous: bool
) -> None:
    told = []
    for said in (one, other):
        path, people = assessed(portal, *said, anonymous=anonymous)
        if anonymous:
            portal.patch(path, {"status": "closed"})
        told.append(people[0].ask("GET", TRY).text)
    assert told[0] == told[1]
    assert "marketing.dialogue@4" in told[0]
