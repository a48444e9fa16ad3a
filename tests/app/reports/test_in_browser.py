"""The page of a profile in a real browser: nothing stands in anybody's way, on a phone or in the dark."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from app.reports.board import board_page
from app.reports.page import profile_page
from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched, chromium
from tests.kit.portraits import portraits

pytestmark = IN_CHROMIUM

PLANNED = {"one-hole", "two-results"}

# Words outside of their chart, but for the last digit of an axis, words upon words or dots, and dots
# that the window cuts.
MISPLACED = """() => [...document.querySelectorAll("svg.chart")].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")]
        .map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
    const outside = texts.filter(([, box]) => box.left < frame.left - 30 || box.right > frame.right + 30)
        .map(([said]) => `outside: ${said}`);
    const dots = [...svg.querySelectorAll("circle.dot")]
        .map(dot => [dot.textContent, dot.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
    const cut = dots.filter(([, box]) => box.left < 0 || box.right > innerWidth)
        .map(([said]) => `cut: ${said}`);
    const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 3
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 8;
    const upon = texts.flatMap(([said, box], place) => texts.slice(place + 1)
        .concat(dots).filter(([, other]) => meet(box, other)).map(([other]) => `${said} upon ${other}`));
    return [...outside, ...cut, ...upon];
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def page_of(name: str, language: str) -> str:
    portrait = portraits()[name]
    told = portrait.whole(language) if name in PLANNED else portrait.told(language)
    return profile_page(*told[:5]).html


@pytest.mark.parametrize("language", ["en", "it"])
def test_nothing_stands_in_anybodys_way(browser: Browser, language: str) -> None:
    """A report and a summary with all parts there are, on a phone and on a desk, in both themes."""
    told = portraits()["two-results"].whole(language)
    with Watched.opened(browser) as watched:
        for page in (profile_page(*told[:5]), board_page(*told[:4])):
            watched.page.set_content(page.html)
            for width in (320, 1280):
                watched.page.set_viewport_size({"width": width, "height": 800})
                assert faults(watched.page) == [], width
        assert watched.complaints == []
        assert watched.hosts == set()


def test_words_and_dots_stay_inside_of_the_charts_and_apart(browser: Browser) -> None:
    """Names and figures beside a chart neither leave it nor lie on one another or on a dot."""
    with Watched.opened(browser) as watched:
        for name in portraits():
            watched.page.set_content(page_of(name, "it"))
            watched.page.evaluate("document.fonts.ready")
            for width in (360, 1280):
                watched.page.set_viewport_size({"width": width, "height": 800})
                assert watched.page.evaluate(MISPLACED) == [], (name, width)


@pytest.mark.parametrize("name", ["two-results", "six-roles"])
def test_a_summary_is_printed_on_one_page(browser: Browser, name: str) -> None:
    with Watched.opened(browser) as watched:
        watched.page.set_content(board_page(*portraits()[name].told("it")[:4]).html)
        assert len(PdfReader(BytesIO(watched.page.pdf(format="A4"))).pages) == 1


def test_print_has_the_charts_of_a_desk_in_their_colours(browser: Browser) -> None:
    """Also on paper that is narrower than a desk: the strips of a phone would fill twice as many pages."""
    with Watched.opened(browser) as watched:
        page = watched.page
        page.set_viewport_size({"width": 680, "height": 900})
        page.set_content(page_of("half-answered", "it"))
        page.emulate_media(media="print")
        assert page.locator(".wide svg").first.is_visible()
        assert not page.locator(".narrow").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 680
        adjusted = "getComputedStyle(document.querySelector('.profile')).printColorAdjust"
        assert page.evaluate(adjusted) == "exact"
