"""What pydantic finds is said in words of our own."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from scoring.errors import faults_of
from scoring.wording import pattern


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    text: Annotated[str, Field(min_length=2, max_length=3)] = "ab"
    code: Annotated[str, Field(pattern=pattern("^[A-Z]$", "write one capital letter"))] = "A"
    other: Annotated[str, Field(pattern="^[0-9]$")] = "1"
    whole: Annotated[int, Field(ge=1, le=3)] = 1
    between: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] = 0.5
    some: Annotated[list[str], Field(min_length=1, max_length=2)] = []
    one: Literal["a", "b", "c"] = "a"
    day: Annotated[date, Field(strict=False)] = date(2026, 11, 23)
    moment: Annotated[AwareDatetime, Field(strict=False)] = datetime(2026, 11, 23)  # noqa: DTZ001 -- unused
    flag: bool = True
    table: dict[str, int] = {}


@pytest.mark.parametrize(
    ("given", "code", "detail"),
    [
        ({"text": 1}, "wrong_type", "this has to be a text"),
        ({"text": "a"}, "too_short", "too few characters, at least 2"),
        ({"text": "abcd"}, "too_long", "too many characters, at most 3"),
        ({"code": "secret"}, "malformed", "write one capital letter"),
        ({"other": "secret"}, "malformed", "this cannot be read"),
        ({"whole": "1"}, "wrong_type", "this has to be a whole number, without quotes"),
        ({"whole": 0}, "too_small", "at least 1"),
        ({"whole": 4}, "too_large", "at most 3"),
        ({"between": 0.0}, "too_small", "more than 0.0"),
        ({"between": 1.0}, "too_large", "less than 1.0"),
        ({"between": float("nan")}, "malformed", "write a number that is finite"),
        ({"some": []}, "too_short", "too few entries, at least 1"),
        ({"some": ["a"] * 3}, "too_long", "too many entries, at most 2"),
        ({"one": "secret"}, "unknown_value", "the values are a, b, c"),
        ({"day": "2026-02-30"}, "malformed", "write a day that there is, such as 2026-11-23"),
        (
            {"moment": "2026-11-23T08:30:00"},
            "malformed",
            "write a moment with its zone, such as 2026-11-23T08:30:00Z",
        ),
        ({"flag": "yes"}, "wrong_type", "this has to be true or false"),
        ({"table": []}, "wrong_type", "this has to be an object"),
        ({"secret": 1}, "unknown_field", "there is no such field"),
    ],
)
def test_every_kind_of_fault_has_a_code_and_a_sentence(given: dict[str, Any], code: str, detail: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Strict.model_validate(given)
    (fault,) = faults_of(refused.value)
    assert (fault.place, fault.code, fault.detail) == ((next(iter(given)),), code, detail)


def test_a_kind_without_words_is_malformed_and_says_nothing_of_pydantic() -> None:
    class Seconds(BaseModel):
        seconds: Annotated[int, Field(multiple_of=5)]

    with pytest.raises(ValidationError) as refused:
        Seconds.model_validate({"seconds": 7})
    (fault,) = faults_of(refused.value)
    assert (fault.code, fault.detail) == ("malformed", "this cannot be read")
