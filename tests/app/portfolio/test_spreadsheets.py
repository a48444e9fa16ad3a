"""Tables as spreadsheets write and read them: encodings, delimiters, workbooks, cells as people type them."""

import stat
from collections.abc import Sequence
from os import umask
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from app.portfolio import workbooks
from app.portfolio.columns import prepare
from app.portfolio.files import PortfolioError, Scored, rejected_file, score_file
from app.portfolio.writers import PLAIN, Layout
from scoring import AnswersRefusedError
from tests.kit.portfolio import ROWS, SOCIAL_BUSINESS, flat, nothing, profile_of

LINES = [["società", "sales.presence", "sales.crm_link"], ["Caffè €", "3", "dont_know"]]
VALUE = "sales.presence.score.value"


def score(portfolio: Path, profiles: Path, **how: Any) -> Scored:  # noqa: ANN401 -- of the function
    batch = prepare(
        SOCIAL_BUSINESS, how.pop("tier", "full"), {}, how.pop("columns", [VALUE]), how.pop("ignore", ())
    )
    given: dict[str, Any] = {"on_error": "stop", "progress": nothing, "layout": PLAIN} | how
    return score_file(batch, portfolio, profiles, **given)


def text(delimiter: str = ",", before: str = "") -> str:
    return before + "".join(delimiter.join(line) + "\r\n" for line in LINES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (text().encode(), None),
        (text().encode("utf-8-sig"), None),
        (text(";").encode("utf-8-sig"), "UTF-8, cells between semicolons"),
        (text(";", "sep=;\r\n").encode("cp1252"), "Windows-1252, cells between semicolons"),
        (text("\t").encode("utf-16"), "UTF-16, cells between tabs"),
        (text("\t").encode("utf-16-le"), "UTF-16-LE, cells between tabs"),
        (text("|").encode(), "UTF-8, cells between bars"),
    ],
    ids=["plain", "mark", "semicolons", "sep", "unicode text", "no mark", "bars"],
)
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_csv_of_spreadsheets_is_recognised_and_said(
    tmp_path: Path, content: bytes, said: str | None, suffix: str
) -> None:
    portfolio = tmp_path / f"portfolio{suffix}"
    portfolio.write_bytes(content)
    scored = score(portfolio, tmp_path / "profiles.parquet")
    assert scored.said == said
    assert scored.header.passed == ["società"]
    assert pl.read_parquet(tmp_path / "profiles.parquet").to_dicts() == [{"società": "Caffè €", VALUE: 3.0}]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_bytes(text().encode("mac-roman"))
    score(portfolio, tmp_path / "profiles.parquet", encoding="macintosh")
    assert pl.read_parquet(tmp_path / "profiles.parquet")["società"].to_list() == ["Caffè €"]
    for encoding, message in (("UTF-8", "the text is not UTF-8"), ("zip", "the encodings are utf-8")):
        with pytest.raises(PortfolioError, match=message):
            score(portfolio, tmp_path / "profiles.parquet", encoding=encoding)


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.parquet", "a.ndjson"):
        (tmp_path / name).touch()
        with pytest.raises(PortfolioError, match="the file is empty"):
            score(tmp_path / name, tmp_path / "profiles.csv")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3,0", 3.0),
        (" 3 ", 3.0),
        ("3.00", 3.0),
        ("DONT_KNOW", None),
        ("I don’t know", ...),
        ("n/a", ...),
        ("Don't know", None),
        ("3.000", ...),
        ("2,5", ...),
        ("Not applicable:Out of scope", None),
    ],
)
def test_cells_that_can_mean_one_answer_only_are_understood(tmp_path: Path, cell: str, value: object) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_text(f'sales.presence,sales.crm_link\n"{cell}",1\n', "utf-8")
    if value is ...:
        with pytest.raises(PortfolioError) as refused:
            score(portfolio, tmp_path / "profiles.csv")
        assert f"row 2, column sales.presence: {cell!r} is no answer" in str(refused.value)
        return
    score(portfolio, tmp_path / "profiles.parquet", columns=[VALUE, "sales.counts.unanswered"])
    (row,) = pl.read_parquet(tmp_path / "profiles.parquet").to_dicts()
    assert row[VALUE] == value
    asked = len(SOCIAL_BUSINESS.forms["full"].function_of["sales"].question_ids)
    assert row["sales.counts.unanswered"] == asked - 2


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_text('note,sales.presence\n"two\nlines",3\n\nx,9\n', "utf-8")
    score(portfolio, tmp_path / "profiles.csv", on_error="skip")
    assert "\n4,sales.presence,'9'," in rejected_file(tmp_path / "profiles.csv").read_text("utf-8")


