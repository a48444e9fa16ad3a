"""The profile as a page: one file that asks nothing of any host, for screens and for paper."""

from base64 import b64encode
from hashlib import sha256
from typing import NamedTuple

from app.core.editions import Edition
from app.look import FONT, FONT_ADDRESS, TOKENS
from app.reports import parts
from app.reports.about import About
from app.reports.charts.functions import strip, strip_scale
from app.reports.charts.gaps import step_scale
from app.reports.charts.heatmap import heatmap
from app.reports.drawing import CHARTS, SERVED, templates
from app.reports.lenses import lens_title
from app.reports.ratings import rated
from app.reports.reading import Reading
from app.reports.shown import only_shown
from app.reports.speech import sentence
from app.reports.summary import how_many, summarize, unscored
from scoring.presentation.shapes import ProfileDocument

SHEETS = (TOKENS, SERVED / "charts.css", SERVED / "profile.css")
# A page is kept as a file and opened without this service: style and font stand in it.
STYLE = "\n".join(sheet.read_text("utf-8") for sheet in SHEETS).replace(
    FONT_ADDRESS, f"data:font/woff2;base64,{b64encode(FONT.read_bytes()).decode()}"
)

_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
# The hash of the style lets it in, and nothing else.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Page(NamedTuple):
    """A page, and the language that it is in."""

    language: str
    html: str


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
        unscored=unscored(reading),
        parts=parts,
        rated=rated,
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
