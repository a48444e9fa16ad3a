"""How long a respondent waits: the questionnaire opened, and each next question; in a real Chromium.

Milliseconds as the page itself counts them: until it can be used, on this machine and on a phone's
connection, and from a choice to the next open question, over the express questionnaire. Exits with 1 where
that takes longer than is said.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from tests.kit.answering import Asked, Consultancy
from tests.kit.browser import Watched, chromium
from tests.kit.processes import Service, prepare

MOST_TO_OPEN, MOST_ON_A_PHONE, MOST_TO_THE_NEXT = 1000, 3000, 100
# 1.6 Mbit/s both ways, 150 ms to and fro.
PHONE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
START = ".onward .btn"
PHONES_SIZE = {"width": 360, "height": 740}
# From the finger that is lifted to the first frame in which another question, or none, is open.
LISTEN = """() => {
  const name = () => document.querySelector("fieldset.open input")?.name;
  const before = name();
  window.waited = new Promise(done => addEventListener("click", ({ timeStamp }) => {
    const look = now => name() === before ? requestAnimationFrame(look) : done(now - timeStamp);
    requestAnimationFrame(look);
  }, { capture: true, once: true }));
}"""


def opened(page: Page, asked: Asked) -> float:
    """Milliseconds from the click on the link until the questionnaire can be begun."""
    page.goto(asked.link)
    page.locator(START).wait_for()
    taken: float = page.evaluate("performance.now()")
    return taken


def opening(browser: Browser, asked: Asked, *, on_a_phone: bool) -> float:
    """The same, with nothing loaded before."""
    with Watched.opened(browser, alone=True, viewport=PHONES_SIZE) as watched:
        if on_a_phone:
            session = watched.page.context.new_cdp_session(watched.page)
            session.send("Network.emulateNetworkConditions", PHONE)
        return opened(watched.page, asked)


def choosing(browser: Browser, asked: Asked) -> list[float]:
    """Milliseconds from each choice until another question is open, or the end of the part in sight."""
    taken = []
    with Watched.opened(browser, alone=True, viewport=PHONES_SIZE) as watched:
        page = watched.page
        opened(page, asked)
        while not page.locator(".submission").count():
            if page.locator("fieldset.open").count():
                page.evaluate(LISTEN)
                page.locator("fieldset.open .cards .card").first.click()
                taken.append(page.evaluate("window.waited"))
            else:
                page.locator(START).click()
    return taken


def main() -> None:
    """Print what was measured, and where it is beyond."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        address = f"sqlite:///{folder}/sbm.sqlite3"
        key = prepare(address)
        with Service(address, Path(folder)).running() as service:
            consultancy = Consultancy(service, key)
            full, express = consultancy.asks("full"), consultancy.asks("express")
            waits = choosing(browser, express)
            measured = [
                ("until it can be used", opening(browser, full, on_a_phone=False), MOST_TO_OPEN),
                ("the same at 1.6 Mbit/s, 150 ms", opening(browser, full, on_a_phone=True), MOST_ON_A_PHONE),
                (f"{len(waits)} choices to the next, median", median(waits), MOST_TO_THE_NEXT),
                ("the longest of them", max(waits), MOST_TO_THE_NEXT),
            ]
    for name, taken, most in measured:
        print(f"{name:36} {taken:7.0f} ms, at most {most}")
    if any(taken > most for _, taken, most in measured):
        sys.exit("a respondent waits longer than that")


if __name__ == "__main__":
    main()
