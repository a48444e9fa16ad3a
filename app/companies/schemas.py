"""The shapes of companies in the API."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.workspaces.schemas import Body, Line, Name
from scoring.wording import pattern

Country = Annotated[
    str, Field(pattern=pattern(r"^[A-Z]{2}$", "write two capital letters of ISO 3166, such as IT"))
]
Employees = Annotated[int, Field(ge=0, le=10_000_000)]

_DESCRIPTIONS = {
    "industry": "In your own words.",
    "country": "Two letters, as in ISO 3166-1.",
    "reference": "What your own systems call it; no other company of the workspace has the same.",
}


class CompanyInput(Body):
    """A company."""

    name: Name
    industry: Line | None = Field(None, description=_DESCRIPTIONS["industry"])
    country: Country | None = Field(None, description=_DESCRIPTIONS["country"])
    employees: Employees | None = None
    reference: Line | None = Field(None, description=_DESCRIPTIONS["reference"])


class CompanyChange(Body):
    """What to change; what is not named stays, and `null` removes what can be removed."""

    name: Name = ""
    industry: Line | None = Field(None, description=_DESCRIPTIONS["industry"])
    country: Country | None = Field(None, description=_DESCRIPTIONS["country"])
    employees: Employees | None = None
    reference: Line | None = Field(None, description=_DESCRIPTIONS["reference"])


class CompanyDocument(BaseModel):
    """A company."""

    id: str
    name: str
    industry: str | None
    country: str | None
    employees: int | None
    reference: str | None
    revision: int = Field(description="Counts changes; its entity tag.")
    created_at: datetime
    changed_at: datetime = Field(description="When it was changed last, in UTC.")
