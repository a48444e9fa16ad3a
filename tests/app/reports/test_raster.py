"""Charts as PNG: the same drawing in pixels, whatever it says."""

import struct

import pytest

from app.core.errors import MissingError
from app.reports.formats import DRAWINGS, Choice, Job
from app.reports.raster import PIXELS, png
from tests.kit.reported import profiled


def size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_chart_is_drawn_in_pixels_the_same_each_time() -> None:
    told = profiled("en")
    job = DRAWINGS["png"].make(told, Choice(chart="heatmap"))
    assert isinstance(job, Job)
    picture = job()
    assert picture.startswith(b"\x89PNG")
    assert size(picture)[0] == PIXELS
    assert job() == picture


def test_letters_of_every_script_are_drawn() -> None:
    drawings = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><text x="5" y="15">{said}</text></svg>'
        for said in ("a", "株", "")
    ]
    latin, chinese, nothing = (png(drawing) for drawing in drawings)
    assert len({latin, chinese, nothing}) == 3


def test_a_chart_of_nothing_is_missing() -> None:
    told = profiled("en")
    alone = told._replace(document=told.document | {"respondents": None})
    with pytest.raises(MissingError, match="spread"):
        DRAWINGS["png"].make(alone, Choice(chart="spread"))
