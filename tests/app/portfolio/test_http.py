"""`POST /v1/score-portfolio`: a table in, the same rows out, each scored or with its error."""

from io import BytesIO
from typing import Any

import orjson
import polars as pl
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.settings import Settings
from app.main import create_app
from app.portfolio.columns import prepare
from app.portfolio.streams import score_csv, score_ndjson
from tests.kit.portfolio import SOCIAL_BUSINESS, flat, profile_of
from tests.kit.reading import faults_of, problem_of

PATH = "/v1/score-portfolio"
CSV, NDJSON, PARQUET = "text/csv", "application/x-ndjson", "application/vnd.apache.parquet"
EVERYTHING = "?columns=*"


@pytest.fixture(scope="module")
def client() -> TestClient:
    limits = {"max_portfolio_bytes": 2_000_000, "max_portfolio_cells": 2200}
    public = {"public_scoring": True, "requests_per_minute_per_address": 0}
    return TestClient(create_app(Settings.model_validate(limits | public)))


def send(client: TestClient, kind: str, body: bytes, query: str = EVERYTHING) -> Response:
    return client.post(PATH + query, content=body, headers={"Content-Type": kind})


def body_of(table: pl.DataFrame, kind: str) -> bytes:
    written = BytesIO()
    if kind == PARQUET:
        table.write_parquet(written)
        return written.getvalue()
    return (table.write_csv() if kind == CSV else table.write_ndjson()).encode()


