"""The pages in a real Chromium, served by the real command."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from app.demo.workspace import DEMO_KEY
from tests.kit.axe import AXE, faults
from tests.kit.browser import IN_CHROMIUM, Watched, chromium
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


def test_the_documentation_scores_the_example_at_the_first_click(address: str, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{address}/docs")
    operation = page.locator("[id$='-score_answers']")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    expect(answer.locator("tr.response td.response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("verdict")
    assert watched.complaints == []
    assert watched.hosts == {address}


def test_the_documentation_of_the_demonstration_lists_its_companies_at_the_first_click(
    address: str, watched: Watched
) -> None:
    page = watched.page
    page.goto(f"{address}/docs")
    operation = page.locator("[id$='-list_companies']")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    expect(answer.locator("tr.response td.response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("Officine Brandolera")
    assert watched.complaints == []
    assert watched.hosts == {address}


# Of each kind: ids in the path, a table, a revision in a header, an invitation, something taken away.
TRIED = (
    "score_portfolio",
    "get_questionnaire",
    "get_company",
    "remove_participant",
    "replace_answers",
    "change_respondent_answers",
)


def test_operations_are_tried_without_typing(address: str, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{address}/docs")
    for name in TRIED:
        operation = page.locator(f"[id$='-{name}']")
        operation.locator(".opblock-summary-control").click()
        operation.get_by_role("button", name="Execute").click()
        status = operation.locator(".live-responses-table tr.response td.response-col_status")
        expect(status, name).to_contain_text("20")
        operation.locator(".opblock-summary-control").click()
    assert watched.complaints == []
    assert watched.hosts == {address}


def test_the_documentation_is_drawn_quickly(address: str, watched: Watched) -> None:
    page = watched.page
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # others on the machine do not count
    page.goto(f"{address}/docs")
    page.locator(".opblock").first.wait_for()
    measured = session.send("Performance.getMetrics")["metrics"]
    assert 0 < next(metric["value"] for metric in measured if metric["name"] == "TaskDuration") < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_documentation_has_the_readers_colours_and_problems_on_one_line(
    address: str, watched: Watched, scheme: Literal["light", "dark"]
) -> None:
    page = watched.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/docs")
    operation = page.locator("[id$='-get_company']")
    operation.locator(".opblock-summary-control").click()
    problem = operation.locator("tr.response[data-code='404']")
    expect(problem).to_contain_text("Not Found")
    expect(problem.locator(".model-example")).to_be_hidden()
    expect(operation.locator("tr.response[data-code='200'] .model-example")).to_be_visible()
    red, *_ = page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g)")
    assert (int(red) < 64 and page.evaluate("document.documentElement.className") == "dark-mode") == (
        scheme == "dark"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_landing_page_stands_in_nobodys_way(
    address: str, watched: Watched, language: str, width: int
) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/?lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    assert watched.hosts == {address}
    assert [text for text in watched.complaints if "favicon" not in text and "404" not in text] == []
    page.evaluate(AXE.read_text("utf-8"))  # not as an element: the policy of the page would refuse it
    assert faults(page) == []


def test_no_profile_of_the_demonstration_is_wider_than_the_smallest_window(
    address: str, watched: Watched
) -> None:
    page = watched.page
    page.set_viewport_size({"width": 320, "height": 800})
    listed = page.request.get(f"{address}/v1/assessments", headers={"Authorization": f"Bearer {DEMO_KEY}"})
    shown = [f"/demo/{each['id']}?lang={lang}" for each in listed.json()["data"] for lang in ("en", "it")]
    assert len(shown) >= 8
    for path in shown:
        page.goto(f"{address}{path}")
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    assert watched.complaints == []
