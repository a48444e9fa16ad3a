"""A frame of answers in, a frame of profiles out."""

import pandas as pd
import polars as pl
import pytest

from scoring import AnswersRefusedError
from scoring.table import few_columns, score_frame
from tests.kit.portfolio import SOCIAL_BUSINESS, Row, flat, profile_of

ROWS: list[Row] = [
    {"company": "Rossi", "sales.presence": "3", "sales.crm_link": "dont_know", "marketing.dialogue": "5"},
    {"company": "Bianchi", "sales.presence": "1", "sales.crm_link": None, "marketing.dialogue": "2"},
]


def test_every_row_is_what_the_single_engine_makes_of_it() -> None:
    found = score_frame(pl.DataFrame(ROWS), SOCIAL_BUSINESS, columns=["*"])
    expected = [{"company": row["company"]} | flat(profile_of(row)) for row in ROWS]
    assert found.to_dicts() == expected


def test_pandas_gives_pandas_with_its_index_and_what_was_passed_as_it_was() -> None:
    frame = pd.DataFrame(ROWS, index=["r", "b"]).assign(since=pd.Timestamp("2026-01-31"))
    found = score_frame(frame, SOCIAL_BUSINESS, columns=["verdict", "sales.score.value"])
    assert list(found.index) == ["r", "b"]
    assert list(found.columns) == ["company", "since", "verdict", "sales.score.value"]
    assert found["since"].equals(frame["since"])
    profiles = [profile_of(row) for row in ROWS]
    assert found["verdict"].tolist() == [profile["verdict"]["status"] for profile in profiles]
    assert found["sales.score.value"].tolist() == [flat(p)["sales.score.value"] for p in profiles]


def test_whole_numbers_with_gaps_are_levels() -> None:
    answers = {"sales.presence": [3, None], "sales.crm_link": [1.0, 2.0]}
    columns = ["sales.presence.score.value"]
    assert score_frame(pl.DataFrame(answers), SOCIAL_BUSINESS, columns=columns).to_series().to_list() == [
        3.0,
        None,
    ]
    found = score_frame(pd.DataFrame(answers), SOCIAL_BUSINESS, columns=columns)
    assert found["sales.presence.score.value"].iloc[0] == 3.0
    assert pd.isna(found["sales.presence.score.value"].iloc[1])


def test_few_columns_unless_asked() -> None:
    found = score_frame(pl.DataFrame(ROWS), SOCIAL_BUSINESS)
    functions = SOCIAL_BUSINESS.forms["full"].function_of
    assert len(found.columns) == 1 + 1 + 8 + 3 * len(functions)
    assert few_columns(SOCIAL_BUSINESS)[0] == found.columns[1] == "verdict"


@pytest.mark.parametrize("library", [pl.DataFrame, pd.DataFrame])
def test_cells_that_are_no_answers_are_refused_or_told_beside(library: type) -> None:
    frame = library({"company": ["a", "b"], "sales.presence": ["3", "9"]})
    with pytest.raises(AnswersRefusedError) as refused:
        score_frame(frame, SOCIAL_BUSINESS)
    assert [fault.pointer for fault in refused.value.faults] == ["/1/sales.presence"]
    found = score_frame(frame, SOCIAL_BUSINESS, on_error="column")
    first, second = found["error"].to_list()
    assert not isinstance(first, str)
    assert second.startswith("sales.presence: the answers are")


@pytest.mark.parametrize("library", [pl.DataFrame, pd.DataFrame])
def test_a_mistyped_column_is_refused(library: type) -> None:
    with pytest.raises(AnswersRefusedError, match=r"the nearest is sales\.presence"):
        score_frame(library({"sales.presense": ["3"], "sales.crm_link": ["1"]}), SOCIAL_BUSINESS)
