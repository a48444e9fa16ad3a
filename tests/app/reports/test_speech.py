"""How sentences take numbers and texts in: the articles of Italian, and where a text begins small."""

import pytest

from app.reports.speech import ended, within
from scoring.presentation.formats import Spoken, listed

ELIDED = [
    "8",
    "11",
    "80%",
    "89 %",
    "84,5%",
    "800",
    "8.000",
    "80.000",
    "11.000",
    "1",
    "1%",
    "1,5%",
    "8 maggio 2026",
    "11 maggio 2026",
]
WHOLE = ["2", "10%", "12", "18", "60%", "70", "100", "110", "111", "118", "1.000", "1 maggio 2026", "1180"]


@pytest.mark.parametrize("number", ELIDED)
def test_the_article_is_elided_before_a_number_that_begins_with_a_vowel(number: str) -> None:
    assert f"{Spoken(number):il} {Spoken(number):del} {Spoken(number):al}" == (
        f"l’{number} dell’{number} all’{number}"
    )


@pytest.mark.parametrize("number", WHOLE)
def test_the_article_is_whole_before_others(number: str) -> None:
    assert f"{Spoken(number):il} {Spoken(number):dal}" == f"il {number} dal {number}"


def test_zero_has_an_article_of_its_own() -> None:
    assert f"{Spoken('0%'):il} {Spoken('0,5'):del}" == "lo 0% dello 0,5"
    assert f"{Spoken('80%')}" == "80%"


@pytest.mark.parametrize(
    ("names", "language", "said"),
    [
        (["Requisiti", "Effetto"], "it", "Requisiti ed Effetto"),
        (["Dati", "Requisiti", "È scritto"], "it", "Dati, Requisiti ed È scritto"),
        (["Effetto", "Requisiti"], "it", "Effetto e Requisiti"),
        (["Effetto"], "it", "Effetto"),
        (["Requirements", "Effect"], "en", "Requirements and Effect"),
    ],
)
def test_italian_joins_ed_before_an_e(names: list[str], language: str, said: str) -> None:
    assert listed(names, language) == said


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Il rapporto mensile.", "il rapporto mensile."),
        ("L’elenco dei post.", "l’elenco dei post."),
        ("The reply standard.", "the reply standard."),
        ("LinkedIn posts.", "LinkedIn posts."),
        ("Leaders’ posts.", "Leaders’ posts."),
        ("", ""),
    ],
)
def test_a_text_goes_on_small_inside_a_sentence_where_it_begins_with_no_name(text: str, inside: str) -> None:
    assert within(text) == inside


@pytest.mark.parametrize(("text", "said"), [("Yes.", "Yes."), ("Yes", "Yes."), ("Really?", "Really?")])
def test_a_sentence_ends_once(text: str, said: str) -> None:
    assert ended(text) == said