def rows_of(response: Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    kind = response.headers["content-type"].partition(";")[0]
    if kind == NDJSON:
        return [orjson.loads(line) for line in response.content.splitlines()]
    frame = pl.read_csv(response.content) if kind == CSV else pl.read_parquet(BytesIO(response.content))
    return frame.to_dicts()


@pytest.mark.parametrize("kind", [CSV, NDJSON, PARQUET])
def test_every_row_is_what_post_score_gives(client: TestClient, table: pl.DataFrame, kind: str) -> None:
    found = rows_of(send(client, kind, body_of(table, kind)))
    assert len(found) == table.height
    for row, profile in zip(table.to_dicts(), found, strict=True):
        passed = {"company": row["company"], "sector": row["sector"], "error": None}
        assert profile == passed | flat(profile_of(row))


@pytest.mark.parametrize("kind", [CSV, NDJSON, PARQUET])
def test_a_row_with_an_error_stays_in_its_place(client: TestClient, kind: str) -> None:
    table = pl.DataFrame({"company": ["a", "b", "c"], "sales.presence": ["3", "9", "4"]})
    found = rows_of(send(client, kind, body_of(table, kind), "?columns=sales.presence.score.value"))
    assert [row["company"] for row in found] == ["a", "b", "c"]
    assert [row["sales.presence.score.value"] for row in found] == [3.0, None, 4.0]
    assert [bool(row["error"]) for row in found] == [False, True, False]
    assert found[1]["error"].startswith("sales.presence: the answers are 0, 1, 2")


def test_lines_that_are_no_answers_are_told_one_by_one(client: TestClient) -> None:
    lines = [
        b'{"sales.presence": "3", "tags": ["x", 1]}',
        b"not json",
        b"[]",
        b'{"sales.presence": {"option": "3"}}',
        b'{"sales.presence": "3", "sales.presence": "4"}',
        b'{"a": ' + 40 * b"[" + 40 * b"]" + b"}",
        b"",
        b'{"sales.presence": 4}',
    ]
    found = rows_of(send(client, NDJSON, b"\n".join(lines), "?columns=sales.presence.score.value"))
    assert [row["sales.presence.score.value"] for row in found] == [3.0, None, None, None, None, None, 4.0]
    assert found[0]["tags"] == ["x", 1]
    assert [bool(row["error"]) for row in found] == [False, True, True, True, True, True, False]


@pytest.mark.parametrize("kind", [CSV, NDJSON])
@pytest.mark.parametrize("rows", [1, 7, 39])
def test_a_table_in_many_parts_comes_out_like_one(table: pl.DataFrame, kind: str, rows: int) -> None:
    body = body_of(table.with_columns(note=pl.lit('a "quoted"\nline')), kind)
    batch = prepare(SOCIAL_BUSINESS, "full", {}, ["verdict"])
    score = score_csv if kind == CSV else score_ndjson
    parts = list(score(batch, BytesIO(body), rows))
    (whole,) = score(batch, BytesIO(body))
    assert len(parts) > 1
    assert b"".join(parts) == whole
    assert b"quoted" in whole


def test_rows_of_csv_that_cannot_be_read_stay_in_their_places(client: TestClient) -> None:
    body = b'company,sales.presence\r\na,3\r\nb,3,4,5\r\n\r\nc\r\n"d ""x""",19" \r\ne,4'
    found = rows_of(send(client, CSV, body, "?columns=sales.presence.score.value"))
    assert [row["sales.presence.score.value"] for row in found] == [3.0, None, None, None, 4.0]
    assert [row["error"] and row["error"].split(":")[0] for row in found] == [
        None,
        "the row has 4 cells and the header 2",
        "the row has 1 cells and the header 2",
        "sales.presence",
        None,
    ]


def test_a_quote_that_is_never_closed_is_told_quickly(client: TestClient) -> None:
    body = b'company,sales.presence\n"a,3\n' + b"b,4\n" * 40_000
    first, *_ = rows_of(send(client, CSV, body, "?columns=verdict"))
    assert first["error"].startswith("the row cannot be read: field larger than field limit")


def test_a_column_of_any_name_is_passed_through(client: TestClient) -> None:
    body = b"row number,sales.presence\nseven,3\n"
    (row,) = rows_of(send(client, CSV, body, "?columns=verdict"))
    assert row["row number"] == "seven"


def test_a_mark_of_the_byte_order_is_no_part_of_the_header(client: TestClient) -> None:
    (row,) = rows_of(send(client, CSV, b"\xef\xbb\xbfsales.presence\n3\n", "?columns=verdict"))
    assert row["verdict"] == "undetermined"


def test_a_header_alone_gives_a_header(client: TestClient) -> None:
    assert (
        send(client, CSV, b"company,sales.presence\n", "?columns=verdict").text == "company,verdict,error\n"
    )


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("?questionnaire=none", {("/query/questionnaire", "unknown_questionnaire")}),
        ("?version=9", {("/query/version", "unknown_version")}),
        (
            "?tier=tiny&columns=mood&target=finance=3",
            {("/query/columns/0", "unknown_column")},
        ),
        ("?target=sales=9", {("/query/targets/sales", "level_out_of_range")}),
        ("?target=sales", {("/query/targets/0", "malformed_target")}),
        ("?limit=3", {("/query/limit", "unknown_parameter")}),
    ],
)
def test_faulty_parameters_are_named(client: TestClient, query: str, faults: set[tuple[str, str]]) -> None:
    if "tiny" in query:
        faults = {("/query/tier", "unknown_tier"), ("/query/targets/finance", "unknown_target")}
    assert faults_of(send(client, CSV, b"sales.presence\n3\n", query)) == faults


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (CSV, b"", "malformed_table"),
        (CSV, b"\x1f\x8b\x08\x00\xff", "malformed_table"),
        (CSV, b"sales.presence,sales.presence\n3,4\n", "malformed_table"),
        (CSV, b"company\nRossi\n", "no_answers"),
        (CSV, b"sep=;", "malformed_table"),
        (CSV, b'sep="\r\nsales.presence\n3\n', "no_answers"),
        (CSV, b"sep=\r\nsales.presence\r\n3\r\n", "no_answers"),
        (CSV, b"sales.presence,error\n3,x\n", "repeated_column"),
        (CSV, b"sales.presence,verdict\n3,x\n", "repeated_column"),
        (NDJSON, b'{"sales.presence": "3", "error": 1}', "repeated_column"),
        (PARQUET, b"", "malformed_table"),
        (PARQUET, b"PAR1 is no table PAR1", "malformed_table"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    client: TestClient, kind: str, body: bytes, code: str
) -> None:
    assert {fault for _, fault in faults_of(send(client, kind, body))} == {code}


@pytest.mark.parametrize("kind", [CSV, NDJSON, PARQUET])
def test_a_table_with_very_many_columns_is_refused(client: TestClient, kind: str) -> None:
    names = [f"c{n}" for n in range(2000)]
    wide = b'{"sales.presence": "3"}\n' + b"".join(b'{"%s": 1}\n' % name.encode() for name in names)
    table = pl.DataFrame({name: ["3"] for name in ("sales.presence", *names)})
    body = wide if kind == NDJSON else body_of(table, kind)
    assert faults_of(send(client, kind, body)) == {("", "malformed_table")}


