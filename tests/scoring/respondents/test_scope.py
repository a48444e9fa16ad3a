"""A company that is asked about some of its functions only: the others are not applicable (§3)."""

from dataclasses import replace

from scoring import Consensus, Consolidation, Response, score_responses
from scoring.digests import answers_digest, result_digest
from scoring.profile import Profile
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, scoped_panels
from tests.kit.roles import FORM, refusal

ALL = tuple(function.id for function in FORM.forms["full"].functions)


def scored(*responses: Response, scope: tuple[str, ...] | None) -> Profile:
    return score_responses(FORM, responses, Consolidation(scope=scope))


def test_a_function_out_of_scope_is_not_asked_and_not_applicable() -> None:
    profile = scored(Response(), scope=ALL[:1])
    inside, *outside = profile.functions
    assert inside.counts.unanswered == inside.counts.total
    for result in outside:
        assert result.score is None
        assert result.counts.not_applicable == result.counts.total
    assert {profile.answers[name].reason for f in outside for name in f.function.question_ids} == {
        "out_of_scope"
    }
    (respondent,) = profile.respondents
    assert respondent.asked == set(inside.function.question_ids)


def test_a_scope_of_everything_is_none() -> None:
    whole, unscoped = scored(Response(), scope=ALL[::-1]), scored(Response(), scope=None)
    assert result_digest(whole, answers_digest(whole)) == result_digest(unscoped, answers_digest(unscoped))


def test_the_result_tells_the_scope_apart_from_answers_that_say_the_same() -> None:
    scoped, whole = scored(Response(), scope=ALL[:1]), scored(Response(), scope=None)
    assert result_digest(scoped, "") != result_digest(whole, "")


def test_what_is_out_of_scope_cannot_be_answered_or_settled() -> None:
    first, other = ALL[:2]
    outside = FORM.forms["full"].function_of[other].question_ids[0]
    body = {
        "responses": [{"answers": {outside: "3"}}],
        "consensus": {outside: {"option": "3", "rationale": "Agreed."}},
        "scope": [first, "nowhere"],
    }
    assert refusal(body) == {
        (f"/responses/0/answers/{outside}", "question_not_asked"),
        (f"/consensus/{outside}", "out_of_scope"),
        ("/scope/1", "unknown_function"),
    }


def test_a_scope_is_for_several_respondents_and_not_empty() -> None:
    assert refusal({"answers": {}, "scope": [ALL[0]]}) == {("/scope", "only_with_responses")}
    assert refusal({"responses": [{}], "scope": []}) == {("/scope", "too_short")}
    assert refusal({"responses": [{}], "scope": [1]}) == {("/scope/0", "wrong_type")}


def test_handing_in_may_be_said_apart_from_answering_everything() -> None:
    done, open_ = Response(submitted=True), Response(submitted=False)
    spread = scored(done, open_, Response(), scope=None).spread
    assert spread
    assert (spread.asked, spread.submitted) == (3, 1)


@law(Once(scoped_panels()))
def test_scores_levels_verdict_and_gaps_are_those_of_what_is_in_scope(panel: Panel) -> None:
    profile = panel.score()
    for result in profile.functions:
        if result.function.id not in (panel.scope or ()):
            assert result.score is None
    inside = panel.form.within(panel.scope)
    unscoped = replace(panel, scope=None).score()
    for mine, theirs in zip(profile.functions, unscoped.functions, strict=True):
        if inside.issuperset(mine.function.question_ids):
            assert (mine.score, mine.level, mine.counts) == (theirs.score, theirs.level, theirs.counts)
    assert not [gap for gap in profile.gaps if gap.capability.function not in (panel.scope or ())]


def test_a_consensus_stands_beside_a_scope() -> None:
    name = FORM.forms["full"].function_of[ALL[0]].question_ids[0]
    how = Consolidation(scope=ALL[:1], consensus={name: Consensus(option="3", rationale="Agreed.")})
    assert score_responses(FORM, [Response()], how).answers[name].option == "3"
