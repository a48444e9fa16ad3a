from pathlib import Path

import polars as pl
import pytest

from app.portfolio.columns import prepare
from app.portfolio.demo import write_demo
from tests.kit.portfolio import ROWS, SOCIAL_BUSINESS, nothing


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio in CSV."""
    file = tmp_path_factory.mktemp("portfolio") / "portfolio.csv"
    write_demo(prepare(SOCIAL_BUSINESS, "full", {}, []), file, ROWS, 7, nothing)
    return file


@pytest.fixture(scope="session")
def table(portfolio: Path) -> pl.DataFrame:
    """Its rows as texts; an empty cell is null."""
    return pl.read_csv(portfolio, infer_schema=False)
