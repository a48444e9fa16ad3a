"""The profile as a page: one file that asks nothing of any host, for screens and for paper."""

from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.core.editions import Edition
from app.look import FONT, FONT_ADDRESS, TOKENS
from app.reports import parts
from app.reports.charts.functions import functions_chart, strip, strip_scale
from app.reports.charts.gaps import gaps_chart, step_scale
from app.reports.charts.heatmap import heatmap, heatmap_chart
from app.reports.charts.perception import perception_chart
from app.reports.charts.radar import radar_chart
from app.reports.charts.spread import spread_chart
from app.reports.lenses import lens_title
from app.reports.reading import Reading
from app.reports.shown import only_shown
from app.reports.speech import sentence
from app.reports.summary import how_many, summarize
from scoring.presentation.shapes import ProfileDocument

HERE = Path(__file__).parent
SERVED = HERE / "static"
TEMPLATES = HERE / "templates"
SHEETS = (TOKENS, SERVED / "charts.css", SERVED / "profile.css")
# A page is kept as a file and opened without this service: style and font stand in it.
STYLE = "\n".join(sheet.read_text("utf-8") for sheet in SHEETS).replace(
    FONT_ADDRESS, f"data:font/woff2;base64,{b64encode(FONT.read_bytes()).decode()}"
)

templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(("html", "svg")),
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)

_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
# The hash of the style lets it in, and nothing else.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class About(NamedTuple):
    """Whose profile it is: whose page, which company, on which occasion and day.

    `other_language` is the address of the same page in the other language.
    """

    publisher: str
    company: str | None = None
    occasion: str | None = None
    day: date | None = None
    other_language: str | None = None


class Page(NamedTuple):
    """A page, and the language that it is in."""

    language: str
    html: str


CHARTS = {
    "functions": functions_chart,
    "radar": radar_chart,
    "heatmap": heatmap_chart,
    "gaps": gaps_chart,
    "perception": perception_chart,
    "spread": spread_chart,
}


def profile_page(document: ProfileDocument, edition: Edition, language: str, about: About) -> Page:
    """The page of a profile in this language, else in one that its questionnaire has."""
    return _rendered("profile.html", Reading(document, edition, language), about)


def profile_content(document: ProfileDocument, edition: Edition, language: str, about: About) -> Page:
    """The same without what surrounds it, for a page that links the style sheets of `SERVED` itself."""
    return _rendered("fragment.html", Reading(document, edition, language), about)


def _rendered(template: str, reading: Reading, about: About) -> Page:
    html = templates.get_template(template).render(
        about=about,
        style=STYLE,
        reading=reading,
        document=reading.document,
        say=reading.speech,
        summary=summarize(reading),
        parts=parts,
        shown=only_shown(reading),
        functions_title=sentence(how_many(reading)),
        lens_title=lens_title(reading),
        heatmap=heatmap(reading),
        strips=[strip(standing, reading) for standing in reading.standings],
        strip_scale=strip_scale(reading),
        step_scale=step_scale(reading),
        charts={name: make(reading) for name, make in CHARTS.items()},
    )
    return Page(reading.speech.language, html)


def chart_svg(name: str, document: ProfileDocument, edition: Edition, language: str) -> str | None:
    """One of `CHARTS` as SVG by itself, with its colours; `None` where the profile has nothing for it."""
    reading = Reading(document, edition, language)
    chart = CHARTS[name](reading)
    if chart is None:
        return None
    svg = templates.get_template(f"charts/{name}.svg").render(chart=chart, say=reading.speech)
    style = f"{_colours()}\n{(SERVED / 'charts.css').read_text('utf-8')}"
    return svg.replace("><title", f"><style>{style}</style><title", 1)


def _colours() -> str:
    """The colours of all pages, for a file without them."""
    text = TOKENS.read_text("utf-8")
    return text[text.index(":root {") : text.index("*, ::before")]
