"""The profile is typed as it is described: the shapes of the library and the schemas of the service agree."""

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import (
    Annotated,
    Any,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import pytest
from pydantic import BaseModel

from app.scores.comparison_schemas import ComparisonDocument as ComparisonSchema
from app.scores.outlook_schemas import OutlookDocument as OutlookSchema
from app.scores.schemas import ProfileDocument as Schema
from scoring.comparison.shapes import ComparisonDocument as ComparisonShape
from scoring.outlook.document import OutlookDocument as OutlookShape
from scoring.presentation.shapes import ProfileDocument as Shape


def differences(schema: Any, shape: Any, place: str = "") -> Iterator[str]:  # noqa: ANN401 -- any type hint
    """Where a schema and a shape disagree, walked down from both."""
    (schema, may_be_null), (shape, shape_may_be_null) = without_null(bare(schema)), without_null(bare(shape))
    if may_be_null != shape_may_be_null:
        yield f"{place} is null in one"
    if is_model(schema) and is_typeddict(shape):
        yield from keys_that_differ(schema, shape, place)
    elif is_model(schema):
        if schema.model_config.get("extra") != "allow" or not is_mapping(shape):
            yield f"{place} has no shape"
    elif is_listed(schema) and is_listed(shape):
        yield from differences(item_of(schema), item_of(shape), f"{place}[]")
    elif is_mapping(schema) and is_mapping(shape):
        yield from differences(get_args(schema)[1], get_args(shape)[1], f"{place}{{}}")
    elif schema != shape:
        yield f"{place} is {schema} and {shape}"


def keys_that_differ(schema: type[BaseModel], shape: Any, place: str) -> Iterator[str]:  # noqa: ANN401 -- a TypedDict
    named = {field.alias or key: key for key, field in schema.model_fields.items()}
    fields = {key: schema.model_fields[own] for key, own in named.items()}
    hints = get_type_hints(shape)
    yield from (f"{place}.{key} is in one only" for key in sorted(fields.keys() ^ hints.keys()))
    hints_of_schema = get_type_hints(schema)
    for key in [key for key in fields if key in hints]:
        is_required = fields[key].is_required()
        if is_required != (key in shape.__required_keys__):
            yield f"{place}.{key} is required in one"
        own = hints_of_schema[named[key]] if is_required else without_null(hints_of_schema[named[key]])[0]
        yield from differences(own, hints[key], f"{place}.{key}")


def bare(hint: object) -> object:
    return bare(get_args(hint)[0]) if get_origin(hint) in {Annotated, NotRequired} else hint


def without_null(hint: object) -> tuple[Any, bool]:
    """The hint without `None`, several as a set; and whether it had it."""
    if get_origin(hint) not in {Union, types.UnionType}:
        return hint, False
    parts = [bare(part) for part in get_args(hint)]
    rest = [part for part in parts if part is not type(None)]
    return (rest[0] if len(rest) == 1 else frozenset(rest)), len(rest) < len(parts)


def is_model(hint: object) -> bool:
    return isinstance(hint, type) and get_origin(hint) is None and issubclass(hint, BaseModel)


def is_listed(hint: object) -> bool:
    return get_origin(hint) in {list, tuple, Sequence}


def item_of(hint: object) -> object:
    (item,) = {*get_args(hint)} - {Ellipsis}
    return item


def is_mapping(hint: object) -> bool:
    return get_origin(hint) in {dict, Mapping}


@pytest.mark.parametrize(
    ("schema", "shape"),
    [(Schema, Shape), (ComparisonSchema, ComparisonShape), (OutlookSchema, OutlookShape)],
)
def test_shapes_and_schemas_agree(schema: object, shape: object) -> None:
    assert [*differences(schema, shape)] == []


class Part(BaseModel):
    """A part of what the walk is tried on."""

    level: int | None
    names: list[str]


class Whole(BaseModel):
    """What the walk is tried on."""

    parts: list[Part]
    by_name: dict[str, Part]
    note: str | None = None


class SamePart(TypedDict):
    """As `Part`."""

    level: int | None
    names: Sequence[str]


class MorePart(SamePart):
    """A key more."""

    more: str


class FewerPart(TypedDict):
    """A key fewer."""

    level: int | None


class NeverNull(TypedDict):
    """A key that is never null."""

    level: int
    names: Sequence[str]


class OtherType(TypedDict):
    """A key of another type."""

    level: int | None
    names: Sequence[int]


class PerhapsPart(TypedDict):
    """A key that may be left out."""

    level: int | None
    names: NotRequired[Sequence[str]]


def whole_of(part: type) -> object:
    fields = {"parts": Sequence[part], "by_name": Mapping[str, part], "note": NotRequired[str]}  # type: ignore[valid-type]
    return TypedDict("Other", fields)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (SamePart, []),
        (MorePart, [".more is in one only"]),
        (FewerPart, [".names is in one only"]),
        (NeverNull, [".level is null in one"]),
        (OtherType, [".names[] is <class 'str'> and <class 'int'>"]),
        (PerhapsPart, [".names is required in one"]),
    ],
)
def test_the_walk_notices(part: type, said: list[str]) -> None:
    places = [f".{where}{one}" for where in ("parts[]", "by_name{}") for one in said]
    assert [*differences(Whole, whole_of(part))] == places
