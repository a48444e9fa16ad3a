"""The profile as a page: one file that asks nothing of any host, for screens and for paper."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from app.core.editions import Edition
from app.look import FONT, FONT_ADDRESS, TOKENS
from app.look.themes import accented_css
from app.reports import parts
from app.reports.about import About
from app.reports.ahead import next_part
from app.reports.beyond import NOTHING, Beyond
from app.reports.charts.functions import strip, strip_scale
from app.reports.charts.gaps import step_scale
from app.reports.charts.heatmap import heatmap
from app.reports.drawing import ACCENTS, CHARTS, SERVED, templates
from app.reports.lenses import lens_title
from app.reports.moved import moved_part
from app.reports.ratings import rated
from app.reports.reading import Reading
from app.reports.shown import only_shown, sides_shown
from app.reports.speech import sentence
from app.reports.summary import how_many, summarize, unscored
from app.reports.sure import sure_part
from app.reports.trend import moves, trend
from app.reports.what_if import Tried, what_if
from scoring.presentation.shapes import ProfileDocument

SHEETS = (TOKENS, SERVED / "charts.css", SERVED / "profile.css")
# A page is kept as a file and opened without this service: style and font stand in it.
STYLE = "\n".join(sheet.read_text("utf-8") for sheet in SHEETS).replace(
    FONT_ADDRESS, f"data:font/woff2;base64,{b64encode(FONT.read_bytes()).decode()}"
)


@lru_cache(maxsize=ACCENTS)
def style_of(accent: str | None) -> str:
    """The style of a page in an accent, else in our own colours."""
    return STYLE if accent is None else f"{STYLE}\n{accented_css(accent)}"


@lru_cache(maxsize=ACCENTS)
def policy_of(accent: str | None) -> str:
    """What such a page may load: the hash of its style lets that in, and nothing else."""
    digest = b64encode(sha256(style_of(accent).encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


POLICY = policy_of(None)
# What a page may load beside that where it is live: a script, and what that asks for.
LIVE = "; script-src 'self'; connect-src 'self'"


def live_policy_of(accent: str | None) -> str:
    """What a page may load that is live."""
    return policy_of(accent).replace("style-src ", "style-src 'self' ") + LIVE


class Live(NamedTuple):
    """What makes a page live: the module that it loads, and what is tried on it."""

    module: str
    tried: Tried


class Page(NamedTuple):
    """A page, the language that it is in, and the policy that it has to be served with."""

    language: str
    html: str
    policy: str


def profile_page(
    document: ProfileDocument, edition: Edition, language: str, about: About, beyond: Beyond = NOTHING
) -> Page:
    """The page of a profile in this language, else in one that its questionnaire has."""
    return _rendered("profile.html", Reading(document, edition, language, about, beyond), about)


def live_page(reading: Reading, about: About, live: Live) -> Page:
    """The same where it can be asked again: with the section in which levels are tried."""
    return _rendered("profile.html", reading, about, live)._replace(policy=live_policy_of(reading.accent))


def profile_content(
    document: ProfileDocument, edition: Edition, language: str, about: About, beyond: Beyond = NOTHING
) -> Page:
    """The same without what surrounds it, for a page that links the style sheets of `SERVED` itself."""
    return _rendered("fragment.html", Reading(document, edition, language, beyond=beyond), about)


def what_if_section(tried: Tried) -> Page:
    """The section by itself in which levels are tried, for a live page that shows the profile."""
    reading = Reading(tried.after, tried.edition, tried.language)
    html = templates.get_template("what-if.html").render(say=reading.speech, tried=what_if(tried))
    return Page(reading.speech.language, html, POLICY)


def _rendered(template: str, reading: Reading, about: About, live: Live | None = None) -> Page:
    return page_in_style(
        template,
        reading,
        about,
        document=reading.document,
        summary=summarize(reading),
        unscored=unscored(reading),
        trend=trend(reading),
        moves=moves(reading),
        parts=parts,
        rated=rated,
        shown=only_shown(reading),
        sides_shown=sides_shown(reading),
        ahead=next_part(reading),
        sure=sure_part(reading),
        moved=moved_part(reading),
        functions_title=sentence(how_many(reading)),
        lens_title=lens_title(reading),
        heatmap=heatmap(reading),
        strips=[strip(standing, reading) for standing in reading.standings],
        strip_scale=strip_scale(reading),
        step_scale=step_scale(reading),
        charts={name: make(reading) for name, make in CHARTS.items()},
        live=live,
        tried=live and what_if(live.tried),
    )


def page_in_style(template: str, reading: Reading, about: About, **values: object) -> Page:
    """A page of a template, with what every page has."""
    accent = reading.accent
    html = templates.get_template(template).render(
        about=about, style=style_of(accent), reading=reading, say=reading.speech, **values
    )
    return Page(reading.speech.language, html, policy_of(accent))
