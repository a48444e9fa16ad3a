"""What a result's digest covers."""

from scoring import Profile, score
from scoring.digests import answers_digest, result_digest
from tests.kit.examples import questionnaire

TOP = {"sales.a": "5"}


def digest_of(profile: Profile) -> str:
    return result_digest(profile, answers_digest(profile))


def test_another_target_gives_another_result_where_no_gap_shows_it() -> None:
    form = questionnaire({"sales": "a"})
    profiles = [score(form, TOP, targets=targets) for targets in ({}, {"sales": 4}, {"sales": 5})]
    assert [profile.gaps for profile in profiles] == [(), (), ()]
    assert len({digest_of(profile) for profile in profiles}) == len(profiles)
