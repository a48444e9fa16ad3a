"""In the demonstration every operation of the document answers rightly, sent as its examples stand."""

import json
from collections.abc import Mapping
from pathlib import Path

from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.database import Database
from app.core.settings import Settings
from app.demo.workspace import DEMO_INVITATION, DEMO_KEY
from app.documentation.operations import TASKS
from app.main import create_app
from app.migrations.run import migrate
from tests.kit.openapi import ROUTES, Route

# The demonstration's keys stay; of sessions, which are over after hours, it has none, and a code opens once.
REFUSED = {
    "revoke_key": 409,
    "compare_results": 404,  # by then the assessment that it is compared with has been erased
    "claim_invitation": 409,
    "exchange_embed_code": 401,
    "revoke_embed_session": 404,
    # A workbook is chosen as a file; what the document shows stands for one.
    "upload_answers_sheet": 422,
    "upload_respondent_answers_sheet": 422,
}


def as_shown(client: TestClient, route: Route) -> Response:
    """The request that /docs sends where nothing is typed."""
    path, headers, query = route.path, dict[str, str](), dict[str, str]()
    for parameter in route.description.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        elif parameter["in"] == "query" and parameter.get("required"):
            query[parameter["name"]] = parameter["example"]
        elif parameter["in"] == "header" and "example" in parameter:
            headers[parameter["name"]] = parameter["example"]
    opened_by = [scheme for way in route.description["security"] for scheme in way]
    if opened_by:
        token = DEMO_INVITATION if "Invitation" in opened_by else DEMO_KEY
        headers["Authorization"] = f"Bearer {token}"
    content = None
    if body := route.description.get("requestBody"):
        headers["Content-Type"], shown = next(iter(body["content"].items()))
        content = written(shown)
    return client.request(route.method, path, params=query, headers=headers, content=content)


def written(shown: Mapping[str, object]) -> str:
    """The first example of a body, as text."""
    examples = shown.get("examples")
    value = next(iter(examples.values()))["value"] if isinstance(examples, dict) else shown["example"]
    return value if isinstance(value, str) else json.dumps(value)


def test_every_operation_answers_to_its_examples_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    database = Database(url)
    migrate(database)
    database.close()
    names = [name for task in TASKS.values() for name in task if name != "about"]
    with TestClient(create_app(Settings(database_url=url, demo=True))) as client:
        answered = {name: as_shown(client, ROUTES[name]) for name in names}
    wrong = {
        name: response.text
        for name, response in answered.items()
        if response.status_code not in {REFUSED.get(name), 200, 201, 204}
    }
    assert wrong == {}, "choose things of the demonstration in [parameters] of operations.toml"
