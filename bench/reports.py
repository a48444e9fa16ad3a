"""Reports beside a bare typst compile of one page: PDF, HTML, a document of Word, a chart as SVG and PNG.

What is measured is CPU time of this process, the median of several, each of other texts.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from random import Random
from statistics import median
from time import process_time

from app.catalog.service import load_catalog
from app.core.settings import SHIPPED_QUESTIONNAIRES
from app.look import FONTS
from app.reports.about import About
from app.reports.drawing import chart_svg
from app.reports.formats import DRAWINGS, FORMATS, Choice, Job, Profiled
from app.reports.reading import Reading
from app.scores.example import RESPONSES
from app.scores.service import score_body
from scoring.presentation.document import present

RUNS = 15
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = '#set document(title: "{place}")\n#set text(font: "Source Sans 3", lang: "en")\n= {place}\n#lorem(400)'


def seconds(make: Callable[[int], object]) -> float:
    """CPU seconds of one, after the first two, which load what it needs."""
    taken = []
    for place in range(RUNS + 2):
        before = process_time()
        make(place)
        taken.append(process_time() - before)
    return median(taken[2:])


def bare(place: int) -> object:
    """A page of text, as `typst compile` makes it: fonts are read each time."""
    from typst import Compiler  # noqa: PLC0415 -- measured here alone

    source = PAGE.format(place=place).encode()
    compiler = Compiler(font_paths=[FONTS])
    return compiler.compile(input=source, format="pdf", pdf_standards="ua-1", timestamp=MOMENT)


def about(place: int) -> About:
    """Each time another company."""
    return About("Studio", f"Company {place}", None, date(2026, 1, 1))


def profiled(place: int) -> Profiled:
    """The example of two respondents, each time of another company."""
    return Profiled(DOCUMENT, EDITION, "en", about(place))


def answered(place: int) -> Profiled:
    """Each time another company that answered otherwise."""
    body, drawn = deepcopy(RESPONSES), Random(place)  # noqa: S311 -- levels, not secrets
    for response in body["responses"]:
        told = response["answers"]
        told |= {name: str(drawn.randint(0, 5)) for name in told if str(told[name]).isdigit()}
    _, profile = score_body(CATALOG, "social-business", body)
    return Profiled(present(profile, EDITION.words("en")), EDITION, "en", about(place))


def report(name: str, told: Profiled) -> bytes:
    """A report, or the chart of the functions, in a format."""
    made = {**FORMATS, **DRAWINGS}[name].make(told, Choice())
    return made() if isinstance(made, Job) else made


if __name__ == "__main__":
    CATALOG = load_catalog([SHIPPED_QUESTIONNAIRES])
    EDITION, PROFILE = score_body(CATALOG, "social-business", deepcopy(RESPONSES))
    DOCUMENT = present(PROFILE, EDITION.words("en"))
    OTHERS = [answered(place) for place in range(RUNS + 2)]
    base = seconds(bare)
    print(f"{'typst, one page':24} {base * 1000:7.1f} ms")
    for said, most, make in (
        ("whole report as PDF", 5, lambda place: report("pdf", profiled(place))),
        ("the same, other answers", 5, lambda place: report("pdf", OTHERS[place])),
        ("page of HTML", 1, lambda place: report("html", profiled(place))),
        ("a chart as SVG", 0.1, lambda _: chart_svg("functions", Reading(DOCUMENT, EDITION, "en"))),
        ("whole report as DOCX", None, lambda place: report("docx", profiled(place))),
        ("a chart as PNG", None, lambda place: report("png", profiled(place))),
    ):
        taken = seconds(make)
        bound = "" if most is None else f" of it, at most {most}"
        print(f"{said:24} {taken * 1000:7.1f} ms {taken / base:6.2f}{bound}")
