"""Portfolios in files: each row as the single engine scores it, whole or not at all."""

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from app.portfolio.columns import prepare
from app.portfolio.demo import write_demo
from app.portfolio.files import (
    PortfolioError,
    answers_of_row,
    count_rows,
    rejected_file,
    score_file,
)
from app.portfolio.writers import sink
from scoring import AnswersRefusedError
from tests.kit.portfolio import ROWS, SOCIAL_BUSINESS, answers_of, flat, nothing, profile_of

TARGETS = {"sales": 5, "marketing.listening": 2}
SUFFIXES = [".parquet", ".csv", ".ndjson"]
READERS: dict[str, Any] = {".parquet": pl.read_parquet, ".csv": pl.read_csv, ".ndjson": pl.read_ndjson}


def score_all(portfolio: Path, profiles: Path, **how: Any) -> int:  # noqa: ANN401 -- tier, targets, patterns
    batch = prepare(
        SOCIAL_BUSINESS, how.get("tier", "full"), how.get("targets", {}), how.get("columns", ["*"])
    )
    scored = score_file(
        batch,
        portfolio,
        profiles,
        on_error=how.get("on_error", "stop"),
        progress=how.get("progress", nothing),
        rows=how.get("rows", ROWS),
    )
    return scored.rejected


def written(folder: Path, rows: list[dict[str, Any]], suffix: str = ".csv") -> Path:
    file = folder / f"portfolio{suffix}"
    frame = pl.DataFrame(rows, infer_schema_length=None)
    sink(frame.lazy(), suffix, file)
    return file


@pytest.mark.parametrize("target", SUFFIXES)
@pytest.mark.parametrize("source", SUFFIXES)
def test_every_row_is_what_the_single_engine_makes_of_it(
    table: pl.DataFrame, tmp_path: Path, source: str, target: str
) -> None:
    portfolio = written(tmp_path, table.to_dicts(), source)
    profiles = tmp_path / f"profiles{target}"
    assert score_all(portfolio, profiles, targets=TARGETS) == 0
    found = READERS[target](profiles).to_dicts()
    assert len(found) == ROWS
    for row, profile in zip(table.to_dicts(), found, strict=True):
        passed = {"company": row["company"], "sector": row["sector"]}
        assert profile == passed | flat(profile_of(row, targets=TARGETS))


def test_a_tier_has_its_own_columns(table: pl.DataFrame, tmp_path: Path) -> None:
    asked = SOCIAL_BUSINESS.forms["express"].question_of
    portfolio = written(
        tmp_path, table.select(n for n in table.columns if "." not in n or n in asked).to_dicts()
    )
    score_all(portfolio, tmp_path / "profiles.csv", tier="express")
    for row, profile in zip(
        pl.read_csv(portfolio, infer_schema=False).to_dicts(),
        pl.read_csv(tmp_path / "profiles.csv").to_dicts(),
        strict=True,
    ):
        assert profile.items() >= flat(profile_of(row, tier="express")).items()


def test_progress_counts_every_row_once(portfolio: Path, tmp_path: Path) -> None:
    told: list[int] = []
    score_all(portfolio, tmp_path / "profiles.parquet", progress=told.append)
    assert sum(told) == ROWS == count_rows(portfolio)


def test_without_patterns_capabilities_stay_out_and_patterns_choose(portfolio: Path, tmp_path: Path) -> None:
    profiles = tmp_path / "profiles.csv"
    score_all(portfolio, profiles, columns=[])
    usual = pl.read_csv(profiles).columns
    assert "sales.score.value" in usual
    assert not [name for name in usual if name.startswith("sales.presence.")]
    score_all(portfolio, profiles, columns=["verdict", "sales.*.gap.value"])
    chosen = pl.read_csv(profiles).columns
    assert chosen == [
        "company",
        "sector",
        "verdict",
        *(f"{c.id}.gap.value" for c in SOCIAL_BUSINESS.forms["full"].function_of["sales"].capabilities),
    ]


GOOD = {"company": "Rossi", "sales.presence": "3", "sales.crm_link": "dont_know", "notes": "=1+1"}
BAD = {"company": "Bianchi", "sales.presence": "9", "sales.crm_link": "perhaps", "notes": ""}


