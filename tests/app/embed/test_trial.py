"""The questionnaire without an account: the same page, nothing kept, and a copy for whoever wants one."""

import json
import re
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from app.core.settings import Settings
from app.embed.words import trial_words_of, words_of
from app.main import create_app
from tests.kit.answering import Consultancy, Sheet
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.databases import Templates

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def go_through(page: Page) -> tuple[dict[str, str], int]:
    """Answer two questions, and go to the end; the answers, and how many questions there were."""
    sheet, given, asked = Sheet(page), dict[str, str](), 0
    for _ in range(2):
        value = sheet.question.locator(".cards .card input").nth(2).get_attribute("value")
        given[sheet.choose(2)] = str(value)
    while page.locator(".list").count():
        asked += page.locator(".list > li").count()
        page.locator(".onward button").click()
    return given, asked


def kept(page: Page, button: str, folder: Path) -> str:
    """What is downloaded."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file.read_text("utf-8")


def test_without_open_scoring_there_is_nothing_to_try(templates: Templates, tmp_path: Path) -> None:
    with templates.copied("sqlite", tmp_path) as address:
        closed = Settings.model_validate({"database_url": address, "public_scoring": False})
        assert TestClient(create_app(closed)).get("/try").status_code == 404


def test_what_is_said_otherwise_is_said_in_both_languages() -> None:
    english, italian = trial_words_of("en"), trial_words_of("it")
    assert list(english) == list(italian)
    changed = [key for key in english if english[key] != words_of("en").get(key)]
    assert changed == [key for key in italian if italian[key] != words_of("it").get(key)]
    for key in changed:
        assert set(re.findall(r"{(\w+)}", english[key])) == set(re.findall(r"{(\w+)}", italian[key])), key


@IN_CHROMIUM[0]
@IN_CHROMIUM[1]
def test_some_of_eighteen_questions_come_to_a_profile(
    consultancy: Consultancy, browser: Browser, tmp_path: Path
) -> None:
    with Watched.opened(browser, **PHONE) as watched:
        page = watched.page
        page.goto(f"{consultancy.address}/try?lang=en")
        page.locator("label:has([name=importance])").nth(8).click()
        page.locator("label:has([name=self_rating])").nth(5).click()
        page.locator(".onward .btn").click()
        given, asked = go_through(page)
        assert asked == 18  # the express tier
        page.locator(".submission .btn").click()
        request = json.loads(kept(page, "Keep the answers", tmp_path))
        assert request["answers"] == given
        assert (request["tier"], request["importance"], request["self_rating"]) == ("express", 9, 6)
        profile = kept(page, "Keep the profile", tmp_path)
        assert profile.startswith("<!doctype html>")
        page.get_by_role("button", name="See the profile").click()
        expect(page.locator(".profile h1")).to_be_visible()
        assert page.locator(".profile h1").inner_text() in profile
        assert watched.complaints == []
        assert watched.hosts == {consultancy.address}
