"""What moved, worked out by hand: sales with a and b, service with a; level 4 is integrated."""

from typing import Any

import pytest

from scoring import AnswersRefusedError, Questionnaire
from scoring.comparison.document import present_comparison
from scoring.comparison.parts import Difference, ScoreChange, Undefined
from scoring.comparison.questions import ORDER
from scoring.comparison.requests import Compared, Side, compare_requests
from scoring.comparison.sentences import ENGLISH, LANGUAGES
from scoring.questionnaire.words import Words
from scoring.request import read
from tests.kit.comparisons import nodes
from tests.kit.examples import of_one, questionnaire, written
from tests.kit.strategies import build

Json = dict[str, Any]

FORM = questionnaire({"sales": "a b", "service": "a"})
EXCLUDED = {"not_applicable": "no_such_function"}


def side(body: Json, form: Questionnaire = FORM) -> Side:
    request, faults = read(body)
    return Side(form, request, faults)


def compared(before: Json, after: Json, form: Questionnaire = FORM, later: Questionnaire = FORM) -> Compared:
    return compare_requests(side(before, form), side(after, later))


def answers(**given: object) -> Json:
    """Answers of one; `sales_a` is `sales.a`."""
    return {"answers": {name.replace("_", "."): answer for name, answer in given.items()}}


def moved(change: ScoreChange) -> dict[str, tuple[int | None, int | None, int | None]]:
    """The parts that are not nothing: value, low, high."""
    parts = zip(ORDER, change.parts, strict=True)
    return {name: part[:3] for name, part in parts if any(part[:3]) or part.undefined}


def named(outcome: Compared) -> dict[str, list[str]]:
    return {part: [p.after for p in moved] for part, moved in outcome.whole.questions.items() if moved}


def test_a_new_answer_raises_the_value_and_closes_the_range() -> None:
    # sales (2 + ?) -> value 2, 1 to 3.5; with service 4: 3, 2.5 to 3.75. Then sales is 3 and all is 3.5.
    outcome = compared(answers(sales_a="2", service_a="4"), answers(sales_a="2", sales_b="4", service_a="4"))
    whole = outcome.whole
    assert moved(nodes(whole)["sales"].score) == {"newly_answered": (1000, 2000, -500)}
    assert moved(whole.overall.score) == {"newly_answered": (500, 1000, -250)}
    assert moved(whole.index) == {"newly_answered": (100, 200, -50)}
    assert named(outcome) == {"newly_answered": ["sales.b"]}


def test_what_is_no_longer_known_opens_the_range() -> None:
    # sales (2 + 4) is 3; without b its value is 2, from 1 to 3.5. Of all: 3.5, then 3, from 2.5 to 3.75.
    outcome = compared(
        answers(sales_a="2", sales_b="4", service_a="4"),
        answers(sales_a="2", sales_b="dont_know", service_a="4"),
    )
    assert moved(outcome.whole.overall.score) == {"no_longer_answered": (-500, -1000, 250)}
    assert named(outcome) == {"no_longer_answered": ["sales.b"]}


def test_answers_that_cancel_out_in_one_function_move_nothing_above_it() -> None:
    outcome = compared(
        answers(sales_a="2", sales_b="4", service_a="4"), answers(sales_a="3", sales_b="3", service_a="4")
    )
    assert moved(nodes(outcome.whole)["sales.a"].score) == {"answers_changed": (1000, 1000, 1000)}
    assert moved(nodes(outcome.whole)["sales.b"].score) == {"answers_changed": (-1000, -1000, -1000)}
    assert moved(nodes(outcome.whole)["sales"].score) == {}
    assert named(outcome) == {"answers_changed": ["sales.a", "sales.b"]}


def test_two_kinds_of_change_are_told_apart_although_their_sum_is_nothing() -> None:
    # b comes in at 1: sales falls from 2 to 1.5. Then a rises to 3: sales is 2 again.
    outcome = compared(
        answers(sales_a="2", sales_b=EXCLUDED, service_a="4"),
        answers(sales_a="3", sales_b="1", service_a="4"),
    )
    whole = outcome.whole
    assert moved(nodes(whole)["sales"].score) == {
        "applicability": (-500, -500, -500),
        "answers_changed": (500, 500, 500),
    }
    assert moved(whole.overall.score) == {
        "applicability": (-250, -250, -250),
        "answers_changed": (250, 250, 250),
    }
    assert whole.overall.score.change[:3] == (0, 0, 0)


