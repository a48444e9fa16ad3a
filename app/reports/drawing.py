"""Charts drawn as SVG from templates: in a page with its colours, or as files with colours of their own."""

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.look import TOKENS
from app.look.themes import accented, accented_css
from app.reports.charts.dots import LABEL
from app.reports.charts.frontier import frontier_chart
from app.reports.charts.functions import functions_chart
from app.reports.charts.gaps import gaps_chart
from app.reports.charts.heatmap import heatmap_chart
from app.reports.charts.perception import perception_chart
from app.reports.charts.progress import progress_chart
from app.reports.charts.radar import radar_chart
from app.reports.charts.spread import spread_chart
from app.reports.charts.text import width_of
from app.reports.reading import Reading
from app.reports.signs import SIGN

HERE = Path(__file__).parent
SERVED = HERE / "static"
TEMPLATES = HERE / "templates"
ACCENTS = 64  # that styles are kept of

templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(("html", "svg")),
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)

ChartName = Literal["functions", "radar", "heatmap", "gaps", "perception", "spread", "progress", "frontier"]
CHARTS: Mapping[ChartName, Callable[[Reading], object]] = {
    "functions": functions_chart,
    "radar": radar_chart,
    "heatmap": heatmap_chart,
    "gaps": gaps_chart,
    "perception": perception_chart,
    "spread": spread_chart,
    "progress": progress_chart,
    "frontier": frontier_chart,
}
LOOKS_AHEAD: AbstractSet[ChartName] = {"frontier"}  # those of what is beyond the profile

_PAIR = re.compile(r"--(\w+): light-dark\((#\w+), #\w+\)")
_HALO = re.compile(
    r'<text x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" class="(?P<kind>[^"]*\bhalo\b[^"]*)">(?P<said>[^<]*)</text>'
)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FROM_TOKENS = re.compile(r"var\(--(\w+)\)")


def chart_svg(name: ChartName, reading: Reading) -> str | None:
    """One of `CHARTS` as SVG by itself, with its colours; `None` where the profile has nothing for it."""
    chart = CHARTS[name](reading)
    return None if chart is None else _styled(drawn(name, chart, reading), _own_style(reading.accent))


def chart_on_paper(name: ChartName, reading: Reading) -> str | None:
    """The same by `on_paper`."""
    chart = CHARTS[name](reading)
    return None if chart is None else on_paper(name, chart, reading)


def drawn(name: str, chart: object, reading: Reading) -> str:
    """A chart as SVG without colours, by the template of this name."""
    return templates.get_template(f"charts/{name}.svg").render(chart=chart, say=reading.speech)


def on_paper(name: str, chart: object, reading: Reading) -> str:
    """A chart as SVG in the colours of the light theme, for what knows no custom properties."""
    return _styled(with_backs(drawn(name, chart, reading)), _paper_style(reading.accent))


def small_on_paper(template: str, macro: str, reading: Reading, *arguments: Any) -> str:  # noqa: ANN401 -- a macro's own
    """The same of a drawing that a macro of a template makes, for a line of a table."""
    made = str(getattr(templates.get_template(f"charts/{template}.svg").module, macro)(*arguments))
    svg = made.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return svg.replace(">", f"><style>{_paper_style(reading.accent)}</style>", 1)


def with_backs(svg: str) -> str:
    """Labels with a plain back instead of a halo, which what sets paper draws over the letters."""
    return _HALO.sub(lambda label: _back(label) + label[0].replace(" halo", "").replace("halo ", ""), svg)


def _back(label: re.Match[str]) -> str:
    width = width_of(unescape(label["said"]), LABEL)
    kinds = label["kind"].split()
    shift = 0.5 if "m" in kinds else float("e" in kinds)
    x, y = float(label["x"]) - shift * width, float(label["y"]) - LABEL
    return (
        f'<rect x="{x - 2:.1f}" y="{y + 1:.1f}" width="{width + 4:.1f}" height="{LABEL + 3}" class="back"/>'
    )


def _styled(svg: str, style: str) -> str:
    return _NO_XML.sub(SIGN, svg).replace("><title", f"><style>{style}</style><title", 1)


@lru_cache(maxsize=ACCENTS)
def _own_style(accent: str | None) -> str:
    """The colours of all pages, of both themes, for a file without them."""
    text = TOKENS.read_text("utf-8")
    own = "" if accent is None else accented_css(accent)
    return f"{text[text.index(':root {') : text.index('*, ::before')]}{own}\n{_charts_style()}"


@lru_cache(maxsize=ACCENTS)
def _paper_style(accent: str | None) -> str:
    """The same in the light theme, each colour written out."""
    values = light_colours(accent) | {"font": '"Source Sans 3"'}
    plain = "\n".join(line for line in _charts_style().splitlines() if not line.startswith(("@media", "/*")))
    plain = plain.replace("font-weight: 640", "font-weight: 600")  # one that the font for paper has
    return _FROM_TOKENS.sub(
        lambda found: values[found[1]], f"{plain}\n.chart .back {{ fill: var(--paper); }}"
    )


@lru_cache(maxsize=ACCENTS)
def light_colours(accent: str | None) -> dict[str, str]:
    """The colours of the light theme by name, as in `#16211f`, in an accent or in our own."""
    ours = dict(_PAIR.findall(TOKENS.read_text("utf-8")))
    return ours if accent is None else ours | accented(accent)["light"]


@cache
def _charts_style() -> str:
    return (SERVED / "charts.css").read_text("utf-8")
