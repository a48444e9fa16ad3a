"""A report for paper: its content as JSON for the templates of `templates/paper`."""

import orjson

from app.core.editions import Edition
from app.reports.about import About
from app.reports.content import Paper, report_content
from app.reports.sides import Part
from app.reports.signs import has_longer, shown
from scoring.presentation.shapes import ProfileDocument

LONG = 1200  # characters that rows of a table are kept together up to


def report_data(
    document: ProfileDocument, edition: Edition, language: str, about: About, paper: Paper
) -> bytes:
    """The whole report as JSON, for `report.typ`."""
    return as_json(report_content(document, edition, language, about, paper))


def as_json(data: Part) -> bytes:
    """Data for a template, whose texts are shown as they were typed and can do nothing."""
    return orjson.dumps(shown(data) | {"has_long": has_longer(data, LONG)})
