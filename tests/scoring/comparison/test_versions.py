"""Along the mappings of several versions: what is compared, and what the same answers come to."""

from typing import Any

import pytest

from scoring import Questionnaire
from scoring.comparison.document import present_comparison
from scoring.comparison.questions import same_questions
from scoring.comparison.requests import Side, compare_requests
from scoring.comparison.translation import translated
from scoring.questionnaire.words import Words
from scoring.request import read
from tests.kit.examples import written
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.strategies import build

Json = dict[str, Any]


def version(
    number: str,
    functions: dict[str, str],
    mapping: Json | None = None,
    **own: Any,  # noqa: ANN401 -- tables
) -> Questionnaire:
    """A version of a questionnaire, and what became of the questions of an older one."""
    said = written(functions, version=number, **own)
    return build(said if mapping is None else said | {"mapping": mapping})


FIRST = version("1.0.0", {"sales": "a b", "service": "a"})
# a is called lead, b is worded otherwise.
SECOND = version(
    "2.0.0",
    {"sales": "lead b", "service": "a"},
    {
        "older": "1.0.0",
        "same": ["sales.lead", "service.a"],
        "changed": ["sales.b"],
        "renamed": {"sales.lead": "sales.a"},
    },
)
# lead is called head, service is gone.
THIRD = version(
    "3.0.0",
    {"sales": "head b"},
    {
        "older": "2.0.0",
        "same": ["sales.head", "sales.b"],
        "dropped": ["service.a"],
        "renamed": {"sales.head": "sales.lead"},
    },
)
ALL = (FIRST, SECOND, THIRD)


def test_mappings_are_followed_from_the_newer_version_to_the_older() -> None:
    assert same_questions(FIRST, THIRD, ALL) == {"sales.head": "sales.a"}
    assert same_questions(THIRD, FIRST, ALL) == {"sales.a": "sales.head"}
    assert same_questions(FIRST, SECOND, ALL) == {"sales.lead": "sales.a", "service.a": "service.a"}


def test_where_a_version_between_is_not_known_ids_and_points_decide() -> None:
    assert same_questions(FIRST, THIRD) == {"sales.b": "sales.b"}


def test_mappings_that_lead_in_a_circle_lead_nowhere() -> None:
    one = version("1.0.0", {"sales": "a"}, {"older": "2.0.0", "same": ["sales.a"]})
    two = version("2.0.0", {"sales": "a"}, {"older": "1.0.0", "same": ["sales.a"]})
    other = version("3.0.0", {"sales": "b"})
    assert same_questions(other, two, (one, two, other)) == {}


def side(questionnaire: Questionnaire, **answers: str) -> Side:
    request, faults = read({"answers": {name.replace("_", "."): said for name, said in answers.items()}})
    return Side(questionnaire, request, faults)


def test_a_comparison_over_three_versions_names_what_changed() -> None:
    before = side(FIRST, sales_a="1", sales_b="2", service_a="3")
    after = side(THIRD, sales_head="4", sales_b="2")
    whole = compare_requests(before, after, ALL).whole
    assert [(p.before, p.after) for p in whole.questions["answers_changed"]] == [("sales.a", "sales.head")]


def test_what_both_versions_have_is_called_as_in_the_later_one() -> None:
    older, newer = (load(QUESTIONNAIRES / "social-business" / version) for version in ("1.1.0", "2.0.0"))
    compared = compare_requests(side(older), side(newer))
    document: Any = present_comparison(compared, Words(newer, "en"), Words(older, "en"))
    names = {own["id"]: own["name"] for function in document["functions"] for own in function["capabilities"]}
    assert names["service.finding"] == "Finding who needs help"


@pytest.mark.parametrize("several", [False, True])
def test_answers_go_along_under_their_new_names(several: bool) -> None:  # noqa: FBT001 -- drawn
    said = {"sales.a": "1", "sales.b": "2", "service.a": "3"}
    responses = [{"functions": ["sales", "service"], "answers": said}]
    how = {"consensus": {"service.a": {"option": "1", "rationale": "Agreed."}}, "scope": ["sales", "service"]}
    body = {"responses": responses, **how} if several else {"answers": said}
    request, _ = read(body | {"targets": {"sales": 3, "service": 4}})
    carried = translated(request, FIRST, THIRD, ALL)
    answers = carried.responses[0].answers if several else carried.answers
    assert answers == {"sales.head": "1"}
    assert (carried.version, carried.targets, carried.consensus) == ("3.0.0", {"sales": 3}, {})
    assert Side(THIRD, carried).score().questions["sales.head"].score == (1000, 1000, 1000)
    if several:
        assert (carried.responses[0].functions, carried.scope) == (("sales",), ("sales",))


def test_who_is_asked_otherwise_in_the_other_version_keeps_what_is_asked_there() -> None:
    roles = [{"id": "cmo", "side": "marketing", "asked": ["sales.a"]}]
    narrow = version("1.1.0", {"sales": "a b", "service": "a"}, roles=roles)
    wide = version("1.0.0", {"sales": "a b", "service": "a"}, roles=[roles[0] | {"asked": ["*"]}])
    request, _ = read({"responses": [{"role": "cmo", "answers": {"sales.a": "1", "sales.b": "2"}}]})
    (response,) = translated(request, wide, narrow).responses
    assert (response.role, response.answers) == ("cmo", {"sales.a": "1"})
    (nobody,) = translated(request, wide, FIRST).responses
    assert nobody.role is None
