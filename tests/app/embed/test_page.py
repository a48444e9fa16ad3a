"""The page of an invitation: its headers, its words, its files."""

import gzip
import json
import re

import pytest
from fastapi.testclient import TestClient

from app.embed import STATIC
from app.embed.page import LOADER, LOADER_NAME
from app.embed.words import words_of

MODULES = sorted((STATIC / "questionnaire").iterdir())
MOST_BYTES = 40 * 1024
SAID = re.compile(r"""\bsay\(\s*"(\w+)\"""")
FORBIDDEN = re.compile(r"//[\w-]+\.\w|(local|session)Storage|indexedDB|document\.cookie|innerHTML|eval\(")
PLURALS = ("_zero", "_one", "_other")


def test_the_page_asks_nobody_else_is_framed_by_nobody_and_is_kept_by_nobody(client: TestClient) -> None:
    page = client.get("/r")
    assert page.status_code == 200
    [policy] = page.headers.get_list("content-security-policy")
    given = {
        name: sources.split() for name, _, sources in (p.strip().partition(" ") for p in policy.split(";"))
    }
    assert given["default-src"] == given["frame-ancestors"] == given["base-uri"] == ["'none'"]
    assert given["script-src"] == given["style-src"] == given["connect-src"] == ["'self'"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert client.head("/r").status_code == 200


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_page_is_in_the_language_of_the_browser_before_it_knows_the_persons(
    client: TestClient, language: str
) -> None:
    page = client.get("/r", headers={"Accept-Language": f"{language};q=0.9,de"})
    assert f'<html lang="{language}">' in page.text
    assert words_of(language)["loading"] in page.text


def test_the_page_carries_its_words_in_every_language(client: TestClient) -> None:
    page = client.get("/r").text
    [carried] = re.findall(r'<script type="application/json" id="words">(.*?)</script>', page)
    assert json.loads(carried) == {language: words_of(language) for language in ("en", "it")}


def test_both_languages_have_the_same_sentences_with_the_same_values() -> None:
    english, italian = words_of("en"), words_of("it")
    assert list(english) == list(italian)
    for key, sentence in english.items():
        assert set(re.findall(r"{(\w+)}", sentence)) == set(re.findall(r"{(\w+)}", italian[key])), key


def test_what_the_page_says_has_words() -> None:
    said = {key for module in MODULES for key in SAID.findall(module.read_text("utf-8"))}
    keys = set(words_of("en"))
    assert said
    assert not {key for key in keys for plural in PLURALS if f"{key}{plural}" in keys}
    assert not {key for key in said if not keys & {key, *(key + plural for plural in PLURALS)}}


def opened_with(module: str) -> set[str]:
    """A module and what it imports at once; what it imports when that is needed comes later."""
    text = (STATIC / "questionnaire" / module).read_text("utf-8")
    imported = re.findall(r'^import .* from "\./(.+)";$', text, re.MULTILINE)
    return {module}.union(*map(opened_with, imported))


AT_ONCE = {*opened_with("main.js"), "questionnaire.css"}


def test_every_file_is_served_and_named_in_the_page_where_it_opens_with_it(client: TestClient) -> None:
    page = client.get("/r").text
    for file in MODULES:
        path = f"/embed/v1/questionnaire/{file.name}"
        assert client.get(path).status_code == 200
        assert (path in page) == (file.name in AT_ONCE)


def test_the_questionnaire_is_small(client: TestClient) -> None:
    sent = [client.get("/r").content, *(file.read_bytes() for file in MODULES if file.name in AT_ONCE)]
    assert sum(len(gzip.compress(content)) for content in sent) < MOST_BYTES


def test_no_file_names_another_host_or_keeps_anything() -> None:
    files = [file for file in STATIC.rglob("*.*") if file.suffix in {".js", ".css"}]
    assert len(files) > len(MODULES)
    for file in files:
        assert not FORBIDDEN.search(file.read_text("utf-8")), file


def test_the_playground_is_in_the_demonstration_alone(client: TestClient) -> None:
    assert client.get("/embed/playground").status_code == 404


def test_the_types_are_text(client: TestClient) -> None:
    types = client.get("/embed/v1/loader.d.ts")
    assert types.headers["content-type"] == "text/plain; charset=utf-8"
    assert types.content == (STATIC / "loader.d.ts").read_bytes()


def test_a_loader_that_is_named_by_its_content_never_changes(client: TestClient) -> None:
    newest, kept = (client.get(f"/embed/v1/{name}") for name in ("loader.js", LOADER_NAME))
    assert newest.content == kept.content == LOADER
    assert "immutable" in kept.headers["cache-control"]
    assert "immutable" not in newest.headers["cache-control"]
