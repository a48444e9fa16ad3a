"""`make pictures`: the pictures of README; `make sheet`: all charts and pages of profiles, to be looked at.

Both drive a Chromium without a window. The pictures show one day and one company, so that they stay the same.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page
from typst import Compiler

from app.core.editions import Edition
from app.demo.workspace import DEMO_KEY
from app.look import FONTS
from app.reports import board, paper
from app.reports.about import About
from app.reports.drawing import CHARTS, chart_on_paper
from app.reports.formats import FORMATS, Choice, Profiled
from app.reports.raster import png
from app.reports.typeset import TEMPLATES
from tests.kit.answering import Sheet
from tests.kit.browser import chromium
from tests.kit.folders import QUESTIONNAIRES, ROOT, load
from tests.kit.portraits import portraits
from tests.kit.processes import Client, Service, await_port, free_port, prepare
from tests.kit.reading import Json
from tests.kit.reported import DAY

PICTURES = ROOT / "docs" / "pictures"
SHEET = ROOT / "build" / "pictures"
LANGUAGES = ("en", "it")
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
COMPANY, OCCASION = "Tarnholt Instruments", "Review before the fair"


# What the README shows


def make_pictures(folder: Path) -> None:
    """The questionnaire in a portal, and two reports of a company of the demonstration."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, chromium() as browser:
        with _demonstration(Path(temporary)) as service, closing(Client(service.port, DEMO_KEY)) as client:
            _questionnaire(browser, service, client, folder / "questionnaire.png")
            told = _profiled(client)
        _profile(browser, told, folder / "profile.png")
    cover, *_ = pages_of("report.typ", told, 66)
    (folder / "report.png").write_bytes(cover)


@contextmanager
def _demonstration(folder: Path) -> Iterator[Service]:
    address = f"sqlite:///{folder}/demo.sqlite3"
    prepare(address)
    with Service(address, folder, demo=True).running() as service:
        yield service


@contextmanager
def _portal(service: Service, client: Client) -> Iterator[str]:
    """The portal of `examples`; where it is."""
    port = free_port()
    client.patch("/workspace", {"allowed_origins": [f"http://localhost:{port}"]})
    given = {
        "SBM_URL": f"http://127.0.0.1:{service.port}",
        "SBM_KEY": DEMO_KEY,
        "PORTAL_PORT": str(port),
    }
    command = [sys.executable, "examples/portal/server.py"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stderr=subprocess.DEVNULL) as process:  # noqa: S603 -- our own
        try:
            await_port(port, process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def _questionnaire(browser: Browser, service: Service, client: Client, file: Path) -> None:
    """Somebody who is two answers into the questionnaire, on the page of a portal."""
    assessment = client.post(
        "/assessments",
        {"company": _company(client)["id"], "name": OCCASION, "status": "open", "tier": "express"},
    )
    somebody = {"name": "Maria Conti", "role": "cmo", "language": "en"}
    client.post(f"/assessments/{assessment['id']}/participants", somebody)
    with _portal(service, client) as address, _page(browser, 920, 940) as page:
        page.goto(f"{address}/login")
        page.get_by_role("link", name="Maria Conti").filter(has_text=OCCASION).click()
        page.locator("iframe").wait_for()
        sheet = Sheet(page, page.frames[1])
        sheet.button("Begin with").click()
        for place in (3, 2):
            sheet.choose(place)
        sheet.question.locator(".card").nth(3).hover()
        sheet.is_saved()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=file)


def _company(client: Client) -> Json:
    """A company of the demonstration."""
    found: Json = next(each for each in client.get("/companies")["data"] if each["name"] == COMPANY)
    return found


def _profiled(client: Client) -> Profiled:
    """The last result of that company."""
    company = _company(client)
    *_, assessment = client.get(f"/assessments?company={company['id']}&status=closed")["data"]
    document = client.get(f"/assessments/{assessment['id']}/profile?lang=en")
    asked = document["questionnaire"]
    edition = Edition(load(QUESTIONNAIRES / asked["id"] / asked["version"]), released=True)
    about = About("Rossi Consulting", company["name"], assessment["name"], DAY)
    return Profiled(document, edition, "en", about)


def _profile(browser: Browser, told: Profiled, file: Path) -> None:
    """The functions of a profile on its page."""
    with _page(browser, 1000, 572) as page:
        page.set_content(_html(told))
        page.evaluate("document.fonts.ready")
        page.locator("#functions h2").evaluate("heading => heading.scrollIntoView()")
        page.screenshot(path=file)


@contextmanager
def _page(browser: Browser, width: int, height: int, scheme: Scheme = "light") -> Iterator[Page]:
    """A page of this size, without motion."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    yield context.new_page()
    context.close()


def _html(told: Profiled, choice: Choice | None = None) -> str:
    made = FORMATS["html"].make(told, choice or Choice())
    assert isinstance(made, bytes)
    return made.decode()


def pages_of(template: str, told: Profiled, resolution: int) -> list[bytes]:
    """The pages of a PDF in pixels, at so many to an inch."""
    if template == "board.typ":
        data = board.board_data(*told[:4], "a4")
    else:
        data = paper.report_data(told.reading, told.about, "a4")
    made = Compiler(root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True).compile(
        input=TEMPLATES / template,
        format="png",
        ppi=resolution,
        sys_inputs={"data": data.decode()},
        timestamp=told.moment,
    )
    return made if isinstance(made, list) else [bytes(made or b"")]


# What is looked at


def make_sheet(folder: Path, names: list[str]) -> None:
    """Every chart and page of these profiles in both languages, and one page that shows them all."""
    with chromium() as browser:
        for name, portrait in portraits().items():
            if names and name not in names:
                continue
            for language in LANGUAGES:
                place = folder / name / language
                place.mkdir(parents=True, exist_ok=True)
                for drawn_before in place.glob("*.png"):
                    drawn_before.unlink()
                told = portrait.whole(language)
                _draw(told, place)
                _set(told, place)
                _shoot(browser, told, place)
    files = sorted(file.relative_to(folder) for file in folder.rglob("*.png"))
    shown = "".join(f'<h2>{escape(str(file))}</h2><img src="{file}" alt="">' for file in files)
    style = "body { font: 14px sans-serif } img { max-width: 1000px; border: 1px solid #ccc }"
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><title>Pictures</title><style>{style}</style>{shown}', "utf-8"
    )


def _draw(told: Profiled, place: Path) -> None:
    for chart in CHARTS:
        svg = chart_on_paper(chart, told.reading)
        if svg is not None:
            (place / f"chart-{chart}.png").write_bytes(png(svg))


def _set(told: Profiled, place: Path) -> None:
    for template in ("board.typ", "report.typ"):
        for number, page in enumerate(pages_of(template, told, 72), 1):
            (place / f"paper-{template[:-4]}-{number:02}.png").write_bytes(page)


def _shoot(browser: Browser, told: Profiled, place: Path) -> None:
    pages = {"profile": _html(told), "board": _html(told, Choice("summary"))}
    for width in (360, 1280):
        for scheme in SCHEMES:
            with _page(browser, width, 800, scheme) as page:
                for name, html in pages.items():
                    page.set_content(html)
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=place / f"page-{name}-{width}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", action="store_true", help="every chart and page of many profiles")
    parser.add_argument("profiles", nargs="*", help="only these of them")
    given = parser.parse_args()
    if given.sheet:
        make_sheet(SHEET, given.profiles)
    else:
        make_pictures(PICTURES)
