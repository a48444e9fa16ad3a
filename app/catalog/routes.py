"""`/v1/questionnaires`: what the service asks and by which rules it scores."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.catalog.answers_schema import answers_schema
from app.catalog.presentation import present_questionnaire, summarize
from app.catalog.schemas import QuestionnaireDocument, QuestionnaireSummary
from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from app.core.errors import InvalidError, MissingError
from app.core.web import paging
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.problems import problems
from app.core.web.resources import resources_of
from app.core.web.responses import NOT_MODIFIED, IfNoneMatch, json_in, unless_current
from app.core.words import DEFAULT, SPOKEN
from app.workspaces.auth import KEY_UNLESS_PUBLIC, OpenRoute
from scoring import Fault

router = APIRouter(
    prefix="/v1/questionnaires",
    tags=["Questionnaires"],
    route_class=OpenRoute,
)


def catalog(request: Request) -> Catalog:
    """The service's catalog."""
    return resources_of(request).catalog


async def edition(
    request: Request,
    questionnaire: Annotated[
        str, Path(max_length=64, description="Id of the questionnaire.", examples=["social-business"])
    ],
    version: Annotated[str, Path(max_length=64, description="Version.", examples=["2.0.0"])],
) -> Edition:
    """The edition that a path names; 404 where there is none."""
    try:
        return catalog(request).find(questionnaire, version)
    except UnknownQuestionnaireError as error:
        raise MissingError("questionnaire", detail=error.reason) from None


EditionInPath = Annotated[Edition, Depends(edition)]
LISTING = "questionnaires"


@router.get(
    "",
    operation_id="list_questionnaires",
    response_model=paging.Page[QuestionnaireSummary],
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": PARAMETERS},
    responses=problems(401, 403, 404, 422, 429, 503),
)
async def list_questionnaires(
    request: Request, limit: paging.Limit = 50, cursor: paging.Cursor = None
) -> Response:
    """All questionnaires and their versions, in the order of id and version.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before.
    """
    language = preferred(request)
    editions = catalog(request).editions
    after = paging.decode(LISTING, cursor)
    keys = list(editions)
    if after and after not in keys:
        raise MissingError("place in this list any more", ("query", "cursor"))
    start = keys.index(after) + 1 if after else 0
    editions_shown = list(editions.values())[start : start + limit + 1]
    content = paging.page(LISTING, editions_shown, limit, lambda e: summarize(e, language), lambda e: e.key)
    return json_in(language if language in SPOKEN else DEFAULT, content)


@router.get(
    "/{questionnaire}/versions/{version}",
    operation_id="get_questionnaire",
    response_model=QuestionnaireDocument,
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": PARAMETERS},
    responses=problems(401, 403, 404, 422, 429, 503) | NOT_MODIFIED,
)
async def get_questionnaire(
    request: Request, edition: EditionInPath, if_none_match: IfNoneMatch = None
) -> Response:
    """A questionnaire with all defaults written out and its words in one language.

    Structure, rules, weights and points are the same in every language; the entity tag differs.
    """
    content = present_questionnaire(edition, preferred(request))
    return unless_current(json_in(content["language"], content), if_none_match)


@router.get(
    "/{questionnaire}/versions/{version}/answers-schema",
    operation_id="get_answers_schema",
    response_model=dict[str, Any],
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": PARAMETERS},
    responses=problems(401, 403, 404, 422, 429, 503) | NOT_MODIFIED,
)
async def get_answers_schema(
    request: Request,
    edition: EditionInPath,
    tier: Annotated[str, Query(max_length=64, description="`full`, or a shorter form.")] = "full",
    if_none_match: IfNoneMatch = None,
) -> Response:
    """A JSON Schema (2020-12) of the `answers` to one tier, for checking before sending."""
    form = edition.questionnaire.forms.get(tier)
    if form is None:
        tiers = ", ".join(edition.questionnaire.forms)
        fault = Fault(("query", "tier"), "unknown_tier", f"the tiers are {tiers}")
        raise InvalidError([fault])
    language = preferred(request)
    content = answers_schema(edition, form, language)
    return unless_current(json_in(edition.words(language).language, content), if_none_match)
