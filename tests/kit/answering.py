"""People who answer in a browser, and the consultancy that asks them."""

from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from playwright.sync_api import Frame, Locator, Page, expect

from tests.kit.answer_sheets import XLSX
from tests.kit.browser import PATIENCE
from tests.kit.processes import Client, Service
from tests.kit.reading import Json

MOST_STOPS = 40
# Ten frames in which the frame of another page neither moves nor grows: a pointer would miss what is in it.
STILL = """async () => {
    const place = () => JSON.stringify(document.querySelector("iframe").getBoundingClientRect());
    for (let same = 0, before = place(); same < 10; ) {
        await new Promise(requestAnimationFrame);
        same = place() === before ? same + 1 : 0;
        before = place();
    }
}"""


class Asked(NamedTuple):
    """Somebody who is asked: the link, and where the consultancy finds the answers."""

    link: str
    path: str


class Consultancy:
    """Asks people on a running service."""

    def __init__(self, service: Service, key: str) -> None:
        """Ask with this key."""
        self.service = service
        self.key = key
        with self.client() as client:
            self.company = client.post("/companies", {"name": "Officine Bellandi S.p.A."})["id"]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.service.port}"

    def client(self) -> closing[Client]:
        """A connection for a moment: the service hangs up where nothing is asked for some seconds."""
        return closing(Client(self.service.port, self.key))

    def asks(
        self,
        tier: str = "express",
        *,
        questionnaire: str = "social-business",
        anonymous: bool = False,
        **somebody: object,
    ) -> Asked:
        """Somebody new, in an assessment of his or her own."""
        body = {"company": self.company, "status": "open", "tier": tier, "anonymous": anonymous}
        body |= {"questionnaire": questionnaire}
        with self.client() as client:
            path = f"/assessments/{client.post('/assessments', body)['id']}/participants"
            added = client.post(path, somebody)
        return Asked(added["invitation_link"], f"{path}/{added['id']}")

    def answers(self, asked: Asked) -> Json:
        """What is saved: revision, answers, self-rating."""
        with self.client() as client:
            found: Json = client.get(f"{asked.path}/answers")
        return found

    def saved(self, asked: Asked) -> dict[str, Any]:
        """The answers that are saved."""
        answers: dict[str, Any] = self.answers(asked)["answers"]
        return answers

    def questionnaire(self, asked: Asked, language: str) -> Json:
        """What somebody is asked from, in a language."""
        assessment, _, _ = asked.path.partition("/participants")
        with self.client() as client:
            pinned = client.get(assessment)["questionnaire"]
            path = f"/questionnaires/{pinned['id']}/versions/{pinned['version']}"
            document: Json = client.get(f"{path}?lang={language}")
        return document

    def awaits(self, asked: Asked, answers: dict[str, Any]) -> None:
        """Wait until these answers are saved."""
        deadline = monotonic() + PATIENCE
        while (saved := self.saved(asked)) != answers:
            assert monotonic() < deadline, saved


class Sheet:
    """The questionnaire on a page, or in a frame of it, as somebody sees it."""

    def __init__(self, page: Page, frame: Frame | None = None) -> None:
        """On this page."""
        self.page = page
        self.inside = frame or page

    def button(self, name: str) -> Locator:
        """A button by the beginning of what it says."""
        return self.inside.get_by_role("button", name=name)

    @property
    def question(self) -> Locator:
        """The open question."""
        return self.inside.locator("fieldset.open")

    @property
    def question_id(self) -> str:
        name = self.question.locator("input").first.get_attribute("name")
        assert name
        return name

    def is_saved(self, word: str = "Saved") -> None:
        """Wait until the page says so."""
        expect(self.inside.locator(".state")).to_have_text(word, timeout=1000 * PATIENCE)

    def choose(self, place: int) -> str:
        """Choose by pointer the sentence at this place, wait for what opens; the id of the question."""
        name = self.question_id
        if self.inside is not self.page:
            self.page.evaluate(STILL)
        self.question.locator(".cards .card").nth(place).click()
        expect(self.inside.locator(f'fieldset.open input[name="{name}"]')).to_have_count(0)
        return name

    # By the keyboard alone

    def tab_to(self, selector: str) -> None:
        """Go on until the focus is there."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.inside.evaluate("at => document.activeElement.matches(at)", selector):
                return
        message = f"the focus never comes to {selector}"
        raise AssertionError(message)

    def rate_and_begin(self) -> None:
        """Say how important it is and what one believes, and go to the first question."""
        for rating in ("importance", "self_rating"):
            self.tab_to(f"input[name={rating}]")
            self.page.keyboard.press("ArrowRight")
        self.tab_to(".onward button")
        self.page.keyboard.press("Enter")

    def answer_all(self, given: dict[str, object]) -> None:
        """From the question that has the focus to the last, and to the review; what was given is noted."""
        while True:
            name = self.question_id
            given[name] = self.answer_by_key(len(given))
            if self.inside.evaluate("document.activeElement.closest('.onward') !== null"):
                self.page.keyboard.press("Enter")
                if self.inside.locator(".submission").count():
                    return
                self.tab_to("fieldset.open input")

    def answer_by_key(self, count: int) -> object:
        """Answer the open question and go on; what that is as an answer."""
        keyboard = self.page.keyboard
        ways = [("0", None), ("d", "dont_know"), ("n", {"not_applicable": "no_such_function"})]
        key, answer = ways[count % 3]
        if key == "n" and not self.question.locator("input[value=not_applicable]").count():
            key, answer = "d", "dont_know"
        first = self.question.locator(".cards input").first.get_attribute("value")
        keyboard.press(key)
        if key == "n":
            self.tab_to(".reasons input")
            keyboard.press("ArrowDown")
        keyboard.press("Enter")
        return answer or first

    def submit_by_key(self) -> None:
        """Hand in, from the review."""
        self.tab_to(".submission .btn")
        self.page.keyboard.press("Enter")


def downloaded(page: Page, button: str, inside: Frame | None = None) -> tuple[str, bytes]:
    """The name and content of the answer sheet that a button gives."""
    with page.expect_download() as download:
        (inside or page).get_by_role("button", name=button).press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def hand_in(page: Page, button: str, workbook: bytes, inside: Frame | None = None) -> None:
    """Upload an answer sheet by a button."""
    with page.expect_file_chooser() as chooser:
        (inside or page).get_by_role("button", name=button).press("Enter")
    chooser.value.set_files({"name": "sheet.xlsx", "mimeType": XLSX, "buffer": workbook})
