"""A report as a document of Word: what `app.reports.content` and `app.reports.board` say, part by part."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

from app.reports.speech import sentence
from app.reports.word.ahead import write_moved, write_next
from app.reports.word.pieces import Grid, Part, Said, Writer

STATUS_COLOURS = {"met": "accent", "not_met": "warn", "undetermined": "ink"}
MOST_PROPERTY = 255  # characters of a property of a document
# What the library's own template says of itself, and no document needs.
FOREIGN = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")


def written(data: Part, moment: datetime) -> bytes:
    """A whole report, or the summary for the board where the data have no parts."""
    writer = Writer(data)
    _front(writer, data)
    if "parts" in data:
        writer.contents(data["contents"], [part["title"] for part in data["parts"]])
        for place, part in enumerate(data["parts"]):
            writer.heading(part["title"], 1, on_new_page=place == 0)
            writer.say(part["said"], "Remark", introduces=True)
            PARTS[part["kind"]](writer, part)
    else:
        _summary(writer, data)
    writer.running(_joined(data["company"], data["occasion"]), _joined(data["publisher"], data["day"]))
    _own(writer.document, data, moment)
    return _saved(writer.document, moment)


def _front(writer: Writer, data: Part) -> None:
    """Whose it is, the verdict as a sentence, what is open, the main figures."""
    if data["logo"]:
        writer.logo(data["logo"])
    over = data["kind"] if data["company"] else None
    writer.say(_joined(over, data["occasion"], data["day"], data["publisher"]), "Subtitle")
    writer.say(data["company"] or data["kind"], "Title")
    writer.say(data["headline"], "Verdict")
    writer.say(data["lead"])
    if data["open"]:
        writer.say(data["decides"], strong=data["open"])
    facts = data["facts"]
    cells = [Said(fact["value"], fact["remark"], is_bold=True) for fact in facts]
    names = [fact["name"] for fact in facts]
    writer.table(Grid(data["headline"], names, [cells], [1] * len(facts), len(facts)))


def _functions(writer: Writer, part: Part) -> None:
    writer.picture(part["chart"])
    rows = [
        [name, Said(level, colour=STATUS_COLOURS[status], is_bold=True), *figures]
        for (name, level, *figures), status in zip(part["rows"], part["statuses"], strict=True)
    ]
    shares = [5, 4, *[2] * (len(part["columns"]) - 2)]
    if rows:
        writer.table(Grid(part["title"], part["columns"], rows, shares, 2), part["caption"])
    writer.picture(part["radar"], 0.62)
    for line in part["unscored"]:
        writer.say(line, "Remark")
    _progress(writer, part["progress"], 2)


def _progress(writer: Writer, told: Part | None, level: int) -> None:
    """What has become of the functions since the result before, where there is one."""
    if told is None:
        return
    writer.heading(told["title"], level)
    writer.say(told["said"], introduces=True)
    writer.picture(told["chart"])
    rows = [[Said(name, levels), *figures] for name, levels, *figures in told["rows"]]
    if rows:
        writer.table(Grid(told["title"], told["columns"], rows, [5, 2, 2, 3], 1))


def _lenses(writer: Writer, part: Part) -> None:
    *rows, total = [[row["name"], *map(_cell, row["cells"])] for row in part["rows"]]
    plain = [total[0], *(each._replace(fill=None, colour=None, is_framed=False) for each in total[1:])]
    columns = [part["function"], *part["lenses"]]
    shares = [3, *[8 / len(part["lenses"])] * len(part["lenses"])]
    writer.table(Grid(part["title"], columns, [*rows, plain], shares, 1, is_centred=True), part["caption"])


def _cell(cell: Part) -> Said:
    """A mean on its tone of the ramp; a cell with an open answer on none."""
    tone = cell["tone"]
    fill, colour = (None, None) if tone is None else (f"l{tone}", f"t{tone}")
    is_open = tone is None and not cell["is_empty"]
    return Said(
        cell["figures"], cell["possible"], colour, fill, is_bold=not cell["is_empty"], is_framed=is_open
    )


def _holds(writer: Writer, part: Part) -> None:
    for held in part["held"]:
        writer.heading(held["name"], 2)
        writer.say(
            held["why"], strong=f"{held['cell']} · {held['level_words']}.", introduces=bool(held["holds"])
        )
        rows = [
            [Said(f"{hold['cell']} · {hold['name']}"), hold["today"], hold["next_step"] or "–"]
            for hold in held["holds"]
        ]
        if rows:
            writer.table(Grid(held["name"], part["columns"], rows, [3, 4, 4], 3))


def _gaps(writer: Writer, part: Part) -> None:
    for group in part["groups"]:
        writer.heading(group["title"], 2)
        rows = [[*_gap(gap), gap["gain"]] for gap in group["gaps"]]
        writer.table(
            Grid(group["title"], part["columns"], rows, [5, 3, 8, 2, 2], 3), sentence(group["explained"])
        )


def _gap(gap: Part) -> list[Said | str]:
    said = Said(gap["next_step"] or "", gap["evidence"])
    return [Said(gap["name"], gap["function"]), gap["said"], said, gap["effort"]]


def _sides(writer: Writer, part: Part) -> None:
    chart = part["chart"]
    if chart:
        writer.picture(chart, 0.75)
        writer.table(Grid(part["title"], chart["columns"], chart["rows"], [5, 2, 2, 2], 1), chart["caption"])
    if part["shown"]:
        writer.heading(part["shown_title"], 2)
        _lines(writer, part["shown"])
    for saying in part["sayings"]:
        writer.say(saying["said"], "Quote")
        writer.say(saying["by"], "Remark")
    for study in part["studies"]:
        writer.heading(study["title"], 2)
        rows = [
            [Said(figure["text"], figure["by"] or None), figure["percent"], figure["interval"] or "–"]
            for figure in study["figures"]
        ]
        writer.table(Grid(study["title"], study["columns"], rows, [8, 2, 2], 1), study["said"])
        writer.say(study["source"], "Remark")


def _spread(writer: Writer, part: Part) -> None:
    chart = part["chart"]
    if chart:
        writer.picture(chart)
        writer.table(Grid(part["title"], chart["columns"], chart["rows"], [4, 5, 4], 3), chart["caption"])


def _shown(writer: Writer, part: Part) -> None:
    _lines(writer, part["lines"])


def _basis(writer: Writer, part: Part) -> None:
    writer.heading(part["answers_title"], 2)
    _lines(writer, [*part["lines"], *part["digests"]])
    if part["notices"]:
        writer.heading(part["notices_title"], 2)
        for notice in part["notices"]:
            writer.say(notice, "List Bullet")
    writer.heading(part["method_title"], 2)
    for line in part["method"]:
        writer.say(line, "List Number")


def _lines(writer: Writer, lines: list[list[str]]) -> None:
    """Names with what is to be said of them."""
    for name, said in lines:
        writer.say(said, strong=f"{name}:")


def _summary(writer: Writer, data: Part) -> None:
    writer.heading(data["functions_title"], 1)
    writer.picture(data["chart"])
    _progress(writer, data["trend"], 1)
    if data["gaps_title"]:
        writer.heading(data["gaps_title"], 1)
        rows = [_gap(gap) for gap in data["gaps"]]
        writer.table(Grid(data["gaps_title"], data["columns"], rows, [5, 3, 8, 2], 3))
    else:
        writer.say(data["gaps_none"], "Remark")
    writer.heading(data["basis_title"], 1)
    _lines(writer, data["basis"])


PARTS: Mapping[str, Callable[[Writer, Part], None]] = {
    "functions": _functions,
    "lenses": _lenses,
    "holds": _holds,
    "gaps": _gaps,
    "sides": _sides,
    "spread": _spread,
    "shown": _shown,
    "next": write_next,
    "moved": write_moved,
    "sure": _shown,
    "basis": _basis,
}


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _own(document: Document, data: Part, moment: datetime) -> None:
    """The properties of the document, which say nothing of the machine that wrote it."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(FOREIGN)]:
            del relations[name]
    own = document.core_properties
    own.title = _joined(data["company"], data["kind"])[:MOST_PROPERTY]
    own.subject = data["headline"][:MOST_PROPERTY]
    own.author = own.last_modified_by = data["publisher"][:MOST_PROPERTY]
    own.language, own.comments, own.revision = data["language"], "", 1
    own.created = own.modified = moment.replace(tzinfo=None)


def _saved(document: Document, moment: datetime) -> bytes:
    """The bytes of the document, the same for the same: a zip holds the time of each of its files."""
    written, stable = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as packed, ZipFile(stable, "w") as repacked:
        for entry in packed.infolist():
            same = ZipInfo(entry.filename, moment.timetuple()[:6])
            repacked.writestr(same, packed.read(entry), ZIP_DEFLATED)
    return stable.getvalue()