def test_what_comes_back_to_where_it_was_has_moved_between() -> None:
    # Without p, sales rises from 3 to 4. Then q falls to 3, and all is at 3 again.
    form = Questionnaire.model_validate(of_one({"questions": [{"id": "p"}, {"id": "q"}]}))
    before, after = answers(sales_a_p="2", sales_a_q="4"), answers(sales_a_p=EXCLUDED, sales_a_q="3")
    document = shown(compared(before, after, form, form))
    sales = document["functions"][0]
    for node in (document["overall"], sales, sales["capabilities"][0]):
        assert node["score"]["before"] == node["score"]["after"]
        assert [part["value"] for part in node["score"]["parts"].values()] == [1.0, 0.0, 0.0, -1.0, 0.0]
        assert [turn["to"]["low"] for turn in node["level"]["parts"].values()] == [4, 4, 4, 3, 3]
    statuses = document["verdict"]["status"]["parts"].values()
    assert [status["to"] for status in statuses] == ["met", "met", "met", "not_met", "not_met"]


def test_what_is_known_between_narrows_the_range_and_opens_it_again() -> None:
    form = Questionnaire.model_validate(of_one({"questions": [{"id": "p"}, {"id": "q"}]}))
    before, after = answers(sales_a_q="3"), answers(sales_a_p="3", sales_a_q="dont_know")
    level = shown(compared(before, after, form, form))["overall"]["level"]
    assert level["before"] == level["after"] == {"low": 1, "high": 4}
    assert [turn["to"]["low"] for turn in level["parts"].values()] == [1, 3, 1, 1, 1]


def test_questions_that_only_the_earlier_version_asks_are_named() -> None:
    earlier = questionnaire({"sales": "a b", "service": "a"})
    later = questionnaire({"sales": "a b"}, version="2.0.0")
    outcome = compared(answers(sales_a="2"), answers(sales_a="2"), earlier, later)
    assert [notice["concerns"] for notice in shown(outcome)["notices"]] == [(), ("service.a",)]


def test_a_function_of_which_nothing_was_known_has_bounds_and_no_value_to_compare() -> None:
    # all: service alone is 4, from 2 to 4.5; then sales is 3 and all is 3.5.
    outcome = compared(answers(service_a="4"), answers(sales_a="3", sales_b="3", service_a="4"))
    change = nodes(outcome.whole)["sales"].score
    assert change.parts[1] == Difference(None, 3000, -2000, Undefined("not_known", None))
    assert change.parts[0] == Difference(None, 0, 0, Undefined("not_known", "not_known"))
    assert change.parts[3] == Difference(0, 0, 0, None)
    assert moved(outcome.whole.overall.score) == {"newly_answered": (-500, 1500, -1000)}


def test_a_function_that_did_not_apply_has_nothing_to_compare_with() -> None:
    # all: service alone is 4; then sales, 2, applies: 3.
    outcome = compared(
        answers(sales_a=EXCLUDED, sales_b=EXCLUDED, service_a="4"),
        answers(sales_a="2", sales_b="2", service_a="4"),
    )
    change = nodes(outcome.whole)["sales"].score
    assert change.parts[0] == Difference(None, None, None, Undefined("not_applicable", None))
    assert change.change.undefined == ("not_applicable", None)
    assert moved(outcome.whole.overall.score) == {"applicability": (-1000, -1000, -1000)}
    clause = outcome.whole.clauses[0]
    assert (clause.function, clause.status.parts[0]) == ("sales", ("not_applicable", "not_met"))


def test_other_weights_are_a_matter_of_rules() -> None:
    # service 4 weighs 3 beside sales 2: 3.5 instead of 3.
    mapping = written({"sales": "a b", "service": "a"}, version="2.0.0")
    mapping["functions"][1]["weight"] = 3
    said = answers(sales_a="2", sales_b="2", service_a="4")
    outcome = compared(said, said, later=build(mapping))
    assert moved(outcome.whole.overall.score) == {"rules": (500, 500, 500)}
    assert named(outcome) == {}


