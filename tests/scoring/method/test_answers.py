from hashlib import sha256

import pytest

from scoring import AnswersRefusedError, Questionnaire, score
from scoring.digests import answers_digest
from tests.kit.examples import of_one, questionnaire, refusal_of, written

FORM = questionnaire({"sales": "a b c d", "service": "a"}, tiers={"express": {"questions": ["sales.a"]}})


def test_four_states_are_told_apart() -> None:
    answers = {"sales.a": "0", "sales.b": "dont_know", "sales.c": {"not_applicable": "out_of_scope"}}
    profile = score(FORM, answers)
    states = {name: question.state for name, question in profile.questions.items()}
    assert states == {
        "sales.a": "answered",
        "sales.b": "dont_know",
        "sales.c": "not_applicable",
        "sales.d": "unanswered",
        "service.a": "unanswered",
    }
    assert profile.counts == (1, 1, 2, 1, 5)


def test_an_answer_may_be_an_object_with_comment_and_evidence() -> None:
    evidence = ["https://example.org/a", "http://example.org/b"]
    given = {"option": "3", "comment": "twice a week", "evidence": evidence}
    profile = score(FORM, {"sales.a": given, "sales.b": {"option": "dont_know", "comment": "nobody does"}})
    answer = profile.answers["sales.a"]
    assert (answer.option, answer.comment, answer.evidence) == ("3", "twice a week", tuple(evidence))
    assert profile.questions["sales.a"].score == (3000, 3000, 3000)
    assert profile.questions["sales.b"] == ("dont_know", (None, 0, 5000))
    assert profile.answers["sales.b"].comment == "nobody does"


@pytest.mark.parametrize("reason", ["out_of_scope", "no_such_function", "done_by_partner", "other"])
def test_not_applicable_keeps_its_reason(reason: str) -> None:
    profile = score(FORM, {"sales.a": {"not_applicable": reason, "comment": "see annex"}})
    assert profile.questions["sales.a"] == ("not_applicable", None)
    assert (profile.answers["sales.a"].reason, profile.answers["sales.a"].comment) == (reason, "see annex")


@pytest.mark.parametrize(
    ("question", "answer", "place", "code"),
    [
        ("sales.z", "3", (), "unknown_question"),
        ("sales", "3", (), "unknown_question"),
        ("sales.a.a", "3", (), "unknown_question"),
        ("", "3", (), "unknown_question"),
        ("sales.a", "6", (), "unknown_option"),
        ("sales.a", "", (), "unknown_option"),
        ("sales.a", "not_applicable", (), "unknown_option"),
        ("sales.a", "out_of_scope", (), "unknown_option"),
        ("sales.a", {"option": "6"}, (), "unknown_option"),
        ("sales.a", {"option": ""}, (), "unknown_option"),
        ("sales.a", {}, (), "one_of_option_not_applicable"),
        ("sales.a", {"comment": "later"}, (), "one_of_option_not_applicable"),
        ("sales.a", {"option": "3", "not_applicable": "other"}, (), "one_of_option_not_applicable"),
        ("sales.a", {"option": 3}, ("option",), "wrong_type"),
        ("sales.a", {"not_applicable": "because"}, ("not_applicable",), "unknown_value"),
        ("sales.a", {"not_applicable": True}, ("not_applicable",), "unknown_value"),
        ("sales.a", {"option": "3", "mood": "good"}, ("mood",), "unknown_field"),
        ("sales.a", {"option": "3", "comment": "x" * 2001}, ("comment",), "too_long"),
        *(
            ("sales.a", {"option": "3", "evidence": [link]}, ("evidence", 0), "malformed")
            for link in (
                "javascript:x",
                "https://",
                "https://x .org",
                "https://user:pw@x.org/",
                "https://user@x.org",
                "https://x.org\\@y.org/",
                "https://@x.org",
            )
        ),
        ("sales.a", {"option": "3", "evidence": "https://x.org"}, ("evidence",), "wrong_type"),
        ("sales.a", {"option": "3", "evidence": ["https://x.org"] * 21}, ("evidence",), "too_long"),
        ("sales.a", 3, (), "wrong_type"),
        ("sales.a", None, (), "wrong_type"),
        ("sales.a", True, (), "wrong_type"),
        ("sales.a", ["3"], (), "wrong_type"),
    ],
)
def test_a_faulty_answer_is_refused_with_its_place_and_code(
    question: str,
    answer: object,
    place: tuple[str | int, ...],
    code: str,
) -> None:
    assert refusal_of(FORM, {question: answer}) == {(("answers", question, *place), code)}