def test_the_first_faulty_cell_stops_and_nothing_is_written(tmp_path: Path) -> None:
    profiles = tmp_path / "profiles.csv"
    profiles.write_text("of before", "utf-8")
    portfolio = written(tmp_path, [GOOD, BAD])
    with pytest.raises(
        PortfolioError, match=r"row 3, column sales\.\w+: '(9|perhaps)' is no answer; the answers are 0, 1"
    ):
        score_all(portfolio, profiles)
    assert profiles.read_text("utf-8") == "of before"
    assert {file.name for file in tmp_path.iterdir()} == {"profiles.csv", "portfolio.csv"}


def test_rows_with_faulty_cells_can_be_left_out_and_are_listed(tmp_path: Path) -> None:
    portfolio = written(tmp_path, [GOOD, BAD, GOOD | {"company": "Verdi"}])
    profiles = tmp_path / "profiles.csv"
    assert score_all(portfolio, profiles, on_error="skip", columns=["verdict"]) == 1
    kept = pl.read_csv(profiles)
    assert kept["company"].to_list() == ["Rossi", "Verdi"]
    assert kept["notes"].to_list() == ["=1+1", "=1+1"]
    with rejected_file(profiles).open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    assert [(cell["row"], cell["column"]) for cell in listed] == [
        ("3", "sales.crm_link"),
        ("3", "sales.presence"),
    ]
    assert [cell["found"] for cell in listed] == ["'perhaps'", "'9'"]
    assert listed[1]["cause"].startswith("the answers are 0, 1, 2, 3, 4, 5, dont_know")
    assert {file.name for file in tmp_path.iterdir()} == {
        portfolio.name,
        profiles.name,
        rejected_file(profiles).name,
    }


def test_without_faulty_cells_no_list_stays(tmp_path: Path) -> None:
    profiles = tmp_path / "profiles.csv"
    rejected_file(profiles).write_text("of before", "utf-8")
    assert score_all(written(tmp_path, [GOOD]), profiles, on_error="skip") == 0
    assert not rejected_file(profiles).exists()


@pytest.mark.parametrize("suffix", [".parquet", ".ndjson"])
def test_numbers_are_levels_too(tmp_path: Path, suffix: str) -> None:
    portfolio = written(
        tmp_path, [{"sales.presence": 3, "year": 2026}, {"sales.presence": None, "year": 2027}], suffix
    )
    profiles = tmp_path / "profiles.parquet"
    score_all(portfolio, profiles, columns=["sales.presence.score.value"])
    assert pl.read_parquet(profiles).to_dicts() == [
        {"year": 2026, "sales.presence.score.value": 3.0},
        {"year": 2027, "sales.presence.score.value": None},
    ]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"company": "Rossi"}, "no_answers"),
        ({"sales.presence": "3", "verdict": "met"}, "repeated_column"),
    ],
)
def test_columns_that_cannot_be_read_are_refused(tmp_path: Path, columns: dict[str, str], code: str) -> None:
    with pytest.raises(AnswersRefusedError) as refused:
        score_all(written(tmp_path, [columns]), tmp_path / "profiles.csv")
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_question_that_the_tier_does_not_ask_is_refused(tmp_path: Path) -> None:
    portfolio = written(tmp_path, [{"sales.presence": "3", "sales.enablement": "3"}])
    with pytest.raises(AnswersRefusedError) as refused:
        score_all(portfolio, tmp_path / "profiles.csv", tier="express")
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/sales.enablement", "unasked_column")
    ]


@pytest.mark.parametrize("name", ["portfolio.ods", "portfolio"])
def test_an_unknown_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PortfolioError, match=r"a portfolio ends in \.parquet"):
        score_all(tmp_path / name, tmp_path / "profiles.csv")
    with pytest.raises(PortfolioError, match=r"a portfolio ends in \.parquet"):
        score_all(written(tmp_path, [GOOD]), tmp_path / name)


def test_a_file_that_is_not_what_it_is_called_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.parquet"
    file.write_text("company,sales.presence\n", "utf-8")
    with pytest.raises(PortfolioError, match=r"portfolio\.parquet: parquet"):
        score_all(file, tmp_path / "profiles.csv")
    assert [entry.name for entry in tmp_path.iterdir()] == ["portfolio.parquet"]


def test_a_row_is_explained_by_its_answers(portfolio: Path, table: pl.DataFrame) -> None:
    batch = prepare(SOCIAL_BUSINESS, "full", {}, [])
    for number in (2, 17, ROWS + 1):
        assert answers_of_row(batch, portfolio, number) == answers_of(table.row(number - 2, named=True))
    with pytest.raises(PortfolioError, match="no row 42"):
        answers_of_row(batch, portfolio, ROWS + 2)
    with pytest.raises(PortfolioError, match="no row 1, and row 1 is the header"):
        answers_of_row(batch, portfolio, 1)