def test_answers_move_first_and_rules_last() -> None:
    # sales from 2 to 3 moves all from 3 to 3.5 by the old weights; by the new ones it is (3 + 12) / 4 = 3.75.
    mapping = written({"sales": "a b", "service": "a"}, version="2.0.0")
    mapping["functions"][1]["weight"] = 3
    outcome = compared(
        answers(sales_a="2", sales_b="2", service_a="4"),
        answers(sales_a="3", sales_b="3", service_a="4"),
        later=build(mapping),
    )
    assert moved(outcome.whole.overall.score) == {
        "answers_changed": (500, 500, 500),
        "rules": (250, 250, 250),
    }


def test_a_question_with_other_options_is_another_question() -> None:
    mapping = written({"sales": "a b", "service": "a"}, version="2.0.0")
    own = [{"id": "0", "points": 0}, {"id": "3", "points": 2000}, {"id": "5", "points": 5000}]
    mapping["functions"][0]["capabilities"][0]["options"] = own
    outcome = compared(
        answers(sales_a="3", sales_b="3", service_a="4"),
        answers(sales_a="3", sales_b="3", service_a="4"),
        later=build(mapping),
    )
    assert moved(nodes(outcome.whole)["sales.a"].score) == {"rules": (-1000, -1000, -1000)}
    (notice,) = [n for n in shown(outcome)["notices"] if n["code"] == "not_compared"]
    assert notice["concerns"] == ("sales.a",)
    assert "its levels have changed" in notice["detail"]  # it is asked both times


def test_what_only_one_version_asks_was_not_asked_in_the_other() -> None:
    later = questionnaire({"sales": "a b", "research": "a"}, version="2.0.0")
    outcome = compared(
        answers(sales_a="2", sales_b="2", service_a="4"),
        answers(sales_a="2", sales_b="2", research_a="5"),
        later=later,
    )
    found = nodes(outcome.whole)
    assert list(found) == [
        "overall",
        "sales",
        "sales.a",
        "sales.b",
        "research",
        "research.a",
        "service",
        "service.a",
    ]
    assert found["research"].score.parts[-1].undefined == ("not_asked", None)
    assert found["service"].score.parts[-1].undefined == (None, "not_asked")
    assert found["research"].score.parts[0].undefined == ("not_asked", "not_asked")
    assert moved(outcome.whole.overall.score) == {"rules": (500, 500, 500)}


def test_level_and_verdict_say_where_they_turn() -> None:
    outcome = compared(answers(sales_a="4", service_a="4"), answers(sales_a="4", sales_b="4", service_a="3"))
    whole = outcome.whole
    assert whole.overall.level.before == (0, 4)
    assert [turn.end for turn in whole.overall.level.parts] == [(0, 4), (4, 4), (4, 4), (3, 3), (3, 3)]
    turns = [whole.verdict.before, *(turn.end for turn in whole.verdict.parts)]
    assert turns == ["undetermined", "undetermined", "met", "met", "not_met", "not_met"]


def several(*given: Json, **rest: Any) -> Json:  # noqa: ANN401 -- keys of a request
    return {"responses": list(given), **rest}


def test_a_smaller_scope_is_a_matter_of_rules() -> None:
    everybody = {"answers": {"sales.a": "2", "sales.b": "2", "service.a": "4"}}
    sellers = {"answers": {"sales.a": "3", "sales.b": "3"}}
    outcome = compared(several(everybody), several(sellers, scope=["sales"]))
    # First sales rises to 3, and all to 3.5; then service, 4, is left out: 3.
    assert moved(outcome.whole.overall.score) == {
        "answers_changed": (500, 500, 500),
        "rules": (-500, -500, -500),
    }
    assert named(outcome) == {"answers_changed": ["sales.a", "sales.b"]}


def test_somebody_else_moves_the_consolidated_answer_and_is_told_of() -> None:
    first, second = {"id": "1", "answers": {"sales.a": "1"}}, {"id": "2", "answers": {"sales.a": "3"}}
    third = {"id": "3", "answers": {"sales.a": "5"}}
    outcome = compared(several(first, second), several(second, third))
    # The median of 1 and 3 is 2, of 3 and 5 it is 4; who is in both said 3 both times.
    assert moved(nodes(outcome.whole)["sales.a"].score) == {"answers_changed": (2000, 2000, 2000)}
    assert outcome.who == (1, 1, 1)
    assert outcome.in_both is not None
    assert moved(nodes(outcome.in_both)["sales.a"].score) == {}
    codes = [notice["code"] for notice in shown(outcome)["notices"]]
    assert codes == ["order_is_convention", "other_respondents"]


