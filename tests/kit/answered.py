"""Somebody's answers as page and service then have them, by a plain model, and how the page says them."""

from typing import Any, NamedTuple

from app.embed.words import words_of
from tests.kit.reading import Json

RATING = "self_rating"
Answer = dict[str, Any] | int | None


class Waiting(NamedTuple):
    """What was chosen and is not saved yet, and what was saved when it was chosen."""

    value: Answer
    base: Answer


class Model:
    """What is saved, what the page knows of it, what waits there, and what it holds against what is saved."""

    def __init__(self) -> None:
        """Nobody has answered anything."""
        self.saved: dict[str, Answer] = {}
        self.known: dict[str, Answer] = {}
        self.waiting: dict[str, Waiting] = {}
        self.conflicts: dict[str, Answer] = {}
        self.is_online = True
        self.is_current = True  # whether nobody else has changed anything since the page looked
        self.is_submitted = False
        self.knows_submitted = False

    def shown(self, name: str) -> Answer:
        """What the page shows as the answer."""
        return self.waiting[name].value if name in self.waiting else self.known.get(name)

    def choose(self, name: str, value: Answer) -> None:
        """Choose on the page."""
        if value != self.shown(name):
            base = self.waiting[name].base if name in self.waiting else self.known.get(name)
            self.waiting[name] = Waiting(value, base)
            self.conflicts.pop(name, None)
        self.send()

    def send(self) -> None:
        """What waits arrives, where there is a connection."""
        if not self.is_online or not self.waiting:
            return
        if not self.is_current or self.is_submitted:
            self.look()
        if not self.is_submitted:
            for name, waiting in self.waiting.items():
                self.saved[name] = self.known[name] = waiting.value
            self.waiting = {}

    def look(self) -> None:
        """The page takes over what is saved."""
        self.known, self.is_current, self.knows_submitted = dict(self.saved), True, self.is_submitted
        for name, (value, base) in list(self.waiting.items()):
            theirs = self.saved.get(name)
            if theirs != base:
                del self.waiting[name]
                if theirs != value:
                    self.conflicts[name] = value

    def load_again(self) -> None:
        """Load the page again."""
        self.waiting, self.conflicts = {}, {}
        self.look()

    def settle(self, name: str, *, is_mine: bool) -> None:
        """End a conflict."""
        mine, theirs = self.conflicts.pop(name), self.known.get(name)
        self.choose(name, kept(mine, theirs) if is_mine else kept(theirs, mine))

    def elsewhere(self, name: str, value: Answer) -> None:
        """Somebody else changes an answer."""
        self.saved[name], self.is_current = value, False


def kept(answer: Answer, other: Answer) -> Answer:
    """An answer with the comments of both."""
    if not isinstance(answer, dict) or not isinstance(other, dict):
        return answer
    said = dict.fromkeys(each["comment"] for each in (answer, other) if "comment" in each)
    return answer | ({"comment": "\n".join(said)} if said else {})


def full(answer: object) -> Answer:
    """An answer as an object, whichever way it was written."""
    return dict(answer) if isinstance(answer, dict) else {"option": answer}


def comment_of(answer: Answer) -> dict[str, str]:
    """The comment of an answer; it stays when another sentence is chosen."""
    if not isinstance(answer, dict) or "comment" not in answer:
        return {}
    return {"comment": answer["comment"]}


def sentence(question: Json, answer: Answer, language: str) -> str:
    """An answer as the sentence that was chosen."""
    assert isinstance(answer, dict)
    say, reason = words_of(language), answer.get("not_applicable")
    if reason:
        return say["na_chosen"].format(reason=say[f"na_{reason}"])
    texts = {option["id"]: option["text"] for option in question["options"]}
    return str({"dont_know": say["dont_know"], **texts}[answer["option"]])


def state_of(model: Model, seen: Json) -> str:
    """What stands for the state of saving."""
    say, count = words_of(seen["language"]), len(model.conflicts)
    if seen["at"] == "start" and not model.waiting and model.known.get(RATING) is None:
        return ""
    if model.waiting:
        return say["not_saved"]
    if count:
        return say["to_settle_one" if count == 1 else "to_settle_other"].format(count=count)
    return say["all_saved" if seen["at"] == "review" else "saved"]


def chosen(answer: Answer) -> list[str]:
    """What is checked where an answer is open."""
    if not isinstance(answer, dict):
        return []
    reason = answer.get("not_applicable")
    return ["not_applicable", reason] if reason else [answer["option"]]
