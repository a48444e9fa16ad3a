"""A report for paper: its content as JSON for the templates of `templates/paper`."""

import orjson

from app.reports.about import About
from app.reports.content import Paper, report_content
from app.reports.reading import Reading
from app.reports.sides import Part
from app.reports.signs import has_longer, shown

LONG = 1200  # characters that rows of a table are kept together up to


def report_data(reading: Reading, about: About, paper: Paper) -> bytes:
    """The whole report as JSON, for `report.typ`."""
    return as_json(report_content(reading, about, paper))


def as_json(data: Part) -> bytes:
    """Data for a template, whose texts are shown as they were typed and can do nothing."""
    return orjson.dumps(shown(data) | {"has_long": has_longer(data, LONG)})