def test_the_same_seed_makes_the_same_portfolio(tmp_path: Path) -> None:
    batch = prepare(SOCIAL_BUSINESS, "express", {}, [])
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for file, seed in zip(files, (1, 1, 2), strict=True):
        write_demo(batch, file, 25, seed, nothing)
    first, second, other = (file.read_bytes() for file in files)
    assert first == second != other
    cells = set(pl.read_csv(files[0], infer_schema=False)["sales.presence"])
    assert len(cells) > 3


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("rows", [1, 7, ROWS])
def test_a_file_in_many_parts_comes_out_like_one(
    table: pl.DataFrame, tmp_path: Path, suffix: str, rows: int
) -> None:
    faulty = table.with_columns(
        pl.when(pl.int_range(pl.len()) == 30)
        .then(pl.lit("9"))
        .otherwise("sales.presence")
        .alias("sales.presence")
    )
    portfolio = written(tmp_path, faulty.to_dicts(), suffix)
    one, many = tmp_path / "one.csv", tmp_path / "many.csv"
    assert score_all(portfolio, one, on_error="skip") == 1
    assert score_all(portfolio, many, on_error="skip", rows=rows) == 1
    assert many.read_bytes() == one.read_bytes()
    assert rejected_file(many).read_bytes() == rejected_file(one).read_bytes()
    number = 32 if suffix == ".csv" else 31
    assert f"\n{number},sales.presence," in rejected_file(one).read_text("utf-8")


def test_a_column_that_comes_late_is_read_too(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.ndjson"
    lines = ['{"sales.crm_link": "1"}'] * 20 + ['{"sales.presence": "5", "note": [1, "x"]}', '{"note": 7}']
    portfolio.write_text("\n".join(lines), "utf-8")
    score_all(portfolio, tmp_path / "profiles.csv", columns=["sales.presence.score.value"])
    found = pl.read_csv(tmp_path / "profiles.csv").to_dicts()
    assert found[20] == {"note": '[1,"x"]', "sales.presence.score.value": 5.0}
    assert found[21]["note"] == "7"


def test_rows_that_cannot_be_read_are_left_out_and_listed(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.ndjson"
    portfolio.write_text('{"sales.presence": "5"}\nno json\n{"sales.presence": "4"}\n', "utf-8")
    profiles = tmp_path / "profiles.csv"
    assert score_all(portfolio, profiles, on_error="skip", columns=["verdict"]) == 1
    assert rejected_file(profiles).read_text("utf-8").splitlines()[1].startswith('2,,,"the line is no JSON')
    with pytest.raises(PortfolioError, match="row 2: the line is no JSON"):
        score_all(portfolio, profiles, columns=["verdict"])


@pytest.mark.parametrize("name", ["portfolio.csv", "profiles.csv.rejected.csv"])
def test_the_result_never_stands_in_the_portfolios_place(tmp_path: Path, name: str) -> None:
    portfolio = written(tmp_path, [GOOD]).rename(tmp_path / name)
    to = tmp_path / ("portfolio.csv" if name == "portfolio.csv" else "profiles.csv")
    with pytest.raises(PortfolioError, match="in its place"):
        score_all(portfolio, to, on_error="skip")
    assert "Rossi" in portfolio.read_text("utf-8")


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises((KeyboardInterrupt, pl.exceptions.PolarsError)):
        score_all(written(tmp_path, [GOOD]), tmp_path / "profiles.csv", progress=interrupt)
    assert [file.name for file in tmp_path.iterdir()] == ["portfolio.csv"]


def test_a_portfolio_without_rows_gives_a_table_without_rows(tmp_path: Path) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_text("company,sales.presence\n", "utf-8")
    score_all(portfolio, tmp_path / "profiles.csv", columns=["verdict"])
    assert (tmp_path / "profiles.csv").read_text("utf-8") == "company,verdict\n"


def test_an_ending_in_capitals_is_an_ending(table: pl.DataFrame, tmp_path: Path) -> None:
    portfolio = written(tmp_path, table.to_dicts()).rename(tmp_path / "P.CSV")
    score_all(portfolio, tmp_path / "Q.CSV", columns=["verdict"])
    assert len(pl.read_csv(tmp_path / "Q.CSV")) == ROWS