def test_not_applicable_is_refused_where_the_question_forbids_it() -> None:
    form = Questionnaire.model_validate(of_one({"not_applicable": False}))
    refused = {(("answers", "sales.a"), "not_applicable_not_allowed")}
    assert refusal_of(form, {"sales.a": {"not_applicable": "other"}}) == refused
    assert refusal_of(form, {"sales.a": "dont_know"}) == set()


def test_a_question_may_forbid_what_its_capability_allows_and_the_reverse() -> None:
    excluded = {name: {"not_applicable": "other"} for name in ("sales.a.p", "sales.a.q")}
    for own, refused in ((True, "sales.a.q"), (False, "sales.a.p")):
        questions = [{"id": "p", "not_applicable": own}, {"id": "q"}]
        form = Questionnaire.model_validate(of_one({"not_applicable": not own, "questions": questions}))
        assert refusal_of(form, excluded) == {(("answers", refused), "not_applicable_not_allowed")}


def test_several_questions_are_answered_by_their_own_ids_only() -> None:
    form = Questionnaire.model_validate(of_one({"questions": [{"id": "p"}, {"id": "q"}]}))
    assert refusal_of(form, {"sales.a.p": "3", "sales.a.q": "3"}) == set()
    assert refusal_of(form, {"sales.a": "3"}) == {(("answers", "sales.a"), "unknown_question")}


def test_the_only_question_of_a_capability_has_two_ids_and_one_answer() -> None:
    form = Questionnaire.model_validate(of_one({"questions": [{"id": "p"}]}))
    by_capability, by_question = score(form, {"sales.a": "3"}), score(form, {"sales.a.p": "3"})
    assert by_capability == by_question
    assert answers_digest(by_capability) == answers_digest(by_question)
    assert refusal_of(form, {"sales.a": "3", "sales.a.p": "3"}) == {
        (("answers", "sales.a.p"), "repeated_answer")
    }


def test_the_digest_of_answers_is_that_of_their_codes() -> None:
    answers = {
        "sales.c": {"not_applicable": "other", "comment": "left out"},
        "sales.b": "dont_know",
        "sales.a": {"option": "3", "evidence": ["https://example.org"]},
    }
    codes = '{"sales.a":"3","sales.b":"dont_know","sales.c":["not_applicable","other"]}'
    canonical = f'[{{"answers":{codes},"self_rating":6}}]'
    expected = "sha256:" + sha256(canonical.encode()).hexdigest()
    assert answers_digest(score(FORM, answers, self_rating=6)) == expected


def test_what_the_tier_leaves_out_cannot_be_answered_or_aimed_at() -> None:
    refused = refusal_of(
        FORM,
        {"sales.a": "3", "sales.b": "3", "service.a": "dont_know"},
        tier="express",
        targets={"sales": 3, "sales.a": 3, "sales.b": 3, "service": 3},
    )
    assert refused == {
        (("answers", "sales.b"), "unknown_question"),
        (("answers", "service.a"), "unknown_question"),
        (("targets", "sales.b"), "unknown_target"),
        (("targets", "service"), "unknown_target"),
    }


@pytest.mark.parametrize(
    ("name", "level", "code"),
    [
        ("sales.z", 3, "unknown_target"),
        ("everything", 3, "unknown_target"),
        ("sales", -1, "level_out_of_range"),
        ("sales.a", 6, "level_out_of_range"),
    ],
)
def test_a_faulty_target_is_refused_with_its_place_and_code(name: str, level: int, code: str) -> None:
    assert refusal_of(FORM, {}, targets={name: level}) == {(("targets", name), code)}


def test_targets_reach_from_0_to_the_top_level() -> None:
    assert refusal_of(FORM, {}, targets={"sales": 0, "sales.a": 5}) == set()


