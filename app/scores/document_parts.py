"""What many parts of a profile are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Level = Annotated[int, Field(ge=0)]


class Document(BaseModel):
    """A part of the profile: these keys and no others."""

    model_config = ConfigDict(extra="forbid")


class ScoreDocument(Document):
    """A mean in levels: of what is known, and the least and greatest that are still possible."""

    value: float | None = Field(description="Mean of the known parts; `null` when nothing is known.")
    low: float = Field(description="With every unknown answer at its least.")
    high: float = Field(description="With every unknown answer at its greatest.")


class LevelDocument(Document):
    """A level with unknown answers at their least and at their greatest."""

    low: Level
    high: Level


class CountsDocument(Document):
    """Questions by state; the four add up to `total`."""

    answered: int
    dont_know: int
    unanswered: int
    not_applicable: int
    total: int