def test_a_line_of_ndjson_is_left_out_once_with_its_column(tmp_path: Path) -> None:
    portfolio, profiles = tmp_path / "portfolio.ndjson", tmp_path / "profiles.csv"
    portfolio.write_text('{"sales.presence": "3"}\n\n{"sales.presence": {"option": "3"}}\n', "utf-8")
    assert score(portfolio, profiles, on_error="skip").rejected == 1
    header, line = rejected_file(profiles).read_text("utf-8").splitlines()
    assert header == "row,column,found,cause"
    assert line.startswith("3,sales.presence,")


def workbook(file: Path, rows: Sequence[Sequence[object]]) -> Path:
    with Workbook(file) as book:
        sheet = book.add_worksheet("Companies")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file


def test_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["company", "year", "sales.presence"],
        ["Rossi", 2026, 3],
        [],
        ["Bianchi", 2025, "9"],
    ]
    portfolio = workbook(tmp_path / "portfolio.xlsx", rows)
    with pytest.raises(PortfolioError, match=r"row 4, column sales\.presence: '9' is no answer"):
        score(portfolio, tmp_path / "profiles.parquet")
    score(portfolio, tmp_path / "profiles.parquet", on_error="skip")
    assert pl.read_parquet(tmp_path / "profiles.parquet").to_dicts() == [
        {"company": "Rossi", "year": 2026, VALUE: 3.0}
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[]], "there is no header"),
        ([["sales.presence", "sales.presence"], [1, 2]], "two columns have the same name"),
        ([["sales.presence", ""], [1, 2]], "column 2 has no name"),
    ],
    ids=["nothing", "twice", "no name"],
)
def test_sheets_that_are_no_tables_are_refused(tmp_path: Path, rows: list[list[Any]], message: str) -> None:
    with pytest.raises(PortfolioError, match=message):
        score(workbook(tmp_path / "portfolio.xlsx", rows), tmp_path / "profiles.csv")


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.xlsx"
    portfolio.write_bytes(text().encode())
    with pytest.raises(PortfolioError, match="no workbook"):
        score(portfolio, tmp_path / "profiles.csv")


