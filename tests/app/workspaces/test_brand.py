"""Accent and logo of a workspace: on its own reports, and gone when they are taken away."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from fastapi import FastAPI

from app.core.processes import Processes
from app.core.web.resources import resources_of
from app.look.logos import logo_png
from app.look.themes import contrast
from app.reports.page import policy_of, style_of
from tests.kit.logos import address, svg
from tests.kit.portal import Portal
from tests.kit.reading import faults_of

ACCENT = "#7a1f4b"


def kept(portal: Portal) -> str:
    """The report of a result."""
    assessment = portal.assessment(company=portal.company("Bellandi"))
    participant = portal.participant(assessment, role="cmo")
    portal.answer(participant, {"marketing.dialogue": "4"})
    portal.post(f"{participant}/submission", {"incomplete": True})
    portal.post(f"{assessment}/results", {"name": "Baseline"})
    return f"{assessment}/results/1"


def test_reports_bear_it_until_it_is_taken_away(portal: Portal) -> None:
    result = kept(portal)
    plain = portal.ask("GET", f"{result}/report")
    changed = portal.patch("/workspace", {"accent": ACCENT.upper(), "logo": address(svg())})
    assert changed["accent"] == ACCENT
    assert b64decode(changed["logo"].removeprefix("data:image/png;base64,")) == logo_png(svg())
    own = portal.ask("GET", f"{result}/report")
    assert f'<img class="logo" src="{changed["logo"]}" alt="Rossi Consulting">' in own.text
    assert style_of(ACCENT) in own.text
    assert own.headers["content-security-policy"] == policy_of(ACCENT)
    assert own.content == portal.ask("GET", f"{result}/report").content
    assert ACCENT in portal.ask("GET", f"{result}/charts/functions.svg").text
    assert portal.patch("/workspace", {"name": "Rossi Consulting"})["logo"] == changed["logo"]
    assert portal.patch("/workspace", {"logo": changed["logo"]})["logo"] == changed["logo"]
    bare = portal.patch("/workspace", {"accent": None, "logo": None})
    assert (bare["accent"], bare["logo"]) == (None, None)
    assert portal.ask("GET", f"{result}/report").content == plain.content


def test_other_workspaces_keep_their_own(portal: Portal) -> None:
    other = Portal.new(portal.client, "Verdi")
    portal.patch("/workspace", {"accent": ACCENT, "logo": address(svg())})
    assert other.get("/workspace")["accent"] is None
    assert ACCENT not in other.ask("GET", f"{kept(other)}/report").text


def test_an_accent_that_cannot_be_read_is_refused_with_one_that_can(portal: Portal) -> None:
    accent = "#ffcc00"
    response = portal.ask("PATCH", "/workspace", {"accent": accent, "name": "Other"})
    assert faults_of(response) == {("/accent", "low_contrast")}
    [fault] = response.json()["errors"]
    assert f"{contrast(accent, '#ffffff'):.2f}" in fault["detail"]
    proposed = fault["detail"].partition("; ")[2].split(" ")[0]
    assert portal.get("/workspace")["name"] == "Rossi Consulting"
    assert portal.patch("/workspace", {"accent": proposed})["accent"] == proposed


REFUSED = [
    ("accent", "teal", "malformed"),
    ("accent", "#12345", "malformed"),
    ("logo", "https://example.com/logo.png", "not_base64"),
    ("logo", "data:text/html;base64,AAAA", "not_base64"),
    ("logo", address(b"GIF89a", "png"), "not_a_picture"),
    ("logo", "", "too_short"),
]


def test_what_is_no_accent_or_logo_is_refused(portal: Portal) -> None:
    for name, value, code in REFUSED:
        response = portal.ask("PATCH", "/workspace", {"name": "Other", name: value})
        assert faults_of(response) == {(f"/{name}", code)}
    assert portal.get("/workspace")["name"] == "Rossi Consulting"


@contextmanager
def impatient(portal: Portal) -> Iterator[None]:
    """A service that ends its processes at once."""
    state = cast("FastAPI", portal.client.app).state
    own = resources_of(cast("FastAPI", portal.client.app))
    processes = Processes(1, 0.001)
    state.resources = replace(own, processes=processes)
    yield
    processes.close()
    state.resources = own


def test_a_logo_that_takes_too_long_is_refused(portal: Portal) -> None:
    with impatient(portal):
        response = portal.ask("PATCH", "/workspace", {"logo": address(svg())})
    assert faults_of(response) == {("/logo", "not_a_picture")}
    assert portal.get("/workspace")["logo"] is None
