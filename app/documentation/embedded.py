"""Examples of embed sessions, shown by the same code that shows the real thing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.assessments.models import EmbedSession
from app.assessments.respondent.presentation import present_token
from app.assessments.sessions.routes import present_session
from app.assessments.sessions.service import SESSION_LASTS, TOKEN_LASTS
from app.workspaces.tokens import token_of

Json = dict[str, Any]
MADE = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
RANDOM = "example".ljust(32, "0")


def session_examples() -> dict[str, tuple[Json | None, Json | None]]:
    """What is asked and answered, by operation id."""
    session = EmbedSession(
        workspace_id="wsp_0d2195vrdsmyqhysatmp6g2wf",
        id="ses_0d2196r3c",
        assessment_id="asm_00demo06",
        participant_id="prt_00demo31",
        view="questionnaire",
        parent_origin="https://portal.example",
        language="it",
        token_expires_at=MADE + TOKEN_LASTS,
        expires_at=MADE + SESSION_LASTS,
        code_expires_at=MADE + timedelta(minutes=2),
        created_at=MADE,
    )
    asked = {
        "view": "questionnaire",
        "participant": session.participant_id,
        "parent_origin": session.parent_origin,
        "lang": "it",
        "theme": {
            "accent": "#7a2350",
            "surface": "#fffdf9",
            "text": "#2a1f26",
            "font": "serif",
            "radius": 12,
        },
    }
    made = present_session(session, "https://sbm.example", token_of("code", RANDOM))
    return {
        "create_embed_session": (asked, made),
        "revoke_embed_session": (None, None),
        "exchange_embed_code": (None, present_token(session, token_of("embed", RANDOM))),
    }
