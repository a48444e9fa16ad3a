"""A real Chromium: pages with what the browser complained about, and whom they asked."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

# The one without windows first: the same engine takes a third less of the processors there.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUMS)), None)
PATIENCE = 20.0
SIZE: ViewportSize = {"width": 1280, "height": 720}

IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "REQUIRE_BROWSER" not in os.environ,
        reason="no Chromium (Debian: apt-get install chromium-headless-shell)",
    ),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, and gone at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _new_page(browser: Browser, script: str, **how: Any) -> Page:  # noqa: ANN401 -- options of a context
    context = browser.new_context(**how)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    return page


class Watched:
    """A page with what its browser complained about and whom it asked."""

    _kept: ClassVar[dict[tuple[Browser, str], Page]] = {}
    _lent: ClassVar[set[tuple[Browser, str]]] = set()

    def __init__(self, page: Page) -> None:
        """Listen to the page from its beginning."""
        self.page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self._finished: list[Request] = []
        self._listeners: dict[str, Callable[..., None]] = {
            "console": self._said,
            "pageerror": lambda error: self.complaints.append(str(error)),
            "request": lambda request: self._asked(request.url),
            "requestfinished": self._finish,
        }
        for name, listener in self._listeners.items():
            page.on(name, listener)  # type: ignore[call-overload] # one of many names

    @classmethod
    @contextmanager
    def opened(
        cls,
        browser: Browser,
        *,
        script: str = "",
        alone: bool = False,
        **how: Any,  # noqa: ANN401 -- options of a context
    ) -> Iterator[Self]:
        """A page on which this script comes first, of those that the browser keeps where one of them will do.

        To begin anew, in a process of its own, takes half a second of a processor. That is done for a page
        with other options than a size, such as a phone's, and for one that has to be `alone`: because its
        clock is put forward, or because nothing may have been loaded before.
        """
        place = browser, script
        if alone or how.keys() - {"viewport"} or place in cls._lent:
            page = _new_page(browser, script, **how)
            yield cls(page)
            page.context.close()
            return
        cls._lent.add(place)
        try:
            page = cls._kept.pop(place) if place in cls._kept else _new_page(browser, script)
            page.set_viewport_size(how.get("viewport", SIZE))
            watched = cls(page)
            yield watched
            watched._return()
            cls._kept[place] = page
        finally:
            cls._lent.remove(place)

    def _return(self) -> None:
        """Leave nothing to the next one."""
        for name, listener in self._listeners.items():
            self.page.remove_listener(name, listener)
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        self.page.unroute_all()
        self.page.context.set_offline(offline=False)
        self.page.emulate_media(color_scheme="light")
        self.page.goto("about:blank")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

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
