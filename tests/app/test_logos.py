"""A logo that is handed in becomes a PNG of ours, of bounded size, and nothing else of it is kept."""

import struct
import zlib
from pathlib import Path
from time import process_time

import pytest

from app.look.logos import HEIGHT, MOST_BYTES, WIDTH, LogoError, logo_png, size_of
from tests.kit.logos import FILLED, address, svg


def png(width: int, height: int, data: bytes | None = None) -> bytes:
    """A black PNG; `data` is what stands for its pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = (b"\0" + b"\0" * width) * height if data is None else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(rows) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _doubled(times: int) -> str:
    """A circle that is named twice, and that twice, and so on."""
    groups = (f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, times))
    return '<circle id="a0" r="50"/>' + "".join(groups)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (svg(), (WIDTH, HEIGHT)),
        (svg(attributes='width="20px" height="60"'), (80, HEIGHT)),
        (svg(attributes='viewBox="0,0,400,20" width="1e9" height="7mm"'), (WIDTH, 40)),
        (png(200, 60), (200, 60)),
        (png(1600, 100), (WIDTH, 50)),
        (
            b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'
            + svg(),
            None,
        ),
    ],
)
def test_it_fits_and_is_drawn_anew(content: bytes, size: tuple[int, int] | None) -> None:
    made = logo_png(content)
    assert size_of(made) == (size or (WIDTH, HEIGHT))
    assert made == logo_png(content)
    assert logo_png(made) == made


def test_nothing_that_it_names_is_read(tmp_path: Path) -> None:
    """Pictures and files are left out, as if they did not stand there."""
    (tmp_path / "own.png").write_bytes(png(20, 20))
    place = f'width="200" height="60" {{}}="{tmp_path / "own.png"}"'
    others = "".join(
        f"<image {place.format(name)}/><feImage {place.format(name)}/><use {place.format(name)}/>"
        for name in ("href", "xlink:href")
    )
    inside = f'<image width="200" height="60" href="{address(png(20, 20), "png")}"/><script>1</script>'
    style = f'<style>@import "{tmp_path}/a.css"; rect {{ fill: url("{tmp_path}/own.png") }}</style>'
    assert logo_png(svg(f"{style}{FILLED}{others}{inside}")) == logo_png(svg())


BLUR = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        (BLUR * 40 + '<g filter="url(#f)">' * 40 + FILLED + "</g>" * 40, "not_a_picture"),
        (f'<g filter="blur(9)">{FILLED}</g>', "not_a_picture"),
        (f'<g style="fill: #000; filter:blur(9)">{FILLED}</g>', "not_a_picture"),
        (f"<style>path {{ filter: drop-shadow(0 0 9 #000) }}</style>{FILLED}", "not_a_picture"),
        (_doubled(20), "picture_too_large"),
        ('<g opacity=".5"><circle r="90"/></g>' * 3000, "picture_too_large"),
        ("<style>g { opacity: .5 }</style>" + '<g><circle r="90"/></g>' * 3000, "picture_too_large"),
        ("<circle/>" * 10_001, "picture_too_large"),
    ],
)
def test_what_would_take_long_to_draw_is_refused_at_once(inner: str, code: str) -> None:
    began = process_time()
    with pytest.raises(LogoError) as refused:
        logo_png(svg(inner))
    assert refused.value.code == code
    assert process_time() - began < 1


def test_what_drawing_programs_write_into_a_logo_is_drawn() -> None:
    usual = (
        '<style>.a { fill: #7a1f4b; fill-opacity: .9 }</style><linearGradient id="l"><stop stop-opacity="1"/>'
        '</linearGradient><clipPath id="c"><path d="M0 0h200v60h-200z"/></clipPath>'
        '<g clip-path="url(#c)" style="color-interpolation-filters: linearRGB; filter: none">'
        '<g id="g"><circle class="a" cx="30" cy="30" r="25"/></g><use href="#g" x="50"/></g>'
    )
    assert logo_png(svg(usual)) != logo_png(svg())
    assert logo_png(svg(f'<g id="g"><use href="#g"/></g>{FILLED}')) == logo_png(svg())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_picture"),
        (b"GIF89a", "not_a_picture"),
        (b"\xff\xfe<svg/>", "not_a_picture"),
        (b"<svg viewBox='0 0 9 9'/>", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n", "not_a_picture"),
        (png(200, 60)[:70], "not_a_picture"),
        (png(200, 60, b"broken"), "not_a_picture"),
        (png(4001, 1), "picture_too_large"),
        (png(0, 9), "picture_too_large"),
        (svg(""), "not_a_picture"),
        (svg('<image href="/etc/x.png" width="9" height="9"/>'), "not_a_picture"),
        (svg(attributes='width="10cm" height="2cm"'), "not_a_picture"),
        (svg(attributes='viewBox="0 0 nan 9"'), "not_a_picture"),
        (svg(attributes='viewBox="0 0 1 21"'), "picture_too_large"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(), "not_a_picture"),
        (svg("<g>" * 5000 + "</g>" * 5000), "not_a_picture"),
        (svg(f"<!--{'x' * MOST_BYTES}-->"), "picture_too_large"),
    ],
)
def test_what_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(LogoError) as refused:
        logo_png(content)
    assert refused.value.code == code
