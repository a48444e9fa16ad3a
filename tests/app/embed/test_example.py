"""`examples/portal`: a portal to copy from, with its own server on another origin, on the real service."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.kit.answering import Consultancy, Sheet
from tests.kit.browser import IN_CHROMIUM, Watched
from tests.kit.folders import ROOT
from tests.kit.processes import await_port, free_port, key_to_new_workspace

pytestmark = IN_CHROMIUM

PORT = free_port()
ORIGIN = f"http://localhost:{PORT}"
LOOK = "() => getComputedStyle(document.querySelector('main')).color"


@pytest.fixture
def operator(consultancy: Consultancy) -> Consultancy:
    """Another consultancy, whose portal it is."""
    service = consultancy.service
    operator = Consultancy(service, key_to_new_workspace(service.environment["SBM_DATABASE_URL"]))
    with operator.client() as client:
        client.patch("/workspace", {"allowed_origins": [ORIGIN]})
    return operator


@pytest.fixture
def portal(operator: Consultancy) -> Iterator[str]:
    """Its portal, as the example says that it is started."""
    given = {"SBM_URL": operator.address, "SBM_KEY": operator.key, "PORTAL_PORT": str(PORT)}
    command = [sys.executable, "examples/portal/server.py"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stderr=subprocess.DEVNULL) as process:  # noqa: S603 -- our own
        try:
            await_port(PORT, process)
            yield ORIGIN
        finally:
            process.terminate()


def test_a_visitor_finds_his_questionnaire_answers_in_it_and_sees_the_profile(
    operator: Consultancy, portal: str, browser: Browser
) -> None:
    asked = operator.asks(name="Maria Conti")
    with Watched.opened(browser) as watched:
        page = watched.page
        page.goto(portal)
        page.get_by_role("link", name="Log in").click()
        page.get_by_role("link", name="Maria Conti").click()
        page.emulate_media(color_scheme="dark")
        page.locator("iframe").wait_for()
        sheet = Sheet(page, page.frames[1])
        sheet.button("Begin with").click()
        assert sheet.inside.evaluate(LOOK) == page.evaluate(LOOK)
        name = sheet.choose(2)
        sheet.is_saved()
        assert operator.saved(asked) == {name: "2"}
        page.go_back()
        page.get_by_role("link", name="profile").click()
        expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
        assert watched.hosts == {portal, operator.address}
        assert watched.complaints == []
