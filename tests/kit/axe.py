"""What axe-core finds on a page, in both themes, and whether it is wider than its window."""

from collections.abc import Mapping

from playwright.sync_api import Frame, Page

from tests.kit.folders import ROOT

AXE = ROOT / "tests" / "fixtures" / "axe-core" / "axe.min.js"
COLOURS = {"type": "rule", "values": ["color-contrast"]}
STANDARDS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
FIND = """async what => (await axe.run({runOnly: what, resultTypes: ["violations"]})).violations
    .map(found => [found.id, ...found.nodes.map(node => node.html)].join(" "))"""

# Landmarks and headings in their order, as a screen reader lists them.
OUTLINE = """() => [...document.querySelectorAll("main, nav, h1, h2, h3")]
    .filter((part) => part.checkVisibility()).map((part) => part.localName)"""


def faults(page: Page) -> list[str]:
    """Faults in the light and in the dark, and whether the page is wider than its window."""
    page.emulate_media(color_scheme="light")
    found = faults_in(page)
    page.emulate_media(color_scheme="dark")
    found += faults_in(page, COLOURS)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the window")
    return found


def faults_in(place: Page | Frame, what: Mapping[str, object] = STANDARDS) -> list[str]:
    """Faults of a page or of a frame, as they look now."""
    if not place.evaluate("'axe' in window"):
        place.evaluate(AXE.read_text("utf-8"))  # not as an element: the policy of the page would refuse it
    found: list[str] = place.evaluate(FIND, what)
    return found
