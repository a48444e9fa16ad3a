"""Names of schemas in the OpenAPI document, which generated clients bear: unique, and not of modules."""

import pytest

from app.core.settings import Settings
from app.main import create_app


@pytest.fixture(scope="module")
def schemas() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = create_app(Settings()).openapi()["components"]["schemas"]
    return found


def test_no_name_is_a_path_of_modules(schemas: dict[str, dict[str, object]]) -> None:
    assert [name for name in schemas if "__" in name or "." in name] == []


def test_titles_are_unique(schemas: dict[str, dict[str, object]]) -> None:
    titles = [schema.get("title", name) for name, schema in schemas.items()]
    assert sorted({*map(str, titles)}) == sorted(map(str, titles))
