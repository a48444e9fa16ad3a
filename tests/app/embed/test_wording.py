"""What the questionnaire's page says, and that it is true where it is said."""

import pytest
from playwright.sync_api import Browser, expect

from tests.kit.answering import Consultancy, Sheet
from tests.kit.browser import IN_CHROMIUM, Watched

pytestmark = IN_CHROMIUM


@pytest.mark.parametrize(("language", "due"), [("en", "11 December 2026"), ("it", "11 dicembre 2026")])
def test_before_the_ratings_stands_what_they_are_about_and_days_are_written_as_the_language_does(
    consultancy: Consultancy, browser: Browser, language: str, due: str
) -> None:
    asked = consultancy.asks(name="Ada Bruni", language=language)
    assessment, _, _ = asked.path.partition("/participants")
    with consultancy.client() as client:
        client.patch(assessment, {"due_date": "2026-12-11"})
    definition = consultancy.questionnaire(asked, language)["definition"]["text"]
    with Watched.opened(browser) as watched:
        watched.page.goto(asked.link)
        expect(watched.page.locator(".facts")).to_contain_text(due)
        expect(watched.page.locator("p:has(+ .rating)")).to_have_text(definition)


def test_one_answer_is_said_as_one_and_what_is_said_beside_an_answer_is_true_of_it(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks("full", language="it")
    marketing = consultancy.questionnaire(asked, "it")["functions"][0]
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(f"{asked.link}&at=marketing")
        expect(page.locator(".about")).to_have_text(marketing["description"])
        sheet.button("Aggiungete un commento").click()
        example = marketing["capabilities"][0]["questions"][0]["evidence"]
        expect(page.get_by_text(f"Per esempio: {example[0].lower()}{example[1:]}")).to_be_visible()
        waits = page.get_by_text("Sarà salvato appena avrete scelto una risposta.")
        page.get_by_label("Commento").fill("Ogni mese.")
        expect(waits).to_be_visible()
        sheet.question.locator(".cards .card").nth(2).click()
        sheet.is_saved("Salvato")
        expect(waits).to_have_count(0)
        total = len(consultancy.questionnaire(asked, "it")["tiers"]["full"]["questions"])
        expect(page.get_by_text(f"1 risposta su {total}", exact=True)).to_be_visible()
        page.locator(".rail").get_by_role("button", name="Riepilogo e invio").click()
        sheet.button(f"Inviate una risposta su {total}").click()
        expect(page.get_by_text(f"Una risposta su {total}, inviata ")).to_be_visible()


@pytest.mark.parametrize(("part", "times"), [("marketing", 1), ("collaboration", 0)])
def test_what_not_applicable_does_to_the_result_is_said_where_the_question_counts(
    consultancy: Consultancy, browser: Browser, part: str, times: int
) -> None:
    asked = consultancy.asks("full")
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(f"{asked.link}&at={part}")
        while not sheet.question.get_by_label("Not applicable").count():
            sheet.choose(0)
        sheet.question.get_by_label("Not applicable").check()
        page.locator(".reasons .card").first.wait_for()
        expect(page.get_by_text("left out of the calculation")).to_have_count(times)
