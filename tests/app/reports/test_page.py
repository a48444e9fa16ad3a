"""The page of a profile: right for every questionnaire, inert, and alone with what is not known."""

import re
import tomllib
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from app.core.editions import Edition
from app.reports.about import About
from app.reports.drawing import CHARTS, chart_svg
from app.reports.page import POLICY, profile_page
from app.reports.reading import Reading
from scoring import Questionnaire, score
from scoring.presentation.document import present
from tests.kit.effort import THOROUGH
from tests.kit.examples import questionnaire
from tests.kit.folders import FIXTURES
from tests.kit.panels import Panel, panels
from tests.kit.strategies import Case, cases

LANGUAGES = ["en", "it"]
HOSTILE = '<script>alert(1)</script>"onload="x" {{ 7*7 }} \u202etxt ]]> &amp; ' + "Länge" * 60
EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta"}


class Outline(HTMLParser):
    """Whether tags are closed in order, which ids there are, and what is linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.open.append(tag)
        self.note(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- its name
        self.note(attrs)

    def note(self, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and (value or "").startswith("#"):
                self.targets.append((value or "")[1:])
            if name in {"aria-labelledby", "aria-describedby"}:
                self.targets.extend((value or "").split())

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag


def page_of(case: Case | Panel, language: str) -> str:
    edition = Edition(case.questionnaire, released=False)
    document = present(case.score(), edition.words(language))
    return profile_page(document, edition, language, About("Studio", "Company")).html


def assert_sound(page: str) -> None:
    outline = Outline(page)
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)
    assert not {name for name in outline.attributes if name == "style" or name.startswith("on")}
    assert not re.search(r"""[>"]None[<"]""", page)


@settings(max_examples=400 if THOROUGH else 25)
@given(case=cases())
def test_every_profile_makes_a_sound_page(case: Case) -> None:
    for language in LANGUAGES:
        assert_sound(page_of(case, language))


@settings(max_examples=200 if THOROUGH else 15)
@given(panel=panels())
def test_so_does_the_profile_of_several(panel: Panel) -> None:
    assert_sound(page_of(panel, "it"))


@settings(max_examples=200 if THOROUGH else 15)
@given(panel=panels())
def test_a_chart_by_itself_is_xml_with_a_title_and_a_description(panel: Panel) -> None:
    edition = Edition(panel.questionnaire, released=False)
    document = present(panel.score(), edition.words("en"))
    for name in CHARTS:
        svg = chart_svg(name, Reading(document, edition, "en"))
        if svg is None:
            continue
        root = ET.fromstring(svg)  # noqa: S314 -- our own
        assert [child.tag.rpartition("}")[2] for child in root[:3]] == ["style", "title", "desc"]
        assert root[1].text


def many(count: int, name: str) -> Questionnaire:
    functions = {f"f{place}": "a b c d e f" for place in range(count)}
    texts = {"functions": {f: {"name": f"{name} {place}"} for place, f in enumerate(functions)}}
    return questionnaire(functions, texts={"en": texts}, definition={"level": 4, "min_applicable": 1})


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 12])
@pytest.mark.parametrize(
    "name", ["R&D", "Research", "Collaborazione interna e comunicazione", "W" * 40, HOSTILE]
)
def test_names_of_any_length_stay_inside_of_the_charts(count: int, name: str) -> None:
    written = many(count, name)
    edition = Edition(written, released=False)
    answers = {f"f{place}.{letter}": "3" for place in range(count) for letter in "abc"}
    document = present(score(written, answers), edition.words("en"))
    for chart in ("functions", "radar", "heatmap"):
        svg = chart_svg(chart, Reading(document, edition, "en"))
        if svg is None:
            continue
        root = ET.fromstring(svg)  # noqa: S314 -- our own
        _, top, width, height = map(float, root.attrib["viewBox"].split())
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            assert 0 <= float(text.attrib["x"]) <= width
            assert top < float(text.attrib["y"]) <= top + height + 4


def test_free_text_is_inert() -> None:
    written = many(3, HOSTILE)
    edition = Edition(written, released=False)
    document = present(score(written, {"f0.a": "3"}), edition.words("en"))
    page = profile_page(document, edition, "en", About(HOSTILE, HOSTILE, HOSTILE)).html
    assert_sound(page)
    assert "<script" not in page
    assert "49" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("language", "title", "unknown"),
    [
        ("en", "Also asked, and not counted", "Not known."),
        ("it", "Altre domande, fuori dal calcolo", "Non si sa."),
    ],
)
def test_what_is_not_scored_is_listed_and_not_counted_at_the_gate(
    language: str, title: str, unknown: str
) -> None:
    folder = FIXTURES / "unscored_capability"
    mapping = tomllib.loads((folder / "questionnaire.toml").read_text("utf-8"))
    said = {"no": "We have written nothing down.", "yes": "It is written down."}
    texts = {"capabilities": {"conduct.data": {"name": "Personal data", "options": said}}}
    asked = Questionnaire.model_validate(mapping | {"texts": {"en": texts, "it": texts}})
    answers = {"sales.presence": "4", "sales.record": "4", "sales.trend": "0", "conduct.data": "no"}
    edition = Edition(asked, released=False)
    document = present(score(asked, answers), edition.words(language))
    assert Reading(document, edition, language).standings[0].total == 2
    page = profile_page(document, edition, language, About("Consultancy")).html
    listed = page[page.index(f"<h2>{title}</h2>") : page.index('id="basis"')]
    assert re.findall(r"<dd>(.*?)</dd>", listed) == ["0.", "We have written nothing down.", unknown]
    assert "Personal data" in listed


def test_a_questionnaire_that_counts_everything_has_no_list_of_what_it_does_not() -> None:
    asked = questionnaire({"sales": "a b"})
    edition = Edition(asked, released=False)
    document = present(score(asked, {"sales.a": "1"}), edition.words("en"))
    assert 'id="shown"' not in profile_page(document, edition, "en", About("Consultancy")).html


def test_the_policy_lets_in_the_style_of_the_page_and_nothing_else() -> None:
    assert "script-src" not in POLICY
    assert POLICY.startswith("default-src 'none'; style-src 'sha256-")
