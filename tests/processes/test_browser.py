"""The pages in a real Chromium, served by the real command."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from app.demo.workspace import DEMO_KEY
from tests.kit.axe import faults
from tests.kit.browser import IN_CHROMIUM, Watched, chromium
from tests.kit.effort import THOROUGH
from tests.kit.folders import ROOT
from tests.kit.processes import await_port, free_port

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running demonstration."""
    port = free_port()
    file = tmp_path_factory.mktemp("demo") / "sbm.sqlite3"
    environment = os.environ | {"SBM_DATABASE_URL": f"sqlite:///{file}"}
    command = [sys.executable, "-m", "app", "serve", "--demo", "--migrate", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603 -- our own
        try:
            await_port(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    with Watched.opened(browser) as watched:
        yield watched


class Documentation(NamedTuple):
    """The page of the documentation, and the seconds that a processor drew it for."""

    watched: Watched
    seconds: float


@pytest.fixture(scope="module")
def documentation(address: str, browser: Browser) -> Iterator[Documentation]:
    """Loaded once: each test opens operations of its own, and closes them."""
    with Watched.opened(browser) as watched:
        page = watched.page
        session = page.context.new_cdp_session(page)
        session.send(
            "Performance.enable", {"timeDomain": "threadTicks"}
        )  # others on the machine do not count
        page.goto(f"{address}/docs")
        page.locator(".opblock").first.wait_for()
        measured = session.send("Performance.getMetrics")["metrics"]
        session.detach()
        yield Documentation(
            watched, next(metric["value"] for metric in measured if metric["name"] == "TaskDuration")
        )


def test_the_documentation_is_drawn_quickly(documentation: Documentation) -> None:
    assert 0 < documentation.seconds < 2


GROUND = "getComputedStyle(document.documentElement).backgroundColor.match(/[\\d.]+/g)"

# What a newcomer opens first, and of each kind: a table, something taken away by its ids, a revision with an
# invitation; each with what its answer says.
TRIED = {
    "score_answers": "verdict",
    "list_companies": "Officine Brandolera",
    "score_portfolio": "",
    "remove_participant": "",
    "change_respondent_answers": "",
}


def test_operations_are_tried_at_the_first_click_without_typing(
    address: str, documentation: Documentation
) -> None:
    watched = documentation.watched
    for name, said in TRIED.items():
        operation = watched.page.locator(f"[id$='-{name}']")
        operation.locator(".opblock-summary-control").click()
        operation.get_by_role("button", name="Execute").click()
        answer = operation.locator(".live-responses-table")
        expect(answer.locator("tr.response td.response-col_status"), name).to_contain_text("20")
        expect(answer).to_contain_text(said)
        operation.locator(".opblock-summary-control").click()
    assert watched.complaints == []
    assert watched.hosts == {address}


def test_the_documentation_has_the_readers_colours_and_problems_on_one_line(
    documentation: Documentation,
) -> None:
    page = documentation.watched.page
    page.set_viewport_size({"width": 360, "height": 800})
    operation = page.locator("[id$='-get_company']")
    operation.locator(".opblock-summary-control").click()
    problem = operation.locator("tr.response[data-code='404']")
    expect(problem).to_contain_text("Not Found")
    expect(problem.locator(".model-example")).to_be_hidden()
    expect(operation.locator("tr.response[data-code='200'] .model-example")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html.dark-mode")).to_have_count(int(scheme == "dark"))
        red, _, _, *alpha = page.evaluate(GROUND)
        assert (int(red) < 64 and alpha != ["0"]) == (scheme == "dark")


@pytest.mark.parametrize(("language", "width", "other_width"), [("en", 1280, 320), ("it", 320, 1280)])
def test_the_landing_page_stands_in_nobodys_way(
    address: str, watched: Watched, language: str, width: int, other_width: int
) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/?lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    assert watched.hosts == {address}
    assert [text for text in watched.complaints if "favicon" not in text and "404" not in text] == []
    assert faults(page) == []
    page.set_viewport_size({"width": other_width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_no_profile_of_the_demonstration_is_wider_than_the_smallest_window(
    address: str, watched: Watched
) -> None:
    page = watched.page
    page.set_viewport_size({"width": 320, "height": 800})
    listed = page.request.get(f"{address}/v1/assessments", headers={"Authorization": f"Bearer {DEMO_KEY}"})
    assessments = [each["id"] for each in listed.json()["data"]]
    shown = [f"/demo/{each}?lang=it" for each in assessments]  # most words are longer in Italian
    shown += [f"/demo/{each}?lang=en" for each in (assessments if THOROUGH else assessments[:1])]
    assert len(shown) >= 5
    for path in shown:
        page.goto(f"{address}{path}")
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    assert watched.complaints == []
