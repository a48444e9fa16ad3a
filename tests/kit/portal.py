"""A consultancy's portal: a workspace of its own on the service, and what it asks of the API."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any, Self

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.clock import now
from app.core.database import Database
from app.workspaces import service
from app.workspaces.models import Scope
from app.workspaces.schemas import KeyInput
from tests.kit.reading import Json

OPTIONS = ("0", "1", "2", "3", "4", "5")


class Portal:
    """A workspace with a key; paths are below `/v1`."""

    def __init__(self, client: TestClient, token: str, workspace: str) -> None:
        """Ask with this key."""
        self.client = client
        self.token = token
        self.workspace = workspace

    @classmethod
    def new(cls, client: TestClient, name: str = "Rossi Consulting", scope: Scope = "admin") -> Self:
        """A new workspace, and a key to it."""
        database: Database = client.app.state.resources.database  # type: ignore[attr-defined] # it is a FastAPI
        with database.writing() as session:
            workspace = service.create_workspace(session, now(), name, "en")
            _, token = service.create_key(session, now(), workspace, KeyInput(name="Tests", scopes=[scope]))
            return cls(client, token, workspace.id)

    def with_token(self, token: str) -> Self:
        """The same asking with another token."""
        return type(self)(self.client, token, self.workspace)

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Any request, with JSON or with bytes."""
        all_headers = {"Authorization": f"Bearer {self.token}"} | dict(headers or {})
        content: Any = {"content": body} if isinstance(body, bytes) else {"json": body}
        response: Response = self.client.request(method, f"/v1{path}", headers=all_headers, **content)
        return response

    def get(self, path: str, status: int = 200) -> Any:  # noqa: ANN401 -- any JSON value
        return content(self.ask("GET", path), status)

    def post(self, path: str, body: object, status: int = 201, **headers: str) -> Any:  # noqa: ANN401 -- the same
        return content(self.ask("POST", path, body, dashed(headers)), status)

    def put(self, path: str, body: object, status: int = 200, **headers: str) -> Any:  # noqa: ANN401 -- the same
        return content(self.ask("PUT", path, body, dashed(headers)), status)

    def settle(self, assessment: str, part: str, body: object, status: int = 200) -> Any:  # noqa: ANN401 -- the same
        """Replace all targets of an assessment, or its consensus, as it is now."""
        tag = self.ask("GET", assessment).headers["ETag"]
        return self.put(f"{assessment}/{part}", body, status, If_Match=tag)

    def patch(self, path: str, body: object, status: int = 200, **headers: str) -> Any:  # noqa: ANN401 -- the same
        return content(self.ask("PATCH", path, body, dashed(headers)), status)

    def delete(self, path: str, status: int = 204) -> Any:  # noqa: ANN401 -- the same
        return content(self.ask("DELETE", path), status)

    def pages(self, path: str, limit: int) -> Iterator[list[Json]]:
        """All pages of a list."""
        cursor, sign = "", "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{sign}limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
            yield page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def company(self, name: str = "Officine Valle S.p.A.") -> str:
        """A new company."""
        return str(self.post("/companies", {"name": name})["id"])

    def assessment(self, *, company: str | None = None, **given: object) -> str:
        """A new assessment, open unless something else is said; of a new company where none is named."""
        body = {"company": company or self.company(), "status": "open"} | given
        return f"/assessments/{self.post('/assessments', body)['id']}"

    def participant(self, assessment: str, **given: object) -> str:
        """A new participant of an assessment, as a path."""
        added = self.post(f"{assessment}/participants", given)
        return f"{assessment}/participants/{added['id']}"

    def answer(self, participant: str, answers: Mapping[str, object], revision: int = 0) -> Json:
        """Change a participant's answers."""
        changed: Json = self.patch(f"{participant}/answers", {"answers": answers}, If_Match=f'"{revision}"')
        return changed

    def invited(self, assessment: str, **given: object) -> "Portal":
        """A new participant with the token that opens the answers."""
        return self.invitee(assessment, **given).claimed()

    def invitee(self, assessment: str, **given: object) -> "Portal":
        """A new participant with the token that stands in the link."""
        link = self.post(f"{assessment}/participants", given)["invitation_link"]
        return self.with_token(link.partition("#")[2])

    def claimed(self) -> "Portal":
        """The same with a token of his or her own, where the invitation is exchanged for one."""
        if not self.get("/respondent")["must_claim"]:
            return self
        return self.with_token(self.post("/respondent/claim", {"secret": new_secret()})["token"])


def new_secret() -> str:
    """What an invitation is exchanged with."""
    return secrets.token_hex(32)


def dashed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def content(response: Response, status: int) -> Any:  # noqa: ANN401 -- any JSON value
    """The body of a response with this status."""
    assert response.status_code == status, response.text
    return response.json() if response.content else None


def database_of(portal: Portal) -> Database:
    """The database of the service that a portal asks."""
    app = portal.client.app
    assert isinstance(app, FastAPI)
    database: Database = app.state.resources.database
    return database
