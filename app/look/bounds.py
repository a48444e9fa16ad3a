"""Whether an SVG can be drawn soon: found by counting, before anything of it is drawn."""

import re
from xml.etree import ElementTree as ET

MOST_DRAWN = 10_000  # shapes, each as often as it is named
# Shapes, that one with a layer of its own counts as: it is painted by itself and then upon the others.
LAYER = 25

_LAYERS = ("opacity", "mask", "clip-path", "mix-blend-mode", "isolation", "stroke-dasharray", "marker")
_LAYER = re.compile(rf"(?<![-\w])(?:{'|'.join(_LAYERS)})[-\w]*\s*:")
_FILTER = re.compile(r"(?<![-\w])filter\s*:(?!\s*none)")
_NAMED = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def is_filtered(root: ET.Element) -> bool:
    """Whether any of it goes through a filter, of which a few take seconds."""
    return any(
        element.tag == f"{_SVG}filter"
        or element.get("filter", "none") != "none"
        or _FILTER.search(element.get("style", ""))
        or (element.tag == f"{_SVG}style" and _FILTER.search(element.text or ""))
        for element in root.iter()
    )


def is_drawn_soon(root: ET.Element) -> bool:
    """Whether it has at most `MOST_DRAWN` shapes; those that it names count each time, layers as several."""
    elements = {element.get("id", ""): element for element in root.iter()}
    is_layered = any(_LAYER.search(sheet.text or "") for sheet in root.iter(f"{_SVG}style"))
    counted: dict[ET.Element, int] = {}

    def count(element: ET.Element) -> int:
        if element not in counted:
            counted[element] = 0  # what names itself is not drawn
            own = LAYER if is_layered or _has_layer(element) else 1
            named = [elements[name] for name in _names(element) if name in elements]
            counted[element] = min(own + sum(map(count, (*element, *named))), MOST_DRAWN + 1)
        return counted[element]

    return count(root) <= MOST_DRAWN


def _has_layer(element: ET.Element) -> bool:
    return any(name.startswith(_LAYERS) for name in element.attrib) or bool(
        _LAYER.search(element.get("style", ""))
    )


def _names(element: ET.Element) -> list[str]:
    """What it draws that stands elsewhere."""
    links = [element.get(name, "").removeprefix("#") for name in _HREFS]
    return [*filter(None, links), *_NAMED.findall(" ".join(element.attrib.values()))]
