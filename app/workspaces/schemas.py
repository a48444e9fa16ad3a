"""The shapes of workspaces and keys in the API."""

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
from app.workspaces.models import Scope
from scoring.characters import one_line
from scoring.questionnaire.entries import LANGUAGE

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(one_line)
]
Name = Line
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]

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


class Body(BaseModel):
    """What a request may say: these keys and no others, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class WorkspaceDocument(BaseModel):
    """A workspace."""

    id: str
    name: str
    language: Language = Field(description="Language of what it makes, where nothing else says one.")
    respondents_see_profile: bool = Field(description="Whether respondents are shown the profile at the end.")
    is_test: bool = Field(description="Whether it is for trying things out; its keys are `sbm_test_…`.")
    created_at: datetime


class WorkspaceChange(Body):
    """What to change; what is not named stays."""

    name: Name = ""
    language: Language = "en"
    respondents_see_profile: bool = False


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
