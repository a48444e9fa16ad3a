"""The page of a profile in a real browser: nothing stands in anybody's way, on a phone or in the dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from app.core.editions import Edition
from app.reports.about import About
from app.reports.page import profile_page
from app.scores.example import REQUEST, RESPONSES
from scoring.presentation.document import present
from scoring.request import read, score_request
from tests.kit.axe import AXE, faults
from tests.kit.browser import IN_CHROMIUM, Watched, chromium
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.reading import Json

pytestmark = IN_CHROMIUM

EDITION = Edition(load(QUESTIONNAIRES / "social-business" / "1.1.0"), released=True)
BODIES = {"one": REQUEST, "both sides": RESPONSES, "nothing": {"answers": {}}}

# Words outside of their chart, with some room for the last digit of an axis, and words upon words.
MISPLACED = """() => [...document.querySelectorAll("svg.chart")].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")]
        .map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
    const outside = texts.filter(([, box]) => box.left < frame.left - 30 || box.right > frame.right + 30)
        .map(([said]) => `outside: ${said}`);
    const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 3
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 8;
    const upon = texts.flatMap(([said, box], place) => texts.slice(place + 1)
        .filter(([, other]) => meet(box, other)).map(([other]) => `${said} upon ${other}`));
    return [...outside, ...upon];
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def page_of(body: Json, language: str) -> str:
    request, _ = read(body)
    profile = score_request(EDITION.questionnaire, request, [])
    document = present(profile, EDITION.words(language))
    return profile_page(document, EDITION, language, About("Studio", "Officine Bellandi S.p.A.")).html


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("it", 320)])
def test_nothing_stands_in_anybodys_way(browser: Browser, language: str, width: int) -> None:
    with Watched.opened(browser, viewport={"width": width, "height": 800}) as watched:
        watched.page.set_content(page_of(RESPONSES, language))
        watched.page.add_script_tag(path=AXE)
        assert faults(watched.page) == []
        assert watched.complaints == []
        assert watched.hosts == set()


@pytest.mark.parametrize("body", BODIES)
def test_words_stay_inside_of_the_charts_and_apart(browser: Browser, body: str) -> None:
    """Names and figures beside a chart neither leave it nor lie on one another."""
    with Watched.opened(browser, viewport={"width": 1280, "height": 800}) as watched:
        watched.page.set_content(page_of(BODIES[body], "it"))
        watched.page.evaluate("document.fonts.ready")
        assert watched.page.evaluate(MISPLACED) == []