def test_the_range_of_targets_is_the_questionnaires() -> None:
    form = questionnaire({"sales": "a"}, max_level=7, step_efforts=[1] * 7)
    assert refusal_of(form, {}, targets={"sales": 7}) == set()
    assert refusal_of(form, {}, targets={"sales": 8}) == {(("targets", "sales"), "level_out_of_range")}


def test_a_target_is_of_a_capability_not_of_a_question() -> None:
    form = Questionnaire.model_validate(of_one({"questions": [{"id": "p"}, {"id": "q"}]}))
    assert refusal_of(form, {}, targets={"sales.a.p": 3}) == {(("targets", "sales.a.p"), "unknown_target")}


@pytest.mark.parametrize("value", [0, 11, -1])
def test_a_self_rating_lies_between_1_and_10(value: int) -> None:
    assert refusal_of(FORM, {}, self_rating=value) == {(("self_rating",), "self_rating_out_of_range")}
    assert refusal_of(FORM, {}, self_rating=1) == refusal_of(FORM, {}, self_rating=10) == set()


ASKING = Questionnaire.model_validate(written({"sales": "a"}) | {"importance": {}})


@pytest.mark.parametrize("value", [0, 11, -1])
def test_an_importance_lies_between_1_and_10(value: int) -> None:
    assert refusal_of(ASKING, {}, importance=value) == {(("importance",), "importance_out_of_range")}
    assert refusal_of(ASKING, {}, importance=1) == refusal_of(ASKING, {}, importance=10) == set()


def test_an_importance_that_is_not_asked_is_refused() -> None:
    assert refusal_of(FORM, {}, importance=5) == {(("importance",), "importance_not_asked")}


def test_the_digest_of_answers_names_an_importance_only_where_there_is_one() -> None:
    said = [score(ASKING, {}, importance=value) for value in (None, 5)]
    canonical = ['[{"answers":{},"self_rating":null}]', '[{"answers":{},"importance":5,"self_rating":null}]']
    assert [answers_digest(profile) for profile in said] == [
        "sha256:" + sha256(text.encode()).hexdigest() for text in canonical
    ]


def test_an_unknown_tier_is_refused() -> None:
    assert refusal_of(FORM, {}, tier="quick") == {(("tier",), "unknown_tier")}


def test_all_faults_are_reported_at_once() -> None:
    mapping = written({"sales": "a b c"})
    mapping["functions"][0]["capabilities"][0]["not_applicable"] = False
    answers = {
        "sales.a": {"not_applicable": "other"},
        "sales.b": {"option": 3, "mood": "good", "evidence": ["ftp://x", "https://x.org", ""]},
        "sales.c": "9",
        "sales.d": "3",
    }
    refused = refusal_of(
        Questionnaire.model_validate(mapping),
        answers,
        tier="quick",
        targets={"service": 9},
        self_rating=0,
    )
    assert refused == {
        (("tier",), "unknown_tier"),
        (("self_rating",), "self_rating_out_of_range"),
        (("answers", "sales.a"), "not_applicable_not_allowed"),
        (("answers", "sales.b", "option"), "wrong_type"),
        (("answers", "sales.b", "mood"), "unknown_field"),
        (("answers", "sales.b", "evidence", 0), "malformed"),
        (("answers", "sales.b", "evidence", 2), "malformed"),
        (("answers", "sales.c"), "unknown_option"),
        (("answers", "sales.d"), "unknown_question"),
        (("targets", "service"), "unknown_target"),
        (("targets", "service"), "level_out_of_range"),
    }


def test_a_refusal_says_where_as_a_json_pointer() -> None:
    with pytest.raises(AnswersRefusedError) as refusal:
        score(FORM, {"a/b~c": "3"})
    assert [fault.pointer for fault in refusal.value.faults] == ["/answers/a~1b~0c"]
    assert "/answers/a~1b~0c: " in str(refusal.value)


def test_a_refusal_repeats_nothing_of_what_was_answered() -> None:
    with pytest.raises(AnswersRefusedError) as refusal:
        score(FORM, {"sales.a": "my-secret", "sales.b": {"option": "my-secret", "mood": "my-secret"}})
    assert "my-secret" not in str(refusal.value)
