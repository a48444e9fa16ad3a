import csv
import json

import pytest

from scoring.batch import Batch
from tests.kit.commands import refused, sbm
from tests.kit.portfolio import SOCIAL_BUSINESS


@pytest.mark.parametrize("lang", ["en", "it"])
def test_every_column_has_a_label_of_its_own_and_a_unit(lang: str) -> None:
    listed = json.loads(sbm("columns", "--columns", "*", "--lang", lang, "--format", "json"))
    assert [one["column"] for one in listed] == list(Batch(SOCIAL_BUSINESS).types)
    assert all(one["label"] and one["unit"] for one in listed)
    assert len({one["label"] for one in listed}) == len(listed)


def test_columns_are_explained_by_pattern_and_in_csv() -> None:
    rows = list(csv.reader(sbm("columns", "--columns", "sales.score.*", "--format", "csv").splitlines()))
    assert rows[0] == ["column", "label", "unit"]
    assert rows[1] == ["sales.score.value", "Sales: score of what is known", "levels, 0 to 5"]
    assert len(rows) == 4
    assert "Vendite" in sbm("columns", "--columns", "sales.score.*", "--lang", "it")
    assert "--columns mood: there is no column mood" in refused("app", "columns", "--columns", "mood")
