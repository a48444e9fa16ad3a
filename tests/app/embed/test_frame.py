"""The questionnaire inside a portal's page: three origins in a real browser, without cookies or storage."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from app.embed import STATIC
from tests.kit.answering import Consultancy
from tests.kit.axe import AXE, FIND, STANDARDS
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.processes import free_port
from tests.kit.reading import Json

pytestmark = IN_CHROMIUM

PORT = free_port()
PORTAL, FOREIGN = f"http://localhost:{PORT}", f"http://127.0.0.2:{PORT}"
PHONE = {"width": 360, "height": 740}
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


@pytest.fixture
def client(consultancy: Consultancy) -> Iterator[Any]:
    with consultancy.client() as client:
        client.patch("/workspace", {"allowed_origins": [PORTAL], "respondents_see_profile": True})
        yield client


def session_of(client: Any, consultancy: Consultancy, view: str = "questionnaire") -> tuple[Json, str]:  # noqa: ANN401 -- its client
    asked = consultancy.asks()
    assessment, participant = asked.path.split("/")[2], asked.path.split("/")[4]
    subject = {"participant": participant} if view == "questionnaire" else {"assessment": assessment}
    session = client.post("/embed-sessions", {"view": view, "parent_origin": PORTAL, "lang": "en"} | subject)
    return session, asked.path


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


@contextmanager
def portal_page(
    browser: Browser,
    consultancy: Consultancy,
    session: Json,
    origin: str = PORTAL,
    *,
    is_clock_ours: bool = False,
    **how: Any,  # noqa: ANN401 -- options of a context
) -> Iterator[Watched]:
    """A page of another origin with the element on it, and all that it tells."""
    tag = "sbm-profile" if session["view"] == "profile" else "sbm-assessment"
    html = f"""<!doctype html><html lang="en"><title>Portal</title><body><h1>Portal</h1>
    <{tag} session="{session["session"]}" {'patience="2"' if origin == FOREIGN else ""}></{tag}>
    <script>window.told = [];
    for (const name of {json.dumps(EVENTS)})
      document.addEventListener("sbm:" + name, (event) => told.push([name, event.detail]));</script>
    <script type="module" src="{consultancy.address}/embed/v1/loader.js"></script></body>"""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode() if self.path == "/" else b"")

        def log_message(self, *_: object) -> None:
            """Nothing."""

    host = "127.0.0.1" if origin == PORTAL else "127.0.0.2"
    with (
        serving(ThreadingHTTPServer((host, PORT), Answer)),
        Watched.opened(browser, **{"viewport": {"width": 800, "height": 900}} | how) as watched,
    ):
        watched.page.add_init_script(BLOCKED)
        if is_clock_ours:
            watched.page.clock.install()
        watched.page.goto(f"{origin}/")
        yield watched


def told(page: Page, name: str) -> list[Json]:
    found: list[Json] = page.evaluate("name => told.filter((t) => t[0] === name).map((t) => t[1])", name)
    return found


def wait_for(page: Page, name: str) -> Json:
    page.wait_for_function("name => told.some((t) => t[0] === name)", arg=name)
    return told(page, name)[-1]


def test_a_questionnaire_is_answered_inside_the_page_of_a_portal(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, path = session_of(client, consultancy)
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        assert wait_for(page, "ready") == {"view": "questionnaire"}
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Begin").or_(frame.locator(".onward .btn")).first.click()
        question = frame.locator("fieldset.open")
        question.locator(".cards .card").nth(2).click()
        assert wait_for(page, "saved")["revision"] == 1
        assert wait_for(page, "section-changed")["section"]
        assert told(page, "progress")[-1]["answered"] == 1
        height = told(page, "resize")[-1]["height"]
        assert page.locator("iframe").evaluate("f => f.style.height") == f"{height}px"
        assert "sbm_" not in page.evaluate("JSON.stringify(told)")
        assert watched.complaints == []
    assert len(client.get(f"{path}/answers")["answers"]) == 1


def test_a_profile_is_shown_inside_the_page_of_a_portal(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, _ = session_of(client, consultancy, "profile")
    with portal_page(browser, consultancy, session) as watched:
        assert wait_for(watched.page, "ready") == {"view": "profile"}
        page, frame = watched.page, watched.page.frame_locator("iframe")
        expect(frame.locator("#functions h2")).to_be_visible()
        assert frame.locator("html").evaluate("e => e.scrollWidth <= innerWidth")
        assert frame.locator(".facts").evaluate("e => e.getBoundingClientRect().width > innerWidth - 20")
        frame.locator(".toc a").last.click()
        wait_for(page, "scroll-request")
        assert page.evaluate("scrollY > innerHeight")
        assert watched.complaints == []


def test_a_foreign_page_frames_nothing_and_uses_up_no_code(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, _ = session_of(client, consultancy)
    with portal_page(browser, consultancy, session, FOREIGN) as watched:
        said = watched.page.locator("sbm-assessment p")
        expect(said).to_contain_text("cannot be shown here")
        assert any("allowed_origins" in complaint for complaint in watched.complaints)
    with portal_page(browser, consultancy, session) as watched:
        assert wait_for(watched.page, "ready")


def test_a_code_that_was_used_says_so_and_opens_nothing(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, _ = session_of(client, consultancy)
    with portal_page(browser, consultancy, session) as watched:
        wait_for(watched.page, "ready")
    with portal_page(browser, consultancy, session) as watched:
        assert wait_for(watched.page, "error") == {"code": "expired"}
        expect(watched.page.locator("sbm-assessment p")).to_contain_text("Your answers are saved")
        expect(watched.page.locator("iframe")).to_have_count(0)


HOSTILE = """
() => {
  const right = { ns: "sbm", v: 1, type: "submitted", id: "1-2", data: {} };
  const odd = [null, 1, "sbm", [], {}, { ns: "sbm" }, { ...right, ns: "x" }, { ...right, v: 2 }, right,
    { ...right, type: "resize", data: { height: 1e9 } },
    { ...right, type: "error", data: { code: "expired" } },
    { ...right, type: "__proto__" }, { ...right, data: null }];
  const colours = { light: { accent: "red" } };
  const data = { token: "sbm_code_x", mode: "<img>", lang: "javascript:", colours };
  const inward = ["token", "theme", "lang", "focus", "constructor", "ready", "eval"].map(
    (type) => ({ ...right, type, data }));
  const frame = document.querySelector("iframe").contentWindow;
  for (const said of [...odd, ...inward]) { window.postMessage(said, "*"); frame.postMessage(said, "*"); }
  return odd.length + inward.length;
}
"""


def test_forty_hostile_messages_do_nothing(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, _ = session_of(client, consultancy)
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        frame = page.frame_locator("iframe")
        look = "e => [e.lang, e.dataset.mode, e.getAttribute('style')]"
        before = frame.locator("html").evaluate(look)
        height = page.locator("iframe").evaluate("f => f.style.height")
        assert 2 * page.evaluate(HOSTILE) >= 40
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        assert frame.locator("html").evaluate(look) == before
        assert page.locator("iframe").evaluate("f => f.style.height") == height
        assert told(page, "submitted") == told(page, "error") == []
        assert watched.complaints == []


def test_the_loader_is_small() -> None:
    assert len(gzip.compress((STATIC / "loader.js").read_bytes())) < 6 * 1024


def test_by_touch_on_a_phone_nothing_stands_in_anybodys_way(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, path = session_of(client, consultancy)
    with portal_page(browser, consultancy, session, has_touch=True, viewport=PHONE) as watched:
        page, frame = watched.page, watched.page.frame_locator("iframe")
        wait_for(page, "ready")
        assert faults_inside(page) == []
        frame.locator(".onward .btn, .onward button").first.tap()
        frame.locator("fieldset.open .card").nth(1).tap()
        wait_for(page, "saved")
        assert faults_inside(page) == []
        assert len(client.get(f"{path}/answers")["answers"]) == 1
        assert watched.complaints == []


def faults_inside(page: Page) -> list[str]:
    """What axe-core finds in the frame."""
    inner = page.frames[1]
    inner.evaluate(AXE.read_text("utf-8"))
    found: list[str] = inner.evaluate(FIND, STANDARDS)
    return found


def test_a_token_is_renewed_before_it_ends(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, _ = session_of(client, consultancy)
    with portal_page(browser, consultancy, session, is_clock_ours=True) as watched:
        page = watched.page
        wait_for(page, "ready")
        with page.expect_response("**/v1/respondent/token") as renewed:
            page.clock.fast_forward("14:00")
        assert renewed.value.status == 201
        assert wait_for(page, "token-expiring")["seconds"] > 0
        frame = page.frame_locator("iframe")
        frame.locator(".onward .btn, .onward button").first.click()
        frame.locator("fieldset.open .card").nth(1).click()
        page.clock.fast_forward("00:02")
        wait_for(page, "saved")
        client.ask("DELETE", f"/embed-sessions/{session['id']}")
        page.clock.fast_forward("14:00")
        assert wait_for(page, "error") == {"code": "expired"}


class Spy(BaseHTTPRequestHandler):
    """A foreign page that hears what is said to it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<script>heard = []; onmessage = (event) => heard.push(event.data)</script>")

    def log_message(self, *_: object) -> None:
        """Nothing."""


