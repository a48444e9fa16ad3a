"""How every operation of the OpenAPI document is usually asked: by whom, about what, and with what success.

A table for tests that walk the document: `OPERATIONS` by operation id. Each request is about things of its
own where it takes them away, so that all of them succeed once in any order.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple
from urllib.parse import quote

from fastapi.testclient import TestClient
from httpx2 import Response

from app.plans.example import PLAN
from app.workspaces.models import Scope
from tests.kit.answer_sheets import AS_XLSX, blank_sheet
from tests.kit.openapi import ROUTES
from tests.kit.portal import new_secret
from tests.kit.reading import Json, example
from tests.kit.things import (
    PORTAL_ORIGIN,
    RENEWED,
    Things,
    answers_input,
    assessment_input,
    company_input,
    consensus_input,
    make_things,
    participant_input,
)

Opener = Literal["key", "invitation", "nothing"]


class Usual(NamedTuple):
    """What a request says; the token only where it is that of an invitation."""

    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    body: object = None
    headers: Mapping[str, str] = {}
    invitation: str = ""


class Operation(NamedTuple):
    """What opens an operation, with which scope of a key, the status of its success, how it is asked."""

    opened_by: Opener
    scope: Scope | None
    status: int
    usual: Callable[[Things], Usual]

    def token(self, things: Things) -> str | None:
        """The least that opens it."""
        if self.scope is not None:
            return things.keys[self.scope]
        return self.usual(things).invitation or None


def reading(usual: Callable[[Things], Usual]) -> Operation:
    return Operation("key", "read", 200, usual)


def writing(status: int, usual: Callable[[Things], Usual]) -> Operation:
    return Operation("key", "write", status, usual)


def administering(status: int, usual: Callable[[Things], Usual]) -> Operation:
    return Operation("key", "admin", status, usual)


def responding(status: int, usual: Callable[[Things], Usual]) -> Operation:
    return Operation("invitation", None, status, usual)


ANY_REVISION = {"If-Match": "*"}
# Of answers, and where something whole is replaced; one of these is the current one.
ONE_OF_MANY = {"If-Match": ", ".join(f'"{revision}"' for revision in range(2000))}
EDITION = {"questionnaire": "social-business", "version": "2.0.0"}
IN_ITALIAN = {"lang": "it"}
SHEET = blank_sheet(("marketing", "sales"))  # what those of `participant_input` are asked


def page(things: Things, listing: str, **query: str) -> dict[str, str]:
    """The second page of a list."""
    return {"limit": "1", "cursor": things.cursors[listing], **query}


def participant(things: Things, participant: str) -> dict[str, str]:
    return {"assessment": things.open, "participant": participant}


CHANGES: Json = {
    "answers": {"sales.crm_link": "4"},
    "targets": {"sales": 3},
    "weights": {"sales": 2},
    "level_rule": {"coverage_percent": 70, "max_shortfall": 1},
}

WISHES: Json = {
    name: PLAN[name] for name in ("goal", "costs", "ceilings", "capacity", "alternatives", "seconds")
}

OPERATIONS: dict[str, Operation] = {
    "score_answers": reading(lambda _: Usual(query=IN_ITALIAN | {"include": "trace"}, body=example())),
    "compare_answers": reading(
        lambda _: Usual(query=IN_ITALIAN, body={"before": example(), "after": example(tier="full")})
    ),
    "look_ahead": reading(lambda _: Usual(query=IN_ITALIAN, body=example())),
    "simulate_answers": reading(lambda _: Usual(query=IN_ITALIAN, body=example(changes=CHANGES))),
    "score_portfolio": reading(
        lambda t: Usual(
            query=EDITION | {"tier": "full", "target": "sales=3", "columns": "sales.score.*"},
            body=f"company,sales.presence\n{t.text},3\n".encode(),
            headers={"Content-Type": "text/csv"},
        )
    ),
    "plan_way_up": reading(lambda _: Usual(query=IN_ITALIAN, body=PLAN)),
    "list_questionnaires": reading(lambda _: Usual(query=IN_ITALIAN | {"limit": "1"})),
    "get_questionnaire": reading(lambda _: Usual(EDITION, IN_ITALIAN)),
    "get_answers_schema": reading(lambda _: Usual(EDITION, IN_ITALIAN | {"tier": "express"})),
    "create_company": writing(201, lambda t: Usual(body=company_input(t.text))),
    "list_companies": reading(lambda t: Usual(query=page(t, "list_companies"))),
    "get_company": reading(lambda t: Usual({"company": t.company})),
    "change_company": writing(
        200, lambda t: Usual({"company": t.company}, body={"reference": t.text}, headers=ANY_REVISION)
    ),
    "erase_company": writing(204, lambda t: Usual({"company": t.spare_company})),
    "create_assessment": writing(
        201,
        lambda t: Usual(
            query=IN_ITALIAN,
            body=assessment_input(t.company, t.text, 1, submit=True, incomplete=True),
        ),
    ),
    "list_assessments": reading(lambda t: Usual(query=page(t, "list_assessments", company=t.company))),
    "get_assessment": reading(lambda t: Usual({"assessment": t.open})),
    "change_assessment": writing(
        200,
        lambda t: Usual(
            {"assessment": t.draft}, body={"name": t.text, "tier": "express"}, headers=ANY_REVISION
        ),
    ),
    "erase_assessment": writing(204, lambda t: Usual({"assessment": t.spare_draft})),
    "set_targets": writing(
        200, lambda t: Usual({"assessment": t.open}, body={"sales": 3}, headers=ONE_OF_MANY)
    ),
    "set_consensus": writing(
        200,
        lambda t: Usual({"assessment": t.open}, body=consensus_input(t.text), headers=ONE_OF_MANY),
    ),
    "add_participant": writing(201, lambda t: Usual({"assessment": t.open}, body=participant_input(t.text))),
    "list_participants": reading(lambda t: Usual({"assessment": t.open}, page(t, "list_participants"))),
    "get_participant": reading(lambda t: Usual(participant(t, t.submitted))),
    "change_participant": writing(
        200, lambda t: Usual(participant(t, t.invited), body=participant_input(t.text))
    ),
    "remove_participant": writing(204, lambda t: Usual(participant(t, t.spare_participant))),
    "renew_invitation": writing(201, lambda t: Usual(participant(t, t.answering))),
    "revoke_invitation": writing(204, lambda t: Usual(participant(t, t.spare_invited))),
    "get_answers": reading(lambda t: Usual(participant(t, t.submitted))),
    "replace_answers": writing(
        200,
        lambda t: Usual(
            participant(t, t.answering), body={"answers": answers_input(t.text)}, headers=ONE_OF_MANY
        ),
    ),
    "change_answers": writing(
        200,
        lambda t: Usual(
            participant(t, t.answering),
            body={"answers": answers_input(t.text) | {"marketing.voices": None}, "self_rating": 7},
            headers=ONE_OF_MANY,
        ),
    ),
    "submit_answers": writing(
        201, lambda t: Usual(participant(t, t.spare_answering), IN_ITALIAN, {"incomplete": True})
    ),
    "reopen_answers": writing(200, lambda t: Usual(participant(t, t.spare_submitted))),
    "get_answers_sheet": reading(lambda t: Usual(participant(t, t.submitted), IN_ITALIAN)),
    "upload_answers_sheet": writing(
        200,
        lambda t: Usual(
            participant(t, t.answering),
            body=SHEET,
            headers=ONE_OF_MANY | AS_XLSX,
        ),
    ),
    "get_profile": reading(lambda t: Usual({"assessment": t.open}, IN_ITALIAN | {"include": "trace"})),
    "create_result": writing(201, lambda t: Usual({"assessment": t.open}, IN_ITALIAN, {"name": t.text})),
    "export_results": reading(lambda t: Usual(query={"company": t.company, "format": "csv"})),
    "list_results": reading(lambda t: Usual({"assessment": t.closed}, page(t, "list_results"))),
    "get_result": reading(lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN)),
    "verify_result": reading(lambda t: Usual({"assessment": t.closed, "number": "1"})),
    "compare_results": reading(
        lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN | {"with": f"{t.closed}/2"})
    ),
    "rescore_result": reading(
        lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN | {"version": "1.0.0"})
    ),
    "get_history": reading(lambda t: Usual({"company": t.company}, page(t, "get_history"))),
    "simulate_assessment": reading(lambda t: Usual({"assessment": t.open}, IN_ITALIAN, {"changes": CHANGES})),
    "simulate_result": reading(
        lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN, {"changes": CHANGES})
    ),
    "plan_assessment": reading(lambda t: Usual({"assessment": t.open}, IN_ITALIAN, WISHES)),
    "plan_result": reading(lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN, WISHES)),
    "get_outlook": reading(lambda t: Usual({"assessment": t.open}, IN_ITALIAN)),
    "get_result_outlook": reading(lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN)),
    "get_report": reading(lambda t: Usual({"assessment": t.closed}, IN_ITALIAN)),
    "get_result_report": reading(lambda t: Usual({"assessment": t.closed, "number": "1"}, IN_ITALIAN)),
    "get_chart": reading(
        lambda t: Usual({"assessment": t.closed, "chart": "gaps", "extension": "png"}, IN_ITALIAN)
    ),
    "get_result_chart": reading(
        lambda t: Usual(
            {"assessment": t.closed, "number": "1", "chart": "functions", "extension": "svg"}, IN_ITALIAN
        )
    ),
    "get_respondent": responding(200, lambda t: Usual(invitation=t.invitation)),
    "claim_invitation": responding(
        201, lambda t: Usual(body={"secret": new_secret()}, invitation=t.spare_unclaimed)
    ),
    "get_respondent_questionnaire": responding(
        200, lambda t: Usual(query=IN_ITALIAN, invitation=t.invitation)
    ),
    "change_respondent_answers": responding(
        200,
        lambda t: Usual(
            body={"answers": answers_input(t.text)}, headers=ONE_OF_MANY, invitation=t.invitation
        ),
    ),
    "submit_respondent_answers": responding(
        201, lambda t: Usual(body={"incomplete": True}, invitation=t.spare_invitation)
    ),
    "reopen_respondent_answers": responding(200, lambda t: Usual(invitation=t.spare_submitted_invitation)),
    "get_respondent_profile": responding(
        200, lambda t: Usual(query=IN_ITALIAN, invitation=t.submitted_invitation)
    ),
    "get_respondent_report": responding(
        200, lambda t: Usual(query=IN_ITALIAN, invitation=t.submitted_invitation)
    ),
    "get_respondent_answers_sheet": responding(
        200, lambda t: Usual(query=IN_ITALIAN, invitation=t.invitation)
    ),
    "upload_respondent_answers_sheet": responding(
        200,
        lambda t: Usual(body=SHEET, headers=ONE_OF_MANY | AS_XLSX, invitation=t.invitation),
    ),
    "create_embed_session": writing(
        201,
        lambda t: Usual(
            body={
                "view": "questionnaire",
                "participant": t.invited,
                "parent_origin": PORTAL_ORIGIN,
                "lang": "it",
                "theme": {"accent": "#7a2350", "font": "serif", "radius": 12, "mode": "light"},
            }
        ),
    ),
    "revoke_embed_session": writing(204, lambda t: Usual({"session": t.spare_session})),
    "exchange_embed_code": responding(201, lambda t: Usual(invitation=t.spare_code)),
    "get_workspace": reading(lambda _: Usual()),
    "change_workspace": administering(200, lambda t: Usual(body={"name": t.text})),
    "create_key": administering(
        201,
        lambda t: Usual(body={"name": t.text, "scopes": ["read"], "expires_at": "2099-01-01T00:00:00Z"}),
    ),
    "list_keys": administering(200, lambda t: Usual(query=page(t, "list_keys"))),
    "revoke_key": administering(204, lambda t: Usual({"key": t.spare_key})),
    "get_liveness": Operation("nothing", None, 200, lambda _: Usual()),
    "get_readiness": Operation("nothing", None, 200, lambda _: Usual()),
    "get_metrics": Operation(
        "nothing", None, 200, lambda _: Usual(headers={"Authorization": "Bearer metrics"})
    ),
}


def send(
    client: TestClient, name: str, usual: Usual, token: str | None, query_string: str | None = None
) -> Response:
    """Any request to an operation, with any token; `query_string` instead of its query."""
    route = ROUTES[name]
    path = route.path.format(**{part: quote(value, safe="") for part, value in usual.path.items()})
    bearer = {} if token is None else {"Authorization": f"Bearer {token}"}
    headers = [(key.encode(), value.encode()) for key, value in (bearer | dict(usual.headers)).items()]
    content = {"content": usual.body} if isinstance(usual.body, bytes) else {"json": usual.body}
    if query_string is None:
        query_string = "&".join(f"{key}={quote(value, safe='')}" for key, value in usual.query.items())
    return client.request(route.method, f"{path}?{query_string}", headers=headers, **content)


def send_usual(things: Things, name: str) -> Response:
    """The usual request about these things, with the least that opens the operation."""
    operation = OPERATIONS[name]
    return send(things.portal.client, name, operation.usual(things), operation.token(things))


class Stock:
    """Things to ask about, again and again: what a request has used up is made anew."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.things = make_things(client)

    def usual(self, name: str) -> Usual:
        return OPERATIONS[name].usual(self.things)

    def token(self, name: str) -> str | None:
        return OPERATIONS[name].token(self.things)

    def renew(self, name: str) -> None:
        """After a success."""
        if name in RENEWED:
            self.things = RENEWED[name](self.things)

    def send(self, name: str, usual: Usual, query_string: str | None = None) -> Response:
        response = send(self.client, name, usual, self.token(name), query_string)
        if response.is_success:
            self.renew(name)
        return response
