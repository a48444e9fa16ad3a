"""Somebody who wanders through the questionnaire; a plain model says what page and service then have."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from random import Random
from time import monotonic

from playwright.sync_api import Locator, Page, Route

from tests.kit.answered import RATING, Model, chosen, comment_of, full, sentence, state_of
from tests.kit.answering import Asked, Consultancy
from tests.kit.browser import PATIENCE
from tests.kit.effort import THOROUGH
from tests.kit.processes import Client
from tests.kit.reading import Json

CHANGES = "**/v1/respondent/answers"
Ways = dict[str, tuple[int, Callable[[], object]]]  # what can be done, and how often it is

# What is seen at one place of the questionnaire, after the next frame.
SEEN = """async () => {
    await new Promise(requestAnimationFrame);
    const places = {part: ".list", start: ".ten", review: ".submission", end: ".facts"};
    const [at] = Object.keys(places).filter((place) => document.querySelector(places[place]));
    const isText = ({nodeType}) => nodeType === 3;
    const own = ({childNodes}) => [...childNodes].filter(isText).map(({data}) => data).join("");
    const shown = {
        open: (item) => [...item.querySelectorAll("input:checked")].map((input) => input.value),
        folded: (item) => [
            own(item.querySelector(".done p")), item.querySelector(".said")?.textContent ?? null],
        settle: (item) => [...item.querySelectorAll(".sentence")].map((node) => node.textContent),
        closed: () => [],
    };
    const items = [...document.querySelectorAll(".list > li")];
    return {
        at: at ?? "nothing",
        part: new URLSearchParams(location.hash.replace(/^[^&]*/, "")).get("at"),
        language: document.documentElement.lang,
        state: document.querySelector(".state, .between span + span")?.textContent ?? "",
        rating: Number(document.querySelector("input[name=self_rating]:checked")?.value ?? 0) || null,
        items: items.map((item) => [item.className, shown[item.className](item)]),
    };
}"""


class Walker:
    """Walks at random, and compares after every step what is seen and what is saved with the model."""

    def __init__(self, page: Page, consultancy: Consultancy, asked: Asked, seed: int) -> None:
        """Open the link."""
        self.page, self.consultancy, self.asked = page, consultancy, asked
        self.random = Random(seed)  # noqa: S311 -- a walk, not a secret
        self.model = Model()
        self.trail: list[str] = []
        self.pushed = 0
        self.count = 0
        token = asked.link.partition("#")[2]
        self.other = Client(consultancy.service.port, token)
        self.sheets = sheets_of(consultancy)
        self.asked_for = self.other.get("/respondent")["questions"]
        page.goto("about:blank")
        page.goto(asked.link)
        self.check()

    # Seeing

    def check(self) -> Json:
        """Wait until page and service are as the model says."""
        deadline = monotonic() + PATIENCE
        seen: Json = self.page.evaluate(SEEN)
        while wrong := self.differences(seen) or self.unsaved():
            assert monotonic() < deadline, (self.trail, wrong)
            seen = self.page.evaluate(SEEN)
        return seen

    def unsaved(self) -> list[object]:
        """What the service has otherwise. Where there is something to settle the page says no "Saved"."""
        answers = self.consultancy.answers(self.asked)
        saved = {name: full(answer) for name, answer in answers["answers"].items()}
        if answers[RATING] is not None:
            saved[RATING] = answers[RATING]
        is_submitted = answers["submitted_at"] is not None
        if (saved, is_submitted) == (self.model.saved, self.model.is_submitted):
            return []
        assert self.model.conflicts, (self.trail, saved, self.model.saved)
        return [saved, self.model.saved]

    def differences(self, seen: Json) -> list[object]:
        """Where the page shows something else."""
        model = self.model
        if (seen["at"] == "end") != model.knows_submitted or seen["at"] == "nothing":
            return [seen["at"]]
        pairs = list(self.pairs(seen)) if seen["at"] == "part" else []
        if seen["at"] == "start":
            pairs.append((seen["rating"], model.shown(RATING)))
        if seen["at"] in {"start", "part", "review"}:
            pairs.append((seen["state"], state_of(model, seen)))
        return [pair for pair in pairs if pair[0] != pair[1]]

    def pairs(self, seen: Json) -> Iterator[tuple[object, object]]:
        """What each question of a part shows, and what it should."""
        questions = self.questions(seen)
        for question, (mode, shown) in zip(questions, seen["items"], strict=True):
            name = question["id"]
            answer = self.model.shown(name)
            yield (mode == "settle", name in self.model.conflicts)
            if mode == "settle":
                sentences = [self.model.conflicts.get(name), self.model.known.get(name)]
                yield shown, [sentence(question, each, seen["language"]) for each in sentences]
            elif mode == "folded":
                said = answer.get("comment") if isinstance(answer, dict) else None
                yield shown, [sentence(question, answer, seen["language"]), said]
            else:
                yield (
                    (mode, shown),
                    ("open", chosen(answer)) if mode == "open" else ("closed", chosen(answer)),
                )

    def questions(self, seen: Json) -> list[Json]:
        """What is asked in the part that is seen."""
        every = self.sheets[seen["language"]]
        return [q for q in every if q["id"] in self.asked_for and q["part"] == seen["part"]]

    # Walking

    def walk(self, steps: int) -> None:
        """So many steps; then settle what is left, and look at every part."""
        for _ in range(steps):
            seen = self.check()
            ways = self.ways(seen)
            name = self.random.choices(list(ways), [weight for weight, _ in ways.values()])[0]
            self.trail.append(f"{seen['at']}: {name}")
            ways[name][1]()
        if not self.model.is_online:
            self.connect()
        if self.check()["at"] == "end":
            self.take_back()
        for place in range(len({question["part"] for question in self.questions_asked})):
            self.page.locator(".rail .part, .ways button, .onward button").nth(0).wait_for()
            self.to_part(place)
            while self.check() and self.page.locator("li.settle").count():
                self.settle()
        self.other.close()

    @property
    def questions_asked(self) -> list[Json]:
        return [question for question in self.sheets["en"] if question["id"] in self.asked_for]

    def ways(self, seen: Json) -> Ways:
        """What can be done now, and how often it is."""
        model, at = self.model, seen["at"]
        ways: Ways = {"go offline" if model.is_online else "go online": (3, self.connect)}
        if model.is_online:
            ways["language"] = (1, self.change_language)
        if model.is_online and not model.waiting:
            ways["reload"] = (1, self.load_again)
        if not model.is_submitted:
            ways |= {"elsewhere": (4, self.answer_elsewhere), "submit elsewhere": (1, self.submit_elsewhere)}
        if self.pushed and at != "end":
            ways["back"] = (1, self.go_back)
        by_place = {"start": self.ways_from_start, "part": self.ways_from_part}
        by_place |= {"review": self.ways_from_review, "end": self.ways_from_end}
        return ways | by_place[at]()

    def ways_from_start(self) -> Ways:
        ways: Ways = {"rate": (3, self.rate), "on": (8, lambda: self.go(".onward .btn"))}
        if RATING in self.model.conflicts:
            ways["settle"] = (6, lambda: self.settle_by(".rating:has(input[name=self_rating])", RATING))
        return ways

    def ways_from_part(self) -> Ways:
        ways: Ways = {"answer": (12, self.answer), "comment": (3, self.comment), "away": (2, self.turn_away)}
        ways |= {"part": (2, self.to_part), "review": (2, self.to_review), "start": (1, self.to_start)}
        if self.model.is_online and not self.model.is_submitted:
            ways["answer, and the reply is lost"] = (2, self.answer_unheard)
        if self.page.locator("li.settle").count():
            ways["settle"] = (6, self.settle)
        return ways

    def ways_from_review(self) -> Ways:
        return {"submit": (3, self.submit), "part": (3, self.to_part)}

    def ways_from_end(self) -> Ways:
        return {"take back": (6, self.take_back)}

    def go(self, selector: str, place: int = 0) -> None:
        click(self.page.locator(selector).nth(place))
        self.pushed += 1

    def to_part(self, place: int | None = None) -> None:
        if self.page.locator(".ten").count():
            self.go(".onward .btn")
        ways = self.page.locator(".rail .part, .ways button")
        self.go(".rail .part, .ways button", self.random.randrange(ways.count()) if place is None else place)

    def to_review(self) -> None:
        self.go(".rail p .quiet", 0)

    def to_start(self) -> None:
        self.go(".rail p .quiet", 1)

    def go_back(self) -> None:
        self.page.go_back()
        self.pushed -= 1

    def change_language(self) -> None:
        before = self.page.evaluate("document.documentElement.lang")
        click(self.page.locator(".language").first)
        self.page.wait_for_function("before => document.documentElement.lang !== before", arg=before)

    def load_again(self) -> None:
        self.page.reload()
        self.model.load_again()

    def connect(self) -> None:
        self.model.is_online = not self.model.is_online
        self.page.context.set_offline(not self.model.is_online)
        self.model.send()

    # Answering

    def open_one(self) -> Locator:
        """The question that is open, or another one that is opened."""
        changes = self.page.locator("li.closed button, li.folded button")
        if not self.page.locator("li.open").count() or (changes.count() and self.random.random() < 1 / 3):
            click(changes.nth(self.random.randrange(changes.count())))
        return self.page.locator("fieldset.open")

    def name_of(self, question: Locator) -> str:
        return str(question.locator("input").first.get_attribute("name"))

    def can_answer(self) -> bool:
        return self.page.locator("li.open, li.closed, li.folded").count() > 0

    def answer(self, card: str = ".card") -> None:
        """Choose a sentence, or "I don't know"."""
        if self.can_answer():
            question = self.open_one()
            name = self.name_of(question)
            before = self.model.shown(name)
            self.model.choose(name, {"option": self.pick(question, card), **comment_of(before)})

    def pick(self, question: Locator, card: str = ".card") -> str:
        """Click one of the sentences; which."""
        if question.locator(".cards[hidden]").count():
            click(question.locator(".quiet").first)
        cards = question.locator(f":scope > .cards {card}, :scope > .half {card}:has([value=dont_know])")
        chosen = cards.nth(self.random.randrange(cards.count()))
        option = str(chosen.locator("input").get_attribute("value"))
        chosen.click()
        return option

    def comment(self) -> None:
        """Write a comment, choose where nothing is chosen, and say that it is done."""
        if not self.can_answer():
            return
        question = self.open_one()
        name = self.name_of(question)
        before = self.model.shown(name)
        if (unfold := question.locator(".acts .quiet")).count():  # else there is a comment already
            click(unfold)
        self.count += 1
        text = f"here {self.count}"
        question.locator("textarea").fill(text)
        if isinstance(before, dict):
            click(question.locator(".acts .btn"))
            self.model.choose(name, before | {"comment": text})
            return
        self.model.choose(name, {"option": self.pick(question), "comment": text})
        self.check()
        if name not in self.model.conflicts and not self.model.knows_submitted:
            click(question.locator(".acts .btn"))

    def turn_away(self) -> None:
        """Say that it does not apply."""
        if not self.can_answer():
            return
        question = self.open_one()
        name = self.name_of(question)
        card = question.locator(".card:has([value=not_applicable])")
        if not card.count():
            return
        before = self.model.shown(name)
        click(card)
        if not isinstance(before, dict) or "not_applicable" not in before:
            reason = self.random.choice(["out_of_scope", "no_such_function"])
            click(question.locator(f".card:has([value={reason}])"))
            self.model.choose(name, {"not_applicable": reason, **comment_of(before)})

    def answer_unheard(self) -> None:
        """Answer otherwise; the service saves it, and its reply is lost on the way."""
        if not self.can_answer():
            return

        def lose(route: Route) -> None:
            route.fetch()
            route.abort("connectionreset")

        self.page.route(CHANGES, lose, times=1)
        with self.page.expect_event("requestfailed"):
            self.answer(".card:not(:has(:checked))")
        self.page.locator(".bad").wait_for()
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def rate(self) -> None:
        rating = self.random.randint(1, 7)
        click(self.page.locator("label:has(input[name=self_rating])").nth(rating - 1))
        self.model.choose(RATING, rating)

    def settle(self) -> None:
        seen = self.page.evaluate(SEEN)
        place = [mode for mode, _ in seen["items"]].index("settle")
        self.settle_by("li.settle", self.questions(seen)[place]["id"])

    def settle_by(self, selector: str, name: str) -> None:
        """Choose one of the two versions that stand there."""
        is_mine = self.random.random() < 1 / 2
        click(self.page.locator(selector).first.locator(".versions .btn").nth(0 if is_mine else 1))
        self.model.settle(name, is_mine=is_mine)

    def submit(self) -> None:
        click(self.page.locator(".submission .btn"))
        if not self.model.is_online:
            self.page.locator(".submission .fault:not(:empty)").wait_for()
            return
        self.model.is_submitted = True
        self.model.look()
        self.pushed += 1

    def take_back(self) -> None:
        click(self.page.locator(".facts button"))
        if not self.model.is_online:
            self.page.locator(".facts .fault:not(:empty)").wait_for()
            return
        self.model.is_submitted = False
        self.model.look()
        self.model.send()
        self.pushed += 1

    # Elsewhere

    def answer_elsewhere(self) -> None:
        """On another device; with words that nobody says here, so that no two are the same by chance."""
        self.count += 1
        if self.random.random() < 1 / 8:
            self.model.elsewhere(RATING, value := self.random.randint(8, 10))
            return self.change_elsewhere({"self_rating": value})
        name = self.random.choice(self.asked_for[:6])
        answer = {"option": self.random.choice("0123"), "comment": f"elsewhere {self.count}"}
        self.model.elsewhere(name, answer)
        return self.change_elsewhere({"answers": {name: answer}})

    def change_elsewhere(self, change: Json) -> None:
        self.other.close()  # the service hangs up where nothing is asked for some seconds
        revision = self.other.get("/respondent")["revision"]
        self.other.patch("/respondent/answers", change, If_Match=f'"{revision}"')

    def submit_elsewhere(self) -> None:
        self.other.close()
        self.other.post("/respondent/submission", {"incomplete": True})
        self.model.is_submitted = True


def click(target: Locator) -> None:
    """By pointer; that it holds still and that nothing lies upon it is waited for in long walks alone."""
    target.click(force=not THOROUGH)


@cache
def sheets_of(consultancy: Consultancy) -> Mapping[str, list[Json]]:
    """What everybody is asked from, in both languages."""
    asked = consultancy.asks()
    return {each: questions_of(consultancy.questionnaire(asked, each)) for each in ("en", "it")}


def questions_of(questionnaire: Json) -> list[Json]:
    return [
        question | {"part": part["id"]}
        for part in questionnaire["functions"]
        for capability in part["capabilities"]
        for question in capability["questions"]
    ]
