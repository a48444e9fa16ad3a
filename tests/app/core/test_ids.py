"""`app.core.ids`: in order, whatever the clock does, and behind what is stored."""

from itertools import pairwise
from time import time_ns

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlmodel import col

from app.companies.models import Company
from app.core.database import Database
from app.core.ids import Maker
from app.core.settings import Settings
from app.main import create_app
from tests.kit.portal import Portal

SECOND = 1_000_000_000
HOUR = 3600 * SECOND


def test_ids_stay_in_order_when_the_clock_stands_still_or_steps_back() -> None:
    moments = iter([5 * HOUR, 5 * HOUR, 4 * HOUR, 4 * HOUR + SECOND, 5 * HOUR - 1, 6 * HOUR])
    maker = Maker(lambda: next(moments))
    made = [maker.new("cmp") for _ in range(6)]
    assert all(one < other for one, other in pairwise(made))


def test_a_new_process_goes_on_behind_what_it_is_told() -> None:
    before = Maker(lambda: 5 * HOUR).new("cmp")
    after = Maker(lambda: 4 * HOUR)
    after.go_on_behind(before)
    after.go_on_behind(Maker(lambda: 3 * HOUR).new("zzz"))
    assert after.new("cmp") > before


@pytest.mark.parametrize("identifier", ["", "cmp_", "cmp_1", "cmp_" + 25 * "u", "cmp_" + 26 * "z"])
def test_ids_that_were_made_elsewhere_do_not_count(identifier: str) -> None:
    maker = Maker(lambda: HOUR)
    maker.go_on_behind(identifier)
    assert maker.new("cmp") < Maker(lambda: HOUR + SECOND).new("cmp")


def test_a_service_whose_clock_was_set_back_lists_what_is_new_last(migrated_url: str) -> None:
    """What was made while the clock went wrong is from tomorrow."""
    tomorrow = Maker(lambda: time_ns() + 24 * HOUR).new("cmp")
    settings = Settings(database_url=migrated_url)
    with TestClient(create_app(settings)) as client:
        portal = Portal.new(client)
        portal.company()
    database = Database(migrated_url)
    with database.writing() as session:
        session.connection().execute(update(Company).values({col(Company.id): tomorrow}))
    database.close()
    with TestClient(create_app(settings)) as client:
        portal = Portal(client, portal.token, portal.workspace)
        new = portal.company()
        assert [company["id"] for company in portal.get("/companies")["data"]] == [tomorrow, new]