def id_of(page: Page) -> str:
    """What the element's messages carry."""
    address = page.locator("sbm-assessment iframe").get_attribute("src") or ""
    return parse_qs(address.partition("#")[2])["id"][0]


def test_a_foreign_page_can_forge_no_message_and_read_none(
    browser: Browser,
    consultancy: Consultancy,
    client: Any,  # noqa: ANN401 -- its client
) -> None:
    session, _ = session_of(client, consultancy)
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        frame = page.frame_locator("sbm-assessment iframe")
        with serving(ThreadingHTTPServer(("127.0.0.2", PORT), Spy)):
            page.evaluate(
                "src => new Promise(done => { const f = document.createElement('iframe'); f.name = 'spy';"
                " f.onload = done; f.src = src; document.body.append(f); })",
                f"{FOREIGN}/",
            )
            spy = page.frame("spy")
            assert spy is not None
            said = {"ns": "sbm", "v": 1, "id": id_of(page), "type": "theme", "data": {"mode": "dark"}}
            tell = "said => { for (const to of [parent, parent.frames[0]]) to.postMessage(said, '*'); }"
            spy.evaluate(tell, said)
            spy.evaluate(tell, said | {"type": "submitted", "data": {}})
            page.evaluate("() => document.querySelector('sbm-assessment').theme({radius: 9})")
            expect(frame.locator("html[style*='9px']")).to_be_attached()
            assert frame.locator("html").get_attribute("data-mode") != "dark"
            assert told(page, "submitted") == spy.evaluate("heard") == []
