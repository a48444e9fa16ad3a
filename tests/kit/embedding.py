"""Pages of a portal that embed, on origins of their own, without cookies or storage."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page

from tests.kit.answering import Asked, Consultancy
from tests.kit.browser import Watched
from tests.kit.processes import Client, free_port
from tests.kit.reading import Json

PORT = free_port()
PORTAL, FOREIGN = f"http://localhost:{PORT}", f"http://127.0.0.2:{PORT}"
SIZE: dict[str, Any] = {"viewport": {"width": 800, "height": 900}}
EVENTS = (
    "ready",
    "resize",
    "progress",
    "saved",
    "section-changed",
    "submitted",
    "scroll-request",
    "token-expiring",
    "error",
)
BLOCKED = """
for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
Object.defineProperty(document, "cookie", { get() { throw new DOMException("blocked", "SecurityError"); } });
"""


def session_of(
    client: Client, asked: Asked, view: str = "questionnaire", lang: str = "en", parent_origin: str = PORTAL
) -> Json:
    """A new session for somebody who is asked."""
    _, _, assessment, _, participant = asked.path.split("/")
    subject = {"participant": participant} if view == "questionnaire" else {"assessment": assessment}
    session: Json = client.post(
        "/embed-sessions", {"view": view, "parent_origin": parent_origin, "lang": lang} | subject
    )
    return session


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """A server of its own, and gone at the end."""
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page_html(address: str, session: Json, *, asks: bool = False) -> str:
    """A page with the element, which has this session or asks for one, and with all that it tells."""
    tag = "sbm-profile" if session["view"] == "profile" else "sbm-assessment"
    given = 'token-endpoint="/session"' if asks else f'session="{session["session"]}"'
    return f"""<!doctype html><html lang="en"><title>Portal</title><body><h1>Portal</h1>
    <{tag} {given}></{tag}>
    <script>window.told = [];
    for (const name of {json.dumps(EVENTS)})
      document.addEventListener("sbm:" + name, (event) => told.push([name, event.detail]));</script>
    <script type="module" src="{address}/embed/v1/loader.js"></script></body>"""


@contextmanager
def portal_page(
    browser: Browser,
    consultancy: Consultancy,
    session: Json,
    origin: str = PORTAL,
    *,
    another: Callable[[], str] | None = None,
    **how: Any,  # noqa: ANN401 -- options of a context
) -> Iterator[Watched]:
    """A page of another origin with the element on it, and all that it tells.

    `another` answers where the element asks the portal for a session. The clock of a page that is `alone`
    can be put forward.
    """
    html = page_html(consultancy.address, session, asks=another is not None)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode() if self.path == "/" else b"")

        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"session": another() if another else ""}).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    host = "127.0.0.1" if origin == PORTAL else "127.0.0.2"
    with (
        serving(ThreadingHTTPServer((host, PORT), Answer)),
        Watched.opened(browser, script=BLOCKED, **SIZE | how) as watched,
    ):
        if how.get("alone"):
            watched.page.clock.install()
        watched.page.goto(f"{origin}/")
        yield watched


@contextmanager
def asking_page(
    browser: Browser, consultancy: Consultancy, asked: Asked
) -> Iterator[tuple[Watched, list[Json]]]:
    """Such a page, ready, whose element asks the portal for its sessions, and those that it has got."""
    sessions: list[Json] = []

    def another() -> str:
        with consultancy.client() as portal:
            sessions.append(session_of(portal, asked))
        return str(sessions[-1]["session"])

    with portal_page(browser, consultancy, {"view": "questionnaire"}, another=another) as watched:
        wait_for(watched.page, "ready")
        yield watched, sessions


def told(page: Page, name: str) -> list[Json]:
    """What the element has told of this."""
    found: list[Json] = page.evaluate("name => told.filter((t) => t[0] === name).map((t) => t[1])", name)
    return found


def wait_for(page: Page, name: str) -> Json:
    """What the element tells of this, last."""
    page.wait_for_function("name => told.some((t) => t[0] === name)", arg=name)
    return told(page, name)[-1]
