"""A small consulting portal that embeds questionnaire and profile, on a server and an origin of its own.

    SBM_URL=http://127.0.0.1:8000 SBM_KEY=sbm_live_... python examples/portal/server.py

It serves http://localhost:8100. The key has the scopes `read` and `write`, and stays on this server. An
administrator allows the origin once: PATCH /v1/workspace {"allowed_origins": ["http://localhost:8100"]}.
"""

import json
import os
import secrets
from html import escape
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

SERVICE = os.environ.get("SBM_URL", "http://127.0.0.1:8000")
KEY = os.environ.get("SBM_KEY", "")
PORT = int(os.environ.get("PORTAL_PORT", "8100"))
ORIGIN = f"http://localhost:{PORT}"
PAGE = Template((Path(__file__).parent / "page.html").read_text("utf-8"))
THEME = {
    "accent": "#7a2350",
    "surface": "#fffdf9",
    "text": "#2a1f26",
    "font": "serif",
    "radius": 12,
    "mode": "light",  # as this page is; "auto" follows the visitor's system
}

logins: set[str] = set()  # a stub: your portal has its own


def ask(method: str, path: str, body: object = None) -> dict:
    """Ask the service with the portal's key."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(SERVICE + path, data, headers, method=method), timeout=10) as answer:
        return json.load(answer)


def new_session(view: str, subject: str) -> dict:
    """A session for a page of ours. A real portal checks here that this is the visitor's own."""
    named = {"participant" if view == "questionnaire" else "assessment": subject}
    body = {"view": view, "parent_origin": ORIGIN, "theme": THEME} | named
    return {"session": ask("POST", "/v1/embed-sessions", body)["session"]}


def assessments() -> str:
    """A list with a link to each questionnaire and profile."""
    lines = []
    for assessment in ask("GET", "/v1/assessments?status=open")["data"]:
        title, path = escape(assessment["name"]), f"/v1/assessments/{assessment['id']}/participants"
        for person in ask("GET", path)["data"] if not assessment["anonymous"] else []:
            name = escape(person["name"] or person["role"] or "Participant")
            lines.append(f'<li><a href="/questionnaire?of={person["id"]}">{title}: {name}</a></li>')
        lines.append(f'<li><a href="/profile?of={assessment["id"]}">{title}: profile</a></li>')
    return f"<h1>Your assessments</h1><ul>{''.join(lines)}</ul>"


def embedded(view: str, subject: str) -> str:
    """All that a page needs: an element that gets its sessions here, and the script."""
    tag = "sbm-assessment" if view == "questionnaire" else "sbm-profile"
    endpoint = escape(f"/session?view={view}&of={subject}")
    script = f'<script type="module" src="{SERVICE}/embed/v1/loader.js"></script>'
    return f'<{tag} token-endpoint="{endpoint}"></{tag}>{script}'


class Portal(BaseHTTPRequestHandler):
    """The portal's pages."""

    def do_GET(self) -> None:
        """A page, for whoever has logged in."""
        where, of = self.asked()
        if where == "/login":
            logins.add(token := secrets.token_urlsafe())
            return self.reply(
                303, "", Location="/", **{"Set-Cookie": f"login={token}; HttpOnly; SameSite=Lax"}
            )
        if not self.is_known():
            return self.page('<h1>Portal</h1><p><a href="/login">Log in</a></p>')
        if where in {"/questionnaire", "/profile"}:
            return self.page(embedded(where[1:], of))
        return self.page(assessments())

    def do_POST(self) -> None:
        """A new session, which the element asks for when it begins and whenever one has ended."""
        where, of = self.asked()
        if where != "/session" or not self.is_known():
            self.reply(403, "{}")
            return
        view = parse_qs(urlsplit(self.path).query).get("view", ["questionnaire"])[0]
        self.reply(200, json.dumps(new_session(view, of)), **{"Content-Type": "application/json"})

    def asked(self) -> tuple[str, str]:
        """The path, and whose questionnaire or profile."""
        parts = urlsplit(self.path)
        return parts.path, parse_qs(parts.query).get("of", [""])[0]

    def is_known(self) -> bool:
        """Whether the visitor has logged in."""
        login = SimpleCookie(self.headers.get("Cookie", "")).get("login")
        return login is not None and login.value in logins

    def page(self, content: str) -> None:
        """The portal's own page around something."""
        self.reply(200, PAGE.substitute(content=content), **{"Content-Type": "text/html; charset=utf-8"})

    def reply(self, status: int, content: str, **headers: str) -> None:
        """Any answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content.encode())


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Portal).serve_forever()