def test_no_line_gives_no_line(client: TestClient) -> None:
    assert rows_of(send(client, NDJSON, b"")) == []


def test_a_portfolio_that_is_too_long_is_refused(client: TestClient) -> None:
    problem = problem_of(send(client, CSV, b"sales.presence\n" + b"3\n" * 1_000_000), 413)
    assert problem.code == "body_too_large"


def test_a_small_file_with_too_many_cells_is_refused(client: TestClient) -> None:
    table = pl.DataFrame({"sales.presence": ["3"] * 2201})
    assert faults_of(send(client, PARQUET, body_of(table, PARQUET))) == {("", "too_many_cells")}


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_another_media_type_is_refused(client: TestClient, kind: str) -> None:
    assert problem_of(send(client, kind, b"{}"), 415).code == "unsupported_media_type"


@pytest.mark.parametrize("column", [[["3"]], [b"\xff"], [True], [{"option": "3"}]], ids=str)
def test_columns_that_hold_no_texts_are_refused(client: TestClient, column: list[Any]) -> None:
    body = body_of(pl.DataFrame({"sales.presence": column}), PARQUET)
    assert faults_of(send(client, PARQUET, body)) == {("/sales.presence", "no_answers")}


@pytest.mark.parametrize("kind", [NDJSON, PARQUET])
def test_whole_numbers_are_levels_however_they_are_written(client: TestClient, kind: str) -> None:
    table = pl.DataFrame({"sales.presence": [3.0, None, 2.5]})
    found = rows_of(send(client, kind, body_of(table, kind), "?columns=sales.presence.score.value"))
    assert [row["sales.presence.score.value"] for row in found] == [3.0, None, None]
    assert [bool(row["error"]) for row in found] == [False, False, True]


@pytest.mark.parametrize("kind", [CSV, NDJSON, PARQUET])
def test_a_question_that_the_tier_does_not_ask_is_refused(client: TestClient, kind: str) -> None:
    table = pl.DataFrame({"sales.presence": ["3"], "sales.enablement": ["3"]})
    response = send(client, kind, body_of(table, kind), "?tier=express")
    assert faults_of(response) == {("/sales.enablement", "unasked_column")}


@pytest.mark.parametrize("kind", [CSV, NDJSON, PARQUET])
def test_a_mistyped_column_is_refused_and_what_a_tier_leaves_out_ignored(
    client: TestClient, kind: str
) -> None:
    table = pl.DataFrame({"company": ["a"], "sales.presense": ["3"], "sales.crm_link": ["1"]})
    assert faults_of(send(client, kind, body_of(table, kind))) == {("/sales.presense", "unknown_question")}
    table = pl.DataFrame({"company": ["a"], "sales.presence": ["3"], "sales.enablement": ["3"]})
    query = "?tier=express&ignore=unasked&ignore=unmatched&columns=mood&columns=sales.presence.score.value"
    assert rows_of(send(client, kind, body_of(table, kind), query)) == [
        {"company": "a", "sales.presence.score.value": 3.0, "error": None}
    ]
    faults = faults_of(send(client, kind, body_of(table, kind), "?ignore=unasked&ignore=all"))
    assert faults == {("/query/ignore/1", "unknown_value")}


def test_csv_comes_back_with_the_delimiter_it_came_with(client: TestClient) -> None:
    body = "sep=;\nsocietà;sales.presence\nCaffè;3,0\n".encode("cp1252")
    how = {"Content-Type": f"{CSV}; charset=windows-1252"}
    found = client.post(f"{PATH}?columns=sales.presence.score.value", content=body, headers=how)
    assert found.text == "società;sales.presence.score.value;error\nCaffè;3.0;\n"
    assert faults_of(send(client, CSV, body)) == {("", "malformed_table")}
    odd = client.post(PATH, content=body, headers={"Content-Type": f"{CSV}; charset=zip"})
    assert faults_of(odd) == {("", "malformed_table")}


@pytest.mark.parametrize("kind", [CSV, NDJSON, PARQUET])
def test_what_stands_in_a_cell_is_never_repeated(client: TestClient, kind: str) -> None:
    table = pl.DataFrame({"sales.presence": ["secret"], "sales.crm_link": ["1"]})
    response = send(client, kind, body_of(table, kind), "?columns=verdict")
    (row,) = rows_of(response)
    assert row["error"].startswith("sales.presence: the answers are")
    assert b"secret" not in response.content
