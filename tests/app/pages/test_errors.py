"""Every code of an error is explained, and only codes that there are."""

import ast
import re
from collections.abc import Iterator
from http import HTTPStatus
from inspect import signature
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import app.main  # noqa: F401 -- loads every slice with its errors
from app.core.errors import RefusalError
from app.core.web.problems import _EXAMPLES
from app.pages.errors import markdown, sections
from tests.kit.reading import SCORE, problem_of

ROOT = Path(__file__).parents[3]

# Where a code stands in a call that makes a fault, or a problem; the fields whose names end one.
FAULTS = {"Fault": 1, "PydanticCustomError": 0, "Wording": 0, "LogoError": 0}
PROBLEMS = {"Problem": 1}
# What ends a code that is put together.
COMPUTED = {
    "f'unknown_{field}'": ("questionnaire", "version"),
    "f'unknown_{name}'": ("format", "view", "paper", "chart"),
}


def refusals(kind: type[RefusalError]) -> Iterator[type[RefusalError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file in [*(ROOT / "app").rglob("*.py"), *(ROOT / "scoring").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id, node


def codes(places: dict[str, int]) -> set[str]:
    """What is written where a code stands."""
    found = set()
    for name, call in calls():
        if name in places and len(call.args) > places[name]:
            argument = call.args[places[name]]
            if isinstance(argument, ast.Constant):
                found.add(str(argument.value))
            elif isinstance(argument, ast.JoinedStr):
                found |= {f"unknown_{end}" for end in COMPUTED.get(ast.unparse(argument), ())}
    return found


def texts_of(kinds: set[type[RefusalError]]) -> set[str]:
    """Constants in the errors that choose their code themselves."""
    return {
        str(node.value)
        for file in {ROOT / f"{kind.__module__.replace('.', '/')}.py" for kind in kinds}
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }


def problem_codes() -> set[str]:
    kinds = set(refusals(RefusalError))
    told = {kind for kind in kinds if next(iter(signature(kind).parameters)) == "code"}
    own = {code for code in explained()[0] if code in texts_of(kinds)}
    return codes({kind.__name__: 0 for kind in told} | PROBLEMS) | own


def explained() -> tuple[set[str], set[str]]:
    problems, *faults = sections()
    return {c.code for c in problems.codes}, {c.code for kind in faults for c in kind.codes}


def test_every_code_of_a_fault_is_explained_and_no_other() -> None:
    _, faults = explained()
    assert codes(FAULTS) | {"more_faults"} == faults


def test_every_code_of_a_problem_is_explained_and_no_other() -> None:
    problems, _ = explained()
    others = {"not_open", HTTPStatus.METHOD_NOT_ALLOWED.name.lower()}
    assert problem_codes() | {code for code, *_ in _EXAMPLES.values()} | others == problems


def test_a_problem_is_explained_with_its_status() -> None:
    statuses = {code.code: code.statuses for code in sections()[0].codes}
    for status, (code, *_) in _EXAMPLES.items():
        assert status in statuses[code]


def test_the_page_of_docs_is_what_the_service_shows(client: TestClient) -> None:
    written = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert written == markdown(), "make docs/errors.md"
    page = client.get("/docs/errors")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert client.get("/docs/errors", headers={"If-None-Match": page.headers["etag"]}).status_code == 304
    anchors = re.findall(r'id="([\w-]+)"', page.text)
    assert len(anchors) == len(set(anchors))
    assert anchors == re.findall(r'<a id="([\w-]+)">', written)
    assert "`" not in page.text


@pytest.mark.parametrize("body", [{}, {"answers": {"sales.presence": "9"}}])
def test_a_problem_leads_to_what_is_said_of_it(client: TestClient, body: dict[str, object]) -> None:
    address, _, anchor = problem_of(client.post(SCORE, json=body), 422).type.partition("#")
    assert f'id="{anchor}"' in client.get(address).text
