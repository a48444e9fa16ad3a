"""Somebody with an invitation answers, in a real Chromium, on the real service."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.kit.answering import Consultancy, Sheet
from tests.kit.browser import IN_CHROMIUM, Watched

pytestmark = IN_CHROMIUM

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def test_by_touch_on_a_phone_a_choice_saves_folds_and_opens_the_next(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks(name="Maria Conti", role="cmo")
    with Watched.opened(browser, **PHONE) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        expect(page.get_by_text("Maria Conti, Rossi Consulting asks you")).to_be_visible()
        (cmo,) = (r for r in consultancy.questionnaire(asked, "en")["roles"] if r["id"] == "cmo")
        expect(page.locator(".facts")).to_contain_text(f"{cmo['minutes']['express']['reading_all']} minutes")
        page.locator("label:has([name=self_rating])").nth(6).click()
        sheet.button("Begin with").click()
        given: set[str] = set()
        while page.locator(".list").count():
            while page.locator("li.open").count():
                given.add(sheet.choose(len(given) % 3))
            page.locator(".onward button").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Before you submit")
        sheet.button("Submit").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in. Thank you.")
        saved = consultancy.answers(asked)
        assert saved["answers"].keys() == given
        assert saved["self_rating"] == 7
        assert saved["submitted_at"]
        sheet.button("Change my answers").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Before you submit")
        assert consultancy.answers(asked)["submitted_at"] is None
        assert watched.complaints == []
        assert watched.hosts == {consultancy.address}


@pytest.mark.parametrize("language", ["en", "it"])
def test_all_questions_open_with_little_to_load(
    consultancy: Consultancy, browser: Browser, language: str
) -> None:
    asked = consultancy.asks("full", language=language)
    with Watched.opened(browser, alone=True) as watched:
        watched.page.goto(asked.link)
        watched.page.locator(".onward .btn").wait_for()
        watched.page.evaluate("document.fonts.ready")
        assert 0 < watched.received() < 120_000


def test_by_the_keyboard_alone_and_in_italian_a_question_folds_when_it_is_left(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks(language="it")
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        expect(page.get_by_role("button", name="Iniziate da")).to_be_visible()
        minutes = consultancy.questionnaire(asked, "it")["tiers"]["express"]["minutes"]
        expect(page.locator(".facts")).to_contain_text(
            "da {stopping} a {reading_all} minuti".format(**minutes)
        )
        assert page.evaluate("document.documentElement.lang") == "it"
        sheet.rate_and_begin()
        first = sheet.question_id
        sheet.tab_to("fieldset.open input")
        page.keyboard.press("3")
        sheet.is_saved("Salvato")
        assert sheet.question_id == first
        sheet.tab_to("fieldset.open input")
        assert sheet.question_id != first
        given: dict[str, object] = {first: "3"}
        sheet.answer_all(given)
        sheet.submit_by_key()
        expect(page.get_by_role("heading", level=1)).to_have_text("Le vostre risposte sono arrivate. Grazie.")
        saved = consultancy.answers(asked)
        assert saved["answers"] == given
        assert saved["self_rating"] is not None
        assert watched.complaints == []


def test_who_comes_back_goes_on_where_he_was_in_his_language_with_what_was_being_written(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        sheet.button("Begin with").click()
        names = [sheet.choose(2), sheet.choose(3)]
        sheet.button("Add a comment").click()
        page.locator("textarea").fill("Not chosen yet")
        sheet.button("Italiano").click()
        expect(page.get_by_label("Commento")).to_have_value("Not chosen yet")
        expect(page.locator("li.folded")).to_have_count(2)
        sheet.is_saved("Salvato")
        page.reload()
        expect(page.locator("li.folded")).to_have_count(2)
        assert page.evaluate("document.documentElement.lang") == "it"
        assert consultancy.saved(asked) == dict(zip(names, ["2", "3"], strict=True))
        page.goto("about:blank")
        page.goto(asked.link)
        expect(page.get_by_role("button", name="Go on with")).to_be_visible()
        page.go_back()
        page.go_back()
        expect(page.locator("li.folded")).to_have_count(2)
        assert watched.complaints == []


def test_an_answer_that_was_changed_in_another_tab_is_shown_beside_ones_own_and_never_overwritten(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        sheet.button("Begin with").click()
        other = Sheet(page.context.new_page())
        other.page.goto(page.url)
        other.button("Add a comment").click()
        other.page.locator("textarea").fill("Every month.")
        disputed = other.question_id
        other.question.locator(".card").nth(1).click()
        other.button("Done").click()
        undisputed = other.choose(5)
        other.is_saved()
        page.bring_to_front()  # what is behind draws nothing, and is waited for
        sheet.choose(4)
        expect(page.locator("li.settle")).to_be_visible()
        expect(page.get_by_role("alert").filter(has_text="changed elsewhere")).to_be_attached()
        theirs = {"option": "1", "comment": "Every month."}
        assert consultancy.saved(asked) == {disputed: theirs, undisputed: "5"}
        assert sheet.question_id == undisputed
        expect(sheet.question.locator("input:checked")).to_have_value("5")
        sheet.button("Keep this one").click()
        sheet.is_saved()
        assert consultancy.saved(asked)[disputed] == {"option": "4", "comment": "Every month."}
        assert _other_than(watched.complaints, "412") == []


def _other_than(complaints: list[str], *expected: str) -> list[str]:
    """Complaints of the page, without those of the browser that a request was answered like this."""
    return [
        text
        for text in complaints
        if not (text.startswith("Failed to load resource") and any(reason in text for reason in expected))
    ]


@pytest.mark.parametrize("chosen", ["first, by a key", "last, by pointer"])
def test_the_words_of_both_stay_where_answers_were_handed_in_elsewhere_before_one_is_chosen(
    consultancy: Consultancy, browser: Browser, chosen: str
) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser) as watched, consultancy.client() as client:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        sheet.button("Begin with").click()
        given: dict[str, object] = {}
        while chosen == "last, by pointer" and page.locator("li.closed").count():
            given[sheet.choose(2)] = "2"
        sheet.is_saved()
        name = sheet.question_id
        theirs = {"answers": {name: {"option": "1", "comment": "Every month."}}}
        revision = consultancy.answers(asked)["revision"]
        client.patch(f"{asked.path}/answers", theirs, If_Match=f'"{revision}"')
        if given:
            sheet.question.locator(".card").nth(4).click()
        else:
            sheet.tab_to("fieldset.open input")
            page.keyboard.press("4")
        page.locator("li.settle").wait_for()
        client.post(f"{asked.path}/submission", {"incomplete": True})
        sheet.button("Keep this one").click()
        sheet.button("Change my answers").click()
        expect(page.get_by_text("All saved")).to_be_visible()
        assert consultancy.saved(asked) == given | {name: {"option": "4", "comment": "Every month."}}


def test_answers_wait_on_the_page_while_the_service_is_gone_and_are_saved_when_it_is_back(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks("full")
    with Watched.opened(browser, alone=True) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.clock.install()
        page.goto(asked.link)
        sheet.button("Begin with").click()
        given = {sheet.choose(1): "1"}
        sheet.is_saved()
        consultancy.service.kill()
        given |= {sheet.choose(2): "2", sheet.choose(3): "3"}
        sheet.is_saved("Not saved: trying again")
        expect(page.locator(".queue li")).to_have_count(2)
        expect(page.locator(".offline")).to_contain_text("2 answers are only here")
        consultancy.service.start()
        page.clock.fast_forward("00:15")  # the longest time until it tries again
        sheet.is_saved()
        expect(page.locator(".offline")).to_be_hidden()
        assert consultancy.saved(asked) == given
        page.context.set_offline(True)
        sheet.question.locator(".card").last.click()
        page.locator(".reasons .card").first.click()
        sheet.is_saved("Not saved: trying again")
        page.context.set_offline(False)
        sheet.is_saved()
        assert consultancy.saved(asked).keys() > given.keys()
        # Where the clock went on while something was on its way, it is sent again and has been saved already.
        assert _other_than(watched.complaints, "net::ERR_", "412") == []


def test_what_is_typed_last_is_saved_although_the_page_is_left_at_once(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser, alone=True) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.clock.install()
        page.goto(asked.link)
        sheet.button("Begin with").click()
        sheet.button("Add a comment").click()
        name = sheet.question_id
        sheet.question.locator(".card").nth(2).click()
        sheet.is_saved()
        page.locator("textarea").fill("Typed last")
        page.goto("about:blank")
        consultancy.awaits(asked, {name: {"option": "2", "comment": "Typed last"}})


def test_a_page_is_not_left_unasked_while_something_is_only_here(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        sheet.button("Begin with").click()
        page.context.set_offline(True)
        sheet.choose(2)
        sheet.is_saved("Not saved: trying again")
        with page.expect_event("dialog") as warned:
            page.evaluate("setTimeout(() => location.reload())")
        assert warned.value.type == "beforeunload"
        warned.value.dismiss()
        expect(page.locator(".offline")).to_be_visible()


def test_who_may_see_the_profile_sees_it_on_the_page_after_handing_in(
    consultancy: Consultancy, browser: Browser
) -> None:
    with consultancy.client() as client:
        client.patch("/workspace", {"respondents_see_profile": True})
    asked = consultancy.asks("full", questionnaire="with-importance")
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        for question, number in (("How important is it", "9"), ("How close is", "3")):
            group = page.get_by_role("group", name=question)
            group.get_by_role("radio", name=number, exact=True).check(force=True)
        sheet.is_saved()
        page.reload()
        expect(page.locator(".ten input:checked")).to_have_count(2)
        rated = {name: consultancy.answers(asked)[name] for name in ("importance", "self_rating")}
        assert rated == {"importance": 9, "self_rating": 3}
        sheet.button("Begin with").click()
        sheet.choose(2)
        page.locator(".rail").get_by_role("button", name="Review").click()
        sheet.button("Submit").click()
        sheet.button("See the profile").click()
        expect(page.locator(".profile h1")).to_be_focused()
        expect(page.get_by_text("Between knowing and doing lies a distance of")).to_have_count(1)
        before = page.url
        page.locator(".profile a[href^='#']").nth(2).click()
        assert page.url == before
        page.get_by_role("link", name="Back to your answers").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in. Thank you.")
        assert watched.complaints == []


def test_a_link_that_opens_nothing_says_what_to_do(consultancy: Consultancy, browser: Browser) -> None:
    with Watched.opened(browser) as watched:
        heading = watched.page.get_by_role("heading", level=1)
        watched.page.goto(f"{consultancy.address}/r")
        expect(heading).to_have_text("This link is incomplete")
        watched.page.goto(f"{consultancy.address}/r#sbm_invite_nobody")
        expect(heading).to_have_text("This link opens nothing any more")
        assert _other_than(watched.complaints, "401") == []


def test_an_anonymous_invitation_is_exchanged_once_for_a_link_that_is_shown_to_be_kept(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks(anonymous=True)
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        sheet.button("Begin anonymously").click()
        kept = page.get_by_label("Your own link").input_value()
        assert kept != asked.link
        assert page.url == kept
        sheet.button("Begin with").click()
        sheet.choose(2)
        sheet.is_saved()
        heading = page.get_by_role("heading", level=1)
        page.goto("about:blank")
        page.goto(asked.link)
        expect(heading).to_have_text("Somebody has opened this invitation already")
        page.goto("about:blank")
        page.goto(kept)
        expect(page.get_by_text("One of 18 answers is saved.")).to_be_visible()
        assert _other_than(watched.complaints, "401") == []


@pytest.mark.parametrize("again", ["at once", "after loading the page again"])
def test_an_exchange_whose_answer_was_lost_is_made_again_and_locks_nobody_out(
    consultancy: Consultancy, browser: Browser, again: str
) -> None:
    asked = consultancy.asks(anonymous=True)
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.route("**/v1/respondent/claim", _lose_the_answer, times=1)
        page.goto(asked.link)
        sheet.button("Begin anonymously").click()
        expect(page.get_by_role("alert").filter(has_text="Not begun")).to_be_visible()
        if again == "at once":
            sheet.button("Begin anonymously").click()
        else:
            page.reload()
        assert page.get_by_label("Your own link").input_value() == page.url
        assert page.evaluate("history.state") is None
        assert _other_than(watched.complaints, "net::ERR_") == []


def _lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def test_what_was_chosen_after_the_answers_were_handed_in_elsewhere_is_saved_once_they_are_taken_back(
    consultancy: Consultancy, browser: Browser
) -> None:
    asked = consultancy.asks()
    with Watched.opened(browser) as watched:
        page, sheet = watched.page, Sheet(watched.page)
        page.goto(asked.link)
        sheet.button("Begin with").click()
        with consultancy.client() as client:
            client.post(f"{asked.path}/submission", {"incomplete": True})
        late = sheet.choose(4)
        sheet.button("Change my answers").click()
        expect(page.get_by_text("All saved")).to_be_visible()
        assert consultancy.saved(asked) == {late: "4"}
        assert _other_than(watched.complaints, "409") == []
