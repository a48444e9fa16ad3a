"""The shapes of embed sessions in the API."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from app.core.ids import PATTERN
from app.workspaces.schemas import Body, Colour, Origin

View = Literal["questionnaire", "profile"]
Font = Literal["sans", "serif", "system"]
Mode = Literal["light", "dark", "auto"]
Id = Annotated[str, StringConstraints(pattern=PATTERN)]


class ThemeInput(Body):
    """How it looks: six tokens, from which every other colour follows with enough contrast."""

    accent: Colour | None = Field(None, description="Buttons and links: 4.5 : 1 upon the surface.")
    surface: Colour | None = Field(None, description="What everything stands on.")
    text: Colour | None = Field(None, description="4.5 : 1 upon the surface.")
    font: Font = Field("sans", description="`system` is that of the reader's device.")
    radius: Annotated[int, Field(ge=0, le=16)] = Field(4, description="Of corners, in px.")
    mode: Mode = Field(
        "auto", description="`auto` is as the reader's device; the colours are the light ones."
    )


class EmbedSessionInput(Body):
    """What a page of a portal is to show, to whom."""

    view: View
    participant: Id | None = Field(None, description="Who answers; with `view` `questionnaire`.")
    assessment: Id | None = Field(None, description="Whose profile is shown; with `view` `profile`.")
    parent_origin: Origin = Field(description="Origin of the portal's page, one of `allowed_origins`.")
    lang: Literal["en", "it"] | None = Field(None, description="Else that of participant or assessment.")
    theme: ThemeInput | None = None


class EmbedSessionDocument(BaseModel):
    """A session that has just been made."""

    id: str
    view: View
    assessment: str
    participant: str | None
    parent_origin: str
    lang: str
    session: str | None = Field(
        description="For the attribute `session` of the element: workspace and a code that opens it once "
        "within 120 s; `null` where the same request is repeated."
    )
    frame: str = Field(description="Address of the page that the element frames.")
    expires_at: datetime = Field(description="When the session ends, whatever was renewed.")


class EmbedTokenDocument(BaseModel):
    """The token of a session, and how its page looks."""

    token: str = Field(description="`sbm_embed_…`, for `/v1/respondent`; a page keeps it in memory only.")
    expires_at: datetime = Field(description="Exchange it for a new one before then.")
    session_expires_at: datetime
    view: View
    assessment: str
    participant: str | None
    parent_origin: str
    lang: str
    theme: dict[str, object] | None = Field(description="Font, radius, mode, and the colours by scheme.")
