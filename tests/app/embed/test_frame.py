"""The questionnaire inside a portal's page: three origins in a real browser, without cookies or storage."""

import gzip
import re
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from app.embed import STATIC
from tests.kit.answering import STILL, Consultancy, Sheet
from tests.kit.axe import OUTLINE, faults_in
from tests.kit.browser import IN_CHROMIUM
from tests.kit.embedding import (
    FOREIGN,
    PORT,
    PORTAL,
    asking_page,
    portal_page,
    serving,
    session_of,
    told,
    wait_for,
)
from tests.kit.processes import Client
from tests.kit.reading import Json

pytestmark = IN_CHROMIUM

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def client(consultancy: Consultancy) -> Iterator[Client]:
    with consultancy.client() as client:
        client.patch("/workspace", {"allowed_origins": [PORTAL], "respondents_see_profile": True})
        yield client


def test_a_questionnaire_is_answered_inside_the_page_of_a_portal(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    asked = consultancy.asks()
    session = session_of(client, asked)
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        assert wait_for(page, "ready") == {"view": "questionnaire"}
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Begin").or_(frame.locator(".onward .btn")).first.click()
        question = frame.locator("fieldset.open")
        question.wait_for()
        page.evaluate(STILL)
        question.locator(".cards .card").nth(2).click()
        assert wait_for(page, "saved")["revision"] == 1
        assert wait_for(page, "section-changed")["section"]
        assert told(page, "progress")[-1]["answered"] == 1
        height = told(page, "resize")[-1]["height"]
        assert page.locator("iframe").evaluate("f => f.style.height") == f"{height}px"
        assert "sbm_" not in page.evaluate("JSON.stringify(told)")
        assert watched.complaints == []
    assert len(client.get(f"{asked.path}/answers")["answers"]) == 1


def test_a_questionnaire_is_answered_and_handed_in_there_by_the_keyboard_alone(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    asked = consultancy.asks()
    given: dict[str, object] = {}
    with portal_page(browser, consultancy, session_of(client, asked)) as watched:
        page = watched.page
        wait_for(page, "ready")
        sheet = Sheet(page, page.frames[1])
        sheet.rate_and_begin()
        sheet.tab_to("fieldset.open input")
        sheet.answer_all(given)
        assert sheet.inside.evaluate(OUTLINE)[:3] == ["main", "h1", "h2"]
        sheet.submit_by_key()
        _, _, assessment, _, participant = asked.path.split("/")
        submitted = {"assessment_id": assessment, "participant_id": participant}
        assert wait_for(page, "submitted") == submitted
        assert told(page, "submitted") == [submitted]
        assert told(page, "progress")[-1] == {"answered": len(given), "total": len(given)}
        assert watched.complaints == []
    saved = consultancy.answers(asked)
    assert saved["answers"] == given
    assert saved["submitted_at"]


def test_a_profile_is_shown_inside_the_page_of_a_portal(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    session = session_of(client, consultancy.asks(), "profile")
    with portal_page(browser, consultancy, session) as watched:
        assert wait_for(watched.page, "ready") == {"view": "profile"}
        page, frame = watched.page, watched.page.frame_locator("iframe")
        expect(frame.locator("#functions h2")).to_be_visible()
        assert frame.locator("html").evaluate("e => e.scrollWidth <= innerWidth")
        assert frame.locator(".facts").evaluate("e => e.getBoundingClientRect().width > innerWidth - 20")
        assert page.frames[1].evaluate(OUTLINE)[:4] == ["main", "h1", "nav", "h2"]
        assert faults_in(page.frames[1]) == []
        assert page.frames[1].title() == frame.locator("h1").inner_text()
        frame.locator(".toc a").last.click()
        wait_for(page, "scroll-request")
        assert page.evaluate("scrollY > innerHeight")
        assert watched.complaints == []


def test_a_foreign_page_frames_nothing_and_uses_up_no_code(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    session = session_of(client, consultancy.asks())
    with portal_page(browser, consultancy, session, FOREIGN, alone=True) as watched:
        said = watched.page.locator("sbm-assessment p")
        expect(said).to_contain_text("Loading")
        watched.page.clock.fast_forward("00:08")
        expect(said).to_contain_text("cannot be shown here")
        assert any("allowed_origins" in complaint for complaint in watched.complaints)
    assert exchange(consultancy, session) == 201


def exchange(consultancy: Consultancy, session: Json) -> int:
    """The status of an exchange of a session's code, as its frame asks for it."""
    _, _, code = session["session"].partition(".")
    with closing(Client(consultancy.service.port, code)) as owner:
        return owner.ask("POST", "/respondent/token").status


def test_a_code_that_was_used_says_so_and_opens_nothing(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    session = session_of(client, consultancy.asks())
    assert exchange(consultancy, session) == 201
    with portal_page(browser, consultancy, session) as watched:
        assert wait_for(watched.page, "error") == {"code": "expired"}
        expect(watched.page.locator("sbm-assessment p")).to_contain_text("shown as saved are kept")
        expect(watched.page.locator("iframe")).to_have_count(0)


HOSTILE = """
id => {
  const right = { ns: "sbm", v: 1, type: "submitted", id: "1-2", data: {} };
  const odd = [null, 1, "sbm", [], {}, { ns: "sbm" }, { ...right, ns: "x" }, { ...right, v: 2 }, right,
    { ...right, type: "resize", data: { height: 1e9 } },
    { ...right, type: "error", data: { code: "expired" } },
    { ...right, type: "__proto__" }, { ...right, data: null }];
  const colours = { light: { accent: "red" } };
  const look = { mode: "<img>", font: "__proto__", radius: "9", colours };
  const data = { ...look, code: "sbm_code_x", lang: "javascript:" };
  const inward = ["token", "theme", "lang", "focus", "constructor", "ready", "eval"].map(
    (type) => ({ ...right, type, data }));
  inward.push(...inward.filter(({ type }) => type !== "focus").map((said) => ({ ...said, id })));
  const frame = document.querySelector("iframe").contentWindow;
  for (const said of [...odd, ...inward]) { window.postMessage(said, "*"); frame.postMessage(said, "*"); }
  return odd.length + inward.length;
}
"""


def test_forty_hostile_messages_do_nothing(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    session = session_of(client, consultancy.asks())
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        frame = page.frame_locator("iframe")
        look = "e => [e.lang, e.dataset.mode, e.getAttribute('style')]"
        before = frame.locator("html").evaluate(look)
        height = page.locator("iframe").evaluate("f => f.style.height")
        assert 2 * page.evaluate(HOSTILE, id_of(page)) >= 40
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        assert frame.locator("html").evaluate(look) == before
        assert page.locator("iframe").evaluate("f => f.style.height") == height
        assert told(page, "submitted") == told(page, "error") == []
        assert watched.complaints == ["this is no code of a session"]


def test_the_loader_is_small() -> None:
    assert len(gzip.compress((STATIC / "loader.js").read_bytes())) < 6 * 1024


def test_by_touch_on_a_phone_nothing_stands_in_anybodys_way(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    asked = consultancy.asks()
    session = session_of(client, asked)
    with portal_page(browser, consultancy, session, has_touch=True, viewport=PHONE) as watched:
        page, frame = watched.page, watched.page.frame_locator("iframe")
        wait_for(page, "ready")
        assert faults_in(page.frames[1]) == []
        assert page.frames[1].evaluate(OUTLINE) == ["main", "h1"]
        frame.locator(".onward .btn, .onward button").first.tap()
        frame.locator("fieldset.open .card").nth(1).tap()
        wait_for(page, "saved")
        assert faults_in(page.frames[1]) == []
        assert page.frames[1].evaluate(OUTLINE) == ["main", "h1", "h2", "nav"]
        assert len(client.get(f"{asked.path}/answers")["answers"]) == 1
        assert watched.complaints == []


def test_a_token_is_renewed_before_it_ends(
    browser: Browser,
    consultancy: Consultancy,
    client: Client,
) -> None:
    session = session_of(client, consultancy.asks())
    with portal_page(browser, consultancy, session, alone=True) as watched:
        page = watched.page
        wait_for(page, "ready")
        with page.expect_response("**/v1/respondent/token") as renewed:
            page.clock.fast_forward("14:00")
        assert renewed.value.status == 201
        assert wait_for(page, "token-expiring")["seconds"] > 0
        frame = page.frame_locator("iframe")
        frame.locator(".onward .btn, .onward button").first.click()
        frame.locator("fieldset.open").wait_for()
        page.evaluate(STILL)
        frame.locator("fieldset.open .card").nth(1).click()
        page.clock.fast_forward("00:02")
        wait_for(page, "saved")
        client.ask("DELETE", f"/embed-sessions/{session['id']}")
        page.clock.fast_forward("14:00")
        assert wait_for(page, "error") == {"code": "expired"}


def test_a_session_that_has_ended_is_followed_by_a_new_one_and_nothing_unsaved_is_lost(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    asked = consultancy.asks()
    with asking_page(browser, consultancy, asked) as (watched, sessions):
        page = watched.page
        sheet = Sheet(page, page.frames[1])
        sheet.button("Begin with").click()
        sheet.button("Add a comment").click()
        sheet.inside.locator("textarea").fill("Half written")
        client.ask("DELETE", f"/embed-sessions/{sessions[0]['id']}")
        sheet.question.locator(".card").nth(2).click()
        wait_for(page, "saved")
        assert len(sessions) == 2
        assert told(page, "error") == [{"code": "expired"}]
        assert len(told(page, "ready")) == 2
        expect(sheet.inside.locator("textarea")).to_have_value("Half written")
        assert list(consultancy.saved(asked).values()) == [{"option": "2", "comment": "Half written"}]
        assert [said for said in watched.complaints if "401" not in said] == []


def test_a_session_that_is_handed_in_goes_on_and_one_of_somebody_else_changes_nothing(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    asked = consultancy.asks()
    first, second, others = (session_of(client, who) for who in (asked, asked, consultancy.asks()))
    hand_in = "session => document.querySelector('sbm-assessment').token(session)"
    with portal_page(browser, consultancy, first) as watched:
        page = watched.page
        wait_for(page, "ready")
        sheet = Sheet(page, page.frames[1])
        sheet.button("Begin with").click()
        with page.expect_console_message(lambda said: "not of the same participant" in said.text):
            page.evaluate(hand_in, others["session"])
        sheet.choose(2)
        wait_for(page, "saved")
        page.evaluate(hand_in, second["session"])
        page.wait_for_function("told.filter(([name]) => name === 'ready').length === 2")
        client.ask("DELETE", f"/embed-sessions/{first['id']}")
        sheet.choose(3)
        page.wait_for_function("told.filter(([name]) => name === 'saved').length === 2")
        assert told(page, "error") == []
        assert list(consultancy.saved(asked).values()) == ["2", "3"]


def test_what_the_types_declare_is_what_the_loader_does() -> None:
    types, loader = ((STATIC / name).read_text("utf-8") for name in ("loader.d.ts", "loader.js"))
    methods = re.findall(r"^  (\w+)\(.*\): void;$", types, re.MULTILINE)
    assert methods == ["theme", "token", "focus", "destroy"]
    assert all(re.search(rf"^  {name}\(.*\) {{$", loader, re.MULTILINE) for name in methods)
    [told_by_loader] = re.findall(r"TELLS = new Set\(\[(.*)\]\)", loader)
    [codes] = re.findall(r"^export type SbmErrorCode = (.*);$", types, re.MULTILINE)
    frame = (STATIC / "frame" / "main.js").read_text("utf-8")
    assert {*re.findall(r'code: "(\w+)"', loader + frame)} == {*re.findall(r'"(\w+)"', codes)}
    assert re.findall(r'"sbm:([\w-]+)"', types) == re.findall(r'"([\w-]+)"', told_by_loader)


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


ADD_FRAME = """([name, src]) => new Promise((done) => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { name, src, onload: done });
  document.body.append(frame);
})"""
TELL = """said => {
  for (const one of said) for (const to of [parent, parent.frames[0], frames[0]]) to?.postMessage(one, "*");
}"""


def forged(code: str) -> list[tuple[str, Json]]:
    """All that the element and its frame say to one another."""
    return [
        ("token", {"code": code}),
        ("theme", {"mode": "dark", "radius": 16, "font": "serif"}),
        ("lang", {"lang": "it"}),
        ("focus", {}),
        ("ready", {"view": "profile"}),
        ("resize", {"height": 9}),
        ("progress", {"answered": 18, "total": 18}),
        ("section-changed", {"section": "sales"}),
        ("saved", {"revision": 9}),
        ("submitted", {"assessment_id": "asm_1", "participant_id": "prt_1"}),
        ("token-expiring", {"seconds": 120}),
        ("scroll-request", {"top": 900}),
        ("error", {"code": "expired"}),
        ("error", {"code": "refused"}),
    ]


def test_who_is_neither_element_nor_frame_can_forge_no_message_and_read_none(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    asked = consultancy.asks()
    session, unused = session_of(client, asked), session_of(client, asked)
    _, _, code = unused["session"].partition(".")
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        with serving(ThreadingHTTPServer(("127.0.0.2", PORT), Spy)):
            wrong = {"origin": f"{FOREIGN}/", "source": "/spy", "frame": unused["frame"]}
            for name, src in wrong.items():
                page.evaluate(ADD_FRAME, [name, src])
            before = page.evaluate("told")
            envelope = {"ns": "sbm", "v": 1, "id": id_of(page)}
            said = [envelope | {"type": kind, "data": data} for kind, data in forged(code)]
            for name in wrong:
                spy = page.frame(name)
                assert spy is not None
                spy.evaluate(TELL, said)
            page.evaluate("document.querySelector('sbm-assessment').theme({radius: 9})")
            html = page.frame_locator("sbm-assessment iframe").locator("html[style*='9px']")
            assert html.evaluate("e => [e.lang, e.dataset.mode ?? null]") == ["en", None]
            page.evaluate("() => new Promise((done) => setTimeout(done))")
            assert page.evaluate("told") == before
            origin = page.frame("origin")
            assert origin is not None
            assert origin.evaluate("heard") == []
            assert page.evaluate("document.activeElement === document.body")
    assert exchange(consultancy, unused) == 201


def test_the_right_window_of_another_origin_than_was_said_is_neither_heard_nor_told(
    browser: Browser, consultancy: Consultancy, client: Client
) -> None:
    asked = consultancy.asks()
    client.patch("/workspace", {"allowed_origins": [PORTAL, FOREIGN]})
    session, unused = session_of(client, asked), session_of(client, asked)
    _, _, code = unused["session"].partition(".")
    with portal_page(browser, consultancy, session) as watched:
        page = watched.page
        wait_for(page, "ready")
        said = [{"ns": "sbm", "v": 1, "id": id_of(page), "type": k, "data": d} for k, d in forged(code)]
        with serving(ThreadingHTTPServer(("127.0.0.2", PORT), Spy)):
            page.evaluate(ADD_FRAME, ["origin", f"{FOREIGN}/"])
            other = page.frame("origin")
            assert other is not None
            about = f"origin={PORTAL}&id={id_of(page)}&lang=en"
            other.evaluate(ADD_FRAME, ["inner", f"{unused['frame']}#{code}&{about}"])
            inner = page.frame("inner")
            assert inner is not None
            inner.locator("h1").wait_for()
            other.evaluate(TELL, said)
            inner.evaluate("() => new Promise((done) => setTimeout(done))")
            assert inner.evaluate("document.documentElement.getAttribute('style')") is None
            assert inner.evaluate("document.documentElement.lang") == "en"
            before = page.evaluate("told")
            page.frames[1].goto(f"{FOREIGN}/")
            page.frames[1].evaluate(TELL, said)
            page.evaluate("() => new Promise((done) => setTimeout(done))")
            assert page.evaluate("told") == before
            page.evaluate("document.querySelector('sbm-assessment').theme({radius: 9})")
            page.evaluate("() => new Promise((done) => setTimeout(done))")
            assert page.frames[1].evaluate("heard") == said  # by itself
            assert other.evaluate("heard") == []