def test_the_same_people_in_another_order_are_the_same_people() -> None:
    first, second = {"id": "1", "answers": {"sales.a": "1"}}, {"id": "2", "answers": {"sales.a": "3"}}
    outcome = compared(several(first, second), several(second, first))
    assert outcome.who == (0, 0, 2)
    assert outcome.in_both is None
    assert [notice["code"] for notice in shown(outcome)["notices"]] == ["order_is_convention"]


@pytest.mark.parametrize("anonymous", [False, True])
def test_who_cannot_be_told_apart_is_said(anonymous: bool) -> None:  # noqa: FBT001 -- a case
    ids: list[Json] = [{"id": f"{n}"} if anonymous else {} for n in range(5)]
    people = [own | {"answers": {"sales.a": "1"}} for own in ids]
    outcome = compared(
        several(*people, anonymous=anonymous), several(*people[1:], {"id": "9"}, anonymous=anonymous)
    )
    assert (outcome.who, outcome.in_both) == (None, None)
    assert [notice["code"] for notice in shown(outcome)["notices"]][-1] == "respondents_not_told_apart"


def test_an_anonymous_question_with_four_answers_moves_as_an_open_one() -> None:
    four = [{"answers": {"sales.a": "4"}} for _ in range(4)]
    outcome = compared(
        several(*four, anonymous=True), several(*four, {"answers": {"sales.a": "4"}}, anonymous=True)
    )
    parts = nodes(outcome.whole)["sales.a"].score.parts
    assert parts[1] == (None, 4000, -1000, Undefined("not_known", None))
    entry = shown(outcome)["questions"]["newly_answered"][0]
    assert entry["before"] == {
        "state": "unanswered",
        "option": None,
        "score": {"value": None, "low": 0, "high": 5},
    }


def test_faults_of_both_sides_are_named_at_once() -> None:
    with pytest.raises(AnswersRefusedError) as refused:
        compared(answers(sales_a="9"), {"responses": [{"id": "1"}, {"id": "1"}]})
    assert {(fault.pointer, fault.code) for fault in refused.value.faults} == {
        ("/before/answers/sales.a", "unknown_option"),
        ("/after/responses/1/id", "respondent_twice"),
    }


def test_two_questionnaires_are_not_compared() -> None:
    other = questionnaire({"sales": "a b", "service": "a"}, id="other")
    with pytest.raises(AnswersRefusedError) as refused:
        compared(answers(sales_a="1"), answers(sales_a="1"), later=other)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/after/questionnaire", "other_questionnaire")
    ]


def shown(outcome: Compared) -> Json:
    words = [Words(part.questionnaire, None) for part in (outcome.whole.after, outcome.whole.before)]
    return dict(present_comparison(outcome, *words))


def test_the_document_shows_levels_and_the_index() -> None:
    outcome = compared(answers(sales_a="2", service_a="4"), answers(sales_a="2", sales_b="4", service_a="4"))
    document = shown(outcome)
    assert document["order"] == ORDER
    overall = document["overall"]
    assert overall["score"]["before"] == {"value": 3.0, "low": 2.5, "high": 3.75}
    assert overall["score"]["after"] == {"value": 3.5, "low": 3.5, "high": 3.5}
    assert (overall["level"]["before"], overall["level"]["after"]) == (
        {"low": 0, "high": 2},
        {"low": 2, "high": 2},
    )
    assert overall["score"]["change"] == {"value": 0.5, "low": 1.0, "high": -0.25, "undefined": None}
    assert overall["index"]["parts"]["newly_answered"] == {
        "value": 10.0,
        "low": 20.0,
        "high": -5.0,
        "undefined": None,
    }
    assert overall["level"]["parts"]["newly_answered"] == {
        "from": {"low": 0, "high": 2},
        "to": {"low": 2, "high": 2},
    }
    assert document["functions"][0]["capabilities"][1]["score"]["parts"]["newly_answered"]["undefined"] == {
        "before": "not_known",
        "after": None,
    }
    assert document["verdict"]["status"]["parts"]["rules"] == {"from": "not_met", "to": "not_met"}


def test_every_notice_is_said_in_every_language() -> None:
    for sentences in LANGUAGES.values():
        assert sentences.keys() == ENGLISH.keys()
        for sentence in sentences.values():
            said = [text.format(count=2, joined=1, left=2, stayed=3) for text in sentence]
            assert all(text.endswith(".") for text in said)
