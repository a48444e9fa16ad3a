"""What the landing page shows: in the demonstration its companies and what to try, else who runs this."""

from importlib.metadata import version
from typing import Any

from app.core.resources import Resources
from app.pages.demonstration import shown_companies
from app.scores.example import SHIPPED

Json = dict[str, Any]

TIER = "express"
TRY_IT = "/try"


def landing(resources: Resources, language: str, address: str) -> Json:
    """The values of the page; `address` is where this service is."""
    settings = resources.settings
    values: Json = {
        "demo": settings.demo,
        "operator": settings.operator,
        "version": version("social-business-maturity"),
        "address": address,
    }
    if settings.demo:
        questionnaire = resources.catalog.editions[SHIPPED].questionnaire
        values |= {
            "companies": shown_companies(resources, language),
            "try_it": TRY_IT,
            "express": len(questionnaire.forms[TIER].questions),
            "questionnaire": f"/v1/questionnaires/{questionnaire.id}/versions/{questionnaire.version}",
        }
    return values