def test_a_workbook_that_unpacks_to_very_much_is_refused_unread(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.xlsx"
    with ZipFile(portfolio, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    with pytest.raises(PortfolioError, match="would unpack to 20,000,000 bytes"):
        score(portfolio, tmp_path / "profiles.csv")


def test_a_workbook_is_written_with_numbers_and_inert_texts(table: pl.DataFrame, tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.csv"
    texts = ["=1+1", "http://127.0.0.1/", "@x", "007"]
    table.with_columns(note=pl.Series(texts * (ROWS // 4))).write_csv(portfolio)
    score(portfolio, tmp_path / "profiles.xlsx", columns=["*"])
    header, *rows = CalamineWorkbook.from_path(tmp_path / "profiles.xlsx").get_sheet_by_index(0).to_python()
    assert len(rows) == ROWS
    for number, (row, company) in enumerate(zip(rows, table.to_dicts(), strict=True)):
        found = {name: None if cell == "" else cell for name, cell in zip(header, row, strict=True)}
        passed = {"company": company["company"], "sector": company["sector"], "note": texts[number % 4]}
        assert found == passed | flat(profile_of(company))
    with ZipFile(tmp_path / "profiles.xlsx") as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet


def test_more_rows_than_a_sheet_holds_are_refused(
    portfolio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", ROWS)
    with pytest.raises(PortfolioError, match="a sheet holds at most 39 rows"):
        score(portfolio, tmp_path / "profiles.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_csv_for_a_spreadsheet_of_italy(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_text("società,sales.presence,research.idea_loop\n=1+1,3,2\nRossi & figli,4,1\n", "utf-8")
    score(portfolio, tmp_path / "profiles.csv", layout=Layout(None, ","))
    assert (tmp_path / "profiles.csv").read_bytes().decode("utf-8") == (
        f"\ufeffsocietà;{VALUE}\n'=1+1;3,0\nRossi & figli;4,0\n"
    )
    score(portfolio, tmp_path / "profiles.tsv")
    assert (tmp_path / "profiles.tsv").read_text("utf-8").splitlines()[1] == "=1+1\t3.0"


@pytest.mark.parametrize("name", ["profiles.csv", "profiles.parquet", "profiles.xlsx"])
def test_files_have_the_rights_that_the_umask_leaves(portfolio: Path, tmp_path: Path, name: str) -> None:
    before = umask(0o027)
    try:
        score(portfolio, tmp_path / name)
    finally:
        umask(before)
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o640


@pytest.mark.parametrize("column", ["sales.presense", "Sales.Presence", " sales.presence", "sales.x"])
@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".parquet"])
def test_a_column_that_looks_like_a_question_and_is_none_is_refused(
    tmp_path: Path, column: str, suffix: str
) -> None:
    frame = pl.DataFrame({column: ["3"], "sales.crm_link": ["1"], "salesman": ["x"]})
    portfolio = tmp_path / f"portfolio{suffix}"
    getattr(frame, f"write_{suffix[1:]}")(portfolio)
    with pytest.raises(AnswersRefusedError) as refused:
        score(portfolio, tmp_path / "profiles.csv")
    (fault,) = refused.value.faults
    assert (fault.place, fault.code) == ((column,), "unknown_question")
    nearest = "sales." if column == "sales.x" else "sales.presence"
    assert f"the nearest is {nearest}" in fault.detail


def test_what_a_tier_leaves_out_can_be_ignored(portfolio: Path, table: pl.DataFrame, tmp_path: Path) -> None:
    asked = SOCIAL_BUSINESS.forms["express"].question_of
    unasked = [name for name in table.columns if "." in name and name not in asked]
    with pytest.raises(AnswersRefusedError) as refused:
        score(portfolio, tmp_path / "profiles.parquet", tier="express")
    assert len(refused.value.faults) == len(unasked)
    how = {"tier": "express", "ignore": ["unasked"], "columns": ["*"]}
    assert score(portfolio, tmp_path / "profiles.parquet", **how).header.unasked == unasked
    for row, profile in zip(
        table.drop(unasked).to_dicts(), pl.read_parquet(tmp_path / "profiles.parquet").to_dicts(), strict=True
    ):
        passed = {"company": row["company"], "sector": row["sector"]}
        assert profile == passed | flat(profile_of(row, tier="express"))


def test_patterns_without_a_column_are_named_or_ignored(portfolio: Path, tmp_path: Path) -> None:
    columns = ["verdict", "*.lenses.none.*", "verdit"]
    with pytest.raises(AnswersRefusedError) as refused:
        score(portfolio, tmp_path / "profiles.csv", columns=columns)
    assert [(fault.place, fault.detail) for fault in refused.value.faults] == [
        (("columns", 1), "no column fits *.lenses.none.*"),
        (("columns", 2), "there is no column verdit; the nearest is verdict"),
    ]
    score(portfolio, tmp_path / "profiles.csv", columns=columns, ignore=["unmatched"])
    assert pl.read_csv(tmp_path / "profiles.csv").columns == ["company", "sector", "verdict"]
    with pytest.raises(AnswersRefusedError):
        score(portfolio, tmp_path / "profiles.csv", columns=columns[1:], ignore=["unmatched"])
