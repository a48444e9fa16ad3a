"""The shapes of workspaces and keys in the API."""

import re
from base64 import b64decode
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from app.core.dates import is_written_out
from app.core.origins import LOCAL, canonical_origin
from app.workspaces.models import Scope
from scoring.characters import one_line
from scoring.questionnaire.entries import LANGUAGE

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(one_line)
]
Name = Line
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]

MOST_ORIGINS = 20

Moment = Annotated[
    AwareDatetime,
    Field(strict=False, lt=datetime(2200, 1, 1, tzinfo=UTC)),
    BeforeValidator(is_written_out),
]


def _is_a_day(value: object) -> object:
    """A day has no time; one of another century is a slip of the pen."""
    if isinstance(value, str) and len(value) != len("2026-11-23"):
        raise PydanticCustomError("malformed", "write a day without a time, such as 2026-11-23")
    return is_written_out(value)


Day = Annotated[
    date, Field(strict=False, ge=date(2000, 1, 1), lt=date(2200, 1, 1)), BeforeValidator(_is_a_day)
]


def _is_an_origin(value: str) -> str:
    """As browsers write it: what is written otherwise would never be theirs."""
    origin = canonical_origin(value)
    if origin is None:
        detail = f"write scheme, host and port alone, as in https://portal.example; http for {LOCAL} only"
        raise PydanticCustomError("not_an_origin", detail)
    return origin


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]

Origin = Annotated[str, StringConstraints(max_length=300), AfterValidator(_is_an_origin)]


def _is_base64(value: str) -> str:
    """What is encoded, without the beginning of a data URL."""
    content = _DATA_URL.sub("", value)
    try:
        b64decode(content, validate=True)
    except ValueError:
        detail = "write a PNG or an SVG in base64, alone or as data:image/png;base64,…"
        raise PydanticCustomError("not_base64", detail) from None
    return content


_DATA_URL = re.compile(r"^data:image/(png|svg\+xml);base64,")
Logo = Annotated[str, StringConstraints(min_length=1, max_length=220_000), AfterValidator(_is_base64)]


class Body(BaseModel):
    """What a request may say: these keys and no others, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class WorkspaceDocument(BaseModel):
    """A workspace."""

    id: str
    name: str
    language: Language = Field(description="Language of what it makes, where nothing else says one.")
    respondents_see_profile: bool = Field(description="Whether respondents are shown the profile at the end.")
    allowed_origins: list[str] = Field(
        description="Origins whose pages may embed questionnaire and profile, and ask `/v1/respondent`."
    )
    accent: str | None = Field(description="Colour of its reports; `null` is ours.")
    logo: str | None = Field(description="On its reports: a PNG as a data URL.")
    is_test: bool = Field(description="Whether it is for trying things out; its keys are `sbm_test_…`.")
    created_at: datetime


class WorkspaceChange(Body):
    """What to change; what is not named stays."""

    name: Name = ""
    language: Language = "en"
    respondents_see_profile: bool = False
    allowed_origins: Annotated[list[Origin], Field(max_length=MOST_ORIGINS)] = Field(default_factory=list)
    accent: Colour | None = Field(None, description="Colour of its reports: 4.5 : 1 upon white.")
    logo: Logo | None = Field(
        None, description="On its reports: PNG or SVG in base64, also as a data URL; 150 KiB."
    )


class KeyDocument(BaseModel):
    """A key, without what opens it."""

    id: str
    name: str
    hint: str = Field(description="How the key begins.")
    scopes: list[Scope] = Field(description="`admin` includes `write`, which includes `read`.")
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")
    revoked_at: datetime | None


class NewKeyDocument(KeyDocument):
    """A key that has just been made."""

    secret: str | None = Field(
        description="The key itself, shown this once; `null` where the same request is repeated."
    )


class KeyInput(Body):
    """A key to make."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=3)]
    expires_at: Moment | None = Field(None, description="From when on it opens nothing; never when absent.")
