"""A logo that somebody hands in, as a PNG of ours: it is drawn anew, and nothing else of it is kept.

Shapes and letters of an SVG are drawn. Pictures, files and addresses that it names are left out, never read.
"""

import re
import struct
from base64 import b64encode
from xml.etree import ElementTree as ET

from app.look.bounds import LAYER, MOST_DRAWN, is_drawn_soon, is_filtered
from app.look.pixels import pixels

MOST_BYTES = 150 * 1024
MOST_SIDE = 4000  # px, of a PNG
WIDTH, HEIGHT = 800, 240  # px, that what is kept fits into: sharp on paper at 4 cm
MOST_FLAT = 20.0  # one side beside the other

_PNG, _HEADER = b"\x89PNG\r\n\x1a\n", slice(12, 24)
_SVG = "{http://www.w3.org/2000/svg}"
_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_FOREIGN = {f"{_SVG}{name}" for name in ("image", "feImage", "foreignObject", "script")}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


class LogoError(Exception):
    """A logo that cannot be used: a code, and what is wrong."""

    def __init__(self, code: str, reason: str) -> None:
        """Both are said to whoever handed it in."""
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


def logo_png(content: bytes) -> bytes:
    """A PNG or SVG as a PNG that fits into `WIDTH` and `HEIGHT`; raises `LogoError`.

    It may take long for a drawing that is made to: run it where it can be ended.
    """
    if len(content) > MOST_BYTES:
        raise LogoError(
            "picture_too_large", f"it has {len(content)} bytes, and at most {MOST_BYTES} are taken"
        )
    svg = _framed(content) if content.startswith(_PNG) else _cleaned(content)
    try:
        made = pixels(svg)
    except ValueError:
        raise LogoError("not_a_picture", "it cannot be drawn") from None
    if made == pixels(_EMPTY.format(*size_of(made))):
        raise LogoError("not_a_picture", "nothing of it can be seen: pictures inside an SVG are left out")
    return made


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in px."""
    _, width, height = struct.unpack(">4sII", png[_HEADER])
    return width, height


def picture_address(png: bytes, media_type: str = "image/png") -> str:
    """A picture as an address that holds it."""
    return f"data:{media_type};base64,{b64encode(png).decode()}"


def _framed(content: bytes) -> str:
    """A PNG as the only thing in a drawing."""
    if content[12:16] != b"IHDR" or len(content) < _HEADER.stop:
        raise LogoError("not_a_picture", "it is not a whole PNG")
    width, height = size_of(content)
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        reason = f"it has {width} by {height} px, and at most {MOST_SIDE} either way are taken"
        raise LogoError("picture_too_large", reason)
    share = min(1.0, _share(width, height))
    address = picture_address(content)
    wide, high = max(1, round(width * share)), max(1, round(height * share))
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">'
    return f'{frame}<image href="{address}" width="{wide}" height="{high}" preserveAspectRatio="none"/></svg>'


def _cleaned(content: bytes) -> str:
    """An SVG without what names anything outside of it, as large as it fits."""
    try:
        text = content.decode()
        if "<!ENTITY" in text:
            raise LogoError("not_a_picture", "it declares entities; save it as plain SVG")
        root = ET.fromstring(text)  # noqa: S314 -- bounded, and without entities
        _without_others(root)
        _bounded(root)
        _fitted(root)
        return ET.tostring(root, encoding="unicode")
    except (UnicodeDecodeError, ET.ParseError, RecursionError, ValueError):
        raise LogoError("not_a_picture", "it is neither a PNG nor an SVG in UTF-8") from None


def _without_others(root: ET.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in _FOREIGN:
                parent.remove(child)
        for name in _HREFS:
            if not parent.get(name, "#").startswith("#"):
                del parent.attrib[name]


def _bounded(root: ET.Element) -> None:
    if is_filtered(root):
        raise LogoError("not_a_picture", "it uses filters, as for shadows and blurs; save it without effects")
    if not is_drawn_soon(root):
        reason = f"it draws more than {MOST_DRAWN} shapes, those in groups of their own counted {LAYER} times"
        raise LogoError("picture_too_large", reason)


def _fitted(root: ET.Element) -> None:
    if root.tag != f"{_SVG}svg":
        raise LogoError("not_a_picture", "its outermost element is not svg of http://www.w3.org/2000/svg")
    box = root.get("viewBox")
    if box is None:
        lengths = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
        numbers = [0.0, 0.0, *(float(length[1]) for length in lengths if length)]
    else:
        numbers = [float(number) for number in box.replace(",", " ").split()]
    if len(numbers) != 4 or not all(0 < side < 1e6 for side in numbers[2:]):  # noqa: PLR2004 -- a box has four
        raise LogoError("not_a_picture", "it says no size: give it a viewBox, or width and height in px")
    width, height = numbers[2:]
    if not 1 / MOST_FLAT <= width / height <= MOST_FLAT:
        raise LogoError("picture_too_large", f"one side is more than {MOST_FLAT:g} times the other")
    share = _share(width, height)
    root.set("viewBox", " ".join(f"{number:g}" for number in numbers))
    root.set("width", str(max(1, round(width * share))))
    root.set("height", str(max(1, round(height * share))))


def _share(width: float, height: float) -> float:
    """How much larger or smaller it becomes to fit."""
    return min(WIDTH / width, HEIGHT / height)
