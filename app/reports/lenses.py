"""Which function and lens lie lowest, as a title (§4)."""

from app.reports.reading import Reading


def lens_title(reading: Reading) -> str:
    """The lowest cell that is decided and stands alone, else a plain title."""
    cells = [
        (score["value"], standing.function["name"], lens["name"])
        for standing in reading.standings
        for lens in reading.document["lenses"]
        for score in [standing.function["lenses"].get(lens["id"])]
        if score is not None and score["value"] is not None and score["low"] == score["high"]
    ]
    values = sorted(value for value, _, _ in cells)
    if len(values) < 2 or values[0] == values[1]:  # noqa: PLR2004 -- the lowest of several
        return reading.speech("lenses_title_plain")
    _, function, lens = min(cells)
    return reading.speech("lenses_title", function=function, lens=lens)
