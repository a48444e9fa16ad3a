"""What is prepared before it is written, and overtaken meanwhile, is prepared again."""

import pytest
from fastapi import Request
from pydantic import BaseModel

from app.core.callers import Caller
from app.core.errors import OutdatedError
from app.core.resources import Work
from app.core.saved_answers import Made, Outcome
from app.core.web.once import ATTEMPTS, Steps, once_prepared
from tests.kit.portal import Portal


class Body(BaseModel):
    pass


class Course:
    """Steps that are overtaken so many times, and what became of them."""

    def __init__(self, overtaken: int) -> None:
        self.overtaken = overtaken
        self.done: list[str] = []

    def prepare(self, _: Work) -> int:
        self.done.append("prepare")
        return len(self.done)

    def hold(self, _: Work) -> None:
        self.done.append("hold")
        self.overtaken = 0

    def do(self, _: Work, prepared: int) -> Outcome:
        if self.overtaken:
            self.overtaken -= 1
            raise OutdatedError
        return Outcome({"prepared": prepared}, (str(prepared),))

    def again(self, _: Work, made: Made) -> Outcome:
        return Outcome({"prepared": int(*made)}, made)


@pytest.mark.parametrize("key", [b"", b"a-key"])
@pytest.mark.parametrize(
    ("overtaken", "course"),
    [
        (0, ["prepare"]),
        (2, 3 * ["prepare"]),
        (ATTEMPTS, [*ATTEMPTS * ["prepare"], "hold", "prepare"]),
    ],
)
def test_what_was_overtaken_is_prepared_again_and_at_last_held(
    portal: Portal, overtaken: int, course: list[str], key: bytes
) -> None:
    headers = [(b"idempotency-key", key)] if key else []
    scope = {
        "type": "http",
        "app": portal.client.app,
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": headers,
        "server": ("test", 80),
    }
    steps = Course(overtaken)
    caller = Caller(portal.workspace, "key_test")
    once = Steps(steps.prepare, steps.hold, steps.do, steps.again)
    made = once_prepared(Request(scope), caller, Body(), once)
    assert steps.done == course
    assert made.body == b'{"prepared":%d}' % len(course)
    if key:
        again = once_prepared(Request(scope), caller, Body(), once)
        assert (steps.done, again.body) == (course, made.body)
        assert again.headers["idempotent-replayed"] == "true"
