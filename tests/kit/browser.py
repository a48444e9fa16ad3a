"""A real Chromium: pages with what the browser complained about, and whom they asked."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 20.0

IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "REQUIRE_BROWSER" not in os.environ,
        reason="no Chromium (Debian: apt-get install chromium)",
    ),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, and gone at the end."""
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
        self._finished: list[Request] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfinished", self._finish)
        page.on("request", lambda request: self._asked(request.url))

    @classmethod
    @contextmanager
    def opened(cls, browser: Browser, **how: Any) -> Iterator[Self]:  # noqa: ANN401 -- options of a context
        """A page in a context of its own, such as a phone's."""
        context = browser.new_context(**how)
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        yield cls(page)
        context.close()

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"}:
            self.hosts.add(f"{parts.scheme}://{parts.netloc}")

    def _finish(self, request: Request) -> None:
        self._finished.append(request)

    def received(self) -> int:
        """Bytes of all answers so far as they came over the wire, and of their headers."""
        sizes = [request.sizes() for request in self._finished]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
