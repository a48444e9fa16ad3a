"""How long a questionnaire takes, by hand and as a law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.duration import Duration
from scoring.questionnaire.form import FULL
from scoring.questionnaire.source import parse
from tests.kit.folders import QUESTIONNAIRES, load

STRUCTURE = """
id = "shop"
version = "1.0.0"
max_level = 1
step_efforts = [1]
definition = { level = 1, min_applicable = 1 }
importance = {}
self_rating = { bands = [{ id = "all", up_to = 10 }] }

[[functions]]
id = "sales"
capabilities = [{ id = "advice", options = [
  { id = "no", points = 0 }, { id = "some", points = 500 }, { id = "yes", points = 1000 },
] }, { id = "bookings" }]

[[functions]]
id = "service"
capabilities = [{ id = "repairs" }]
"""


def words(number: int) -> str:
    return " ".join(["word"] * number)


TEXTS = f"""
introduction = "{words(40)}"
importance.question = "{words(10)}"
self_rating.question = "{words(10)}"

[functions.sales]
name = "{words(1)}"
description = "{words(9)}"

[capabilities."sales.advice"]
name = "{words(2)}"
question = "{words(8)}"
why = "{words(300)}"
evidence = "{words(300)}"
options = {{ no = "{words(100)}", some = "{words(100)}", yes = "{words(100)}" }}

[capabilities."sales.bookings"]
name = "{words(2)}"
question = "{words(8)}"
levels = ["{words(50)}", "{words(50)}"]
"""
SHOP = parse(STRUCTURE, {"en": TEXTS, "it": TEXTS})
PARTS = [question.id for question in SHOP.forms[FULL].questions]


def minutes(questionnaire: Questionnaire, language: str, asked: list[str]) -> tuple[int, int]:
    return Duration(questionnaire, language).minutes(questionnaire.forms[FULL], asked)


def test_minutes_are_words_at_the_pace_of_the_language_and_seconds_for_each_choice() -> None:
    # Everybody reads 40 + 10 + 10 words before, 1 + 9 of the function, 2 + 8 a question: 90; options 400.
    # Choosing: two ratings of 5 s, a decision of 8, a check of 4: 22 s, 0.367 min.
    # Who stops reads 90 + 65 % of 400 = 350. it: 1.75 + 0.367 min; en: 350 / 238 = 1.471, 1.838 min.
    # Who reads all: 490. it: 490 / 200 = 2.45, 2.817 min; en: 490 / 238 = 2.059, 2.426 min. All rounded up.
    assert minutes(SHOP, "it", ["sales.advice", "sales.bookings"]) == (3, 3)
    assert minutes(SHOP, "en", ["sales.advice", "sales.bookings"]) == (2, 3)


def test_the_section_and_the_opening_are_counted_with_any_question_and_not_without_one() -> None:
    # 60 before, no words of service, 4 + 10 s: 60 / 200 = 0.3, + 0.233: 0.533, rounded up 1.
    assert minutes(SHOP, "it", ["service.repairs"]) == (1, 1)
    assert minutes(SHOP, "it", []) == (0, 0)


@given(
    st.lists(st.sampled_from(PARTS), unique=True), st.sampled_from(PARTS), st.sampled_from(["en", "it", "de"])
)
def test_another_question_never_makes_it_shorter_nor_reading_less_longer(
    asked: list[str], another: str, language: str
) -> None:
    before, after = (minutes(SHOP, language, names) for names in (asked, [*asked, another]))
    assert before[0] <= after[0]
    assert before[1] <= after[1]
    assert after[0] <= after[1]


@pytest.mark.parametrize(("language", "full", "express"), [("en", 17, 9), ("it", 17, 9)])
def test_the_questionnaire_takes_no_longer_than_was_promised(language: str, full: int, express: int) -> None:
    questionnaire = load(QUESTIONNAIRES / "social-business" / "2.0.0")
    duration = Duration(questionnaire, language)
    taken = {tier: duration.minutes(form, form.question_ids) for tier, form in questionnaire.forms.items()}
    assert taken[FULL].stopping <= full
    assert taken["express"].stopping <= express
