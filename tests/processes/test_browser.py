"""The pages in a real Chromium, served by the real command."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.kit.folders import ROOT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 20.0

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "REQUIRE_BROWSER" not in os.environ,
        reason="no Chromium (Debian: apt-get install chromium)",
    ),
]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except ConnectionRefusedError:
            os.sched_yield()
    pytest.fail("the service does not listen")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running demonstration."""
    port = free_port()
    file = tmp_path_factory.mktemp("demo") / "sbm.sqlite3"
    environment = os.environ | {"SBM_DATABASE_URL": f"sqlite:///{file}"}
    command = [sys.executable, "-m", "app", "serve", "--demo", "--migrate", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603 -- our own
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--headless=new"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Watched:
    """A page with what its browser complained about and whom it asked."""

    def __init__(self, page: Page) -> None:
        """Listen to the page from its beginning."""
        self.page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"}:
            self.hosts.add(f"{parts.scheme}://{parts.netloc}")


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    yield Watched(page)
    page.close()


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


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_landing_page_fits_its_window(address: str, watched: Watched, language: str, width: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.documentElement.lang") == language
    assert watched.hosts == {address}
    assert [text for text in watched.complaints if "favicon" not in text and "404" not in text] == []
