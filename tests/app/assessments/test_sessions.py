"""Embed sessions: what their codes and tokens open, for how long, and what they never open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from app.assessments.models import EmbedSession
from app.look.themes import DARK, EDGE_RATIO, LIGHT, TEXT_RATIO, Base, contrast, derived, schemes
from app.workspaces.tokens import digest_of
from tests.kit.portal import Portal, database_of
from tests.kit.reading import Json

ORIGIN = "https://portal.example"


@pytest.fixture
def embedding(portal: Portal) -> Portal:
    """A consultancy whose portal embeds."""
    portal.patch("/workspace", {"allowed_origins": [ORIGIN]})
    return portal


def of_participant(portal: Portal, **given: object) -> Json:
    assessment = portal.assessment()
    somebody = portal.participant(assessment).rpartition("/")[2]
    about = {"view": "questionnaire", "participant": somebody, "parent_origin": ORIGIN} | given
    made: Json = portal.post("/embed-sessions", about)
    return made


def of_profile(portal: Portal, assessment: str) -> Json:
    about = {"view": "profile", "assessment": assessment.rpartition("/")[2], "parent_origin": ORIGIN}
    made: Json = portal.post("/embed-sessions", about)
    return made


def code_of(session: Json) -> str:
    workspace, _, code = session["session"].partition(".")
    assert session["frame"].endswith(f"/embed/v1/w/{workspace}")
    return str(code)


def exchanged(portal: Portal, secret: str, status: int = 201) -> Json:
    opened: Json = portal.with_token(secret).post("/respondent/token", None, status)
    return opened


@contextmanager
def stored_session(portal: Portal, session: Json) -> Iterator[EmbedSession]:
    """The row, to let time pass for it."""
    with database_of(portal).writing() as work:
        row = work.exec(select(EmbedSession).where(col(EmbedSession.id) == session["id"])).one()
        yield row
        work.add(row)


def test_a_code_opens_the_questionnaire_once(embedding: Portal) -> None:
    code = code_of(of_participant(embedding))
    opened = exchanged(embedding, code)
    somebody = embedding.with_token(opened["token"])
    assert somebody.get("/respondent")["must_claim"] is False
    saved = somebody.patch("/respondent/answers", {"answers": {"sales.presence": "3"}}, If_Match='"0"')
    assert saved["revision"] == 1
    assert exchanged(embedding, code, 401)["code"] == "unknown_token"
    assert embedding.with_token(code).get("/respondent", 401)["code"] == "malformed_token"
    assert embedding.with_token(opened["token"]).get("/workspace", 401)["code"] == "invitation_token"


def test_codes_and_tokens_are_kept_as_digests(embedding: Portal) -> None:
    session = of_participant(embedding)
    code = code_of(session)
    with stored_session(embedding, session) as row:
        assert row.code_digest == digest_of(code)
    token = exchanged(embedding, code)["token"]
    with stored_session(embedding, session) as row:
        assert (row.code_digest, row.token_digest) == (None, digest_of(token))


def test_a_token_is_renewed_and_the_one_before_stays_good_where_the_answer_was_lost(
    embedding: Portal,
) -> None:
    first = exchanged(embedding, code_of(of_participant(embedding)))["token"]
    lost = exchanged(embedding, first)["token"]
    second = exchanged(embedding, first)["token"]
    for token, status in ((first, 200), (second, 200), (lost, 401)):
        embedding.with_token(token).get("/respondent", status)


def test_times_are_those_that_are_promised(embedding: Portal) -> None:
    session = of_participant(embedding)
    with stored_session(embedding, session) as row:
        assert row.code_expires_at - row.created_at == timedelta(seconds=120)
        assert row.expires_at - row.created_at == timedelta(hours=8)
    opened = exchanged(embedding, code_of(session))
    lasts = datetime.fromisoformat(opened["expires_at"]) - row.created_at
    assert timedelta(minutes=15) <= lasts < timedelta(minutes=16)


@pytest.mark.parametrize("over", ["code_expires_at", "expires_at"])
def test_an_expired_code_opens_nothing(embedding: Portal, over: str) -> None:
    session = of_participant(embedding)
    with stored_session(embedding, session) as row:
        setattr(row, over, row.created_at)
    assert exchanged(embedding, code_of(session), 401)["code"] == "expired_token"


@pytest.mark.parametrize("over", ["token_expires_at", "expires_at"])
def test_an_expired_token_opens_nothing_and_is_not_renewed(embedding: Portal, over: str) -> None:
    session = of_participant(embedding)
    token = exchanged(embedding, code_of(session))["token"]
    with stored_session(embedding, session) as row:
        setattr(row, over, row.created_at)
    assert embedding.with_token(token).get("/respondent", 401)["code"] == "expired_token"
    assert exchanged(embedding, token, 401)["code"] == "expired_token"


def test_a_revoked_session_opens_nothing_at_once(embedding: Portal) -> None:
    used, unused = of_participant(embedding), of_participant(embedding)
    token = exchanged(embedding, code_of(used))["token"]
    stranger = Portal.new(embedding.client)
    for session in (used, unused):
        stranger.delete(f"/embed-sessions/{session['id']}", 404)
        embedding.delete(f"/embed-sessions/{session['id']}")
        embedding.delete(f"/embed-sessions/{session['id']}", 404)
    embedding.with_token(token).get("/respondent", 401)
    exchanged(embedding, token, 401)
    exchanged(embedding, code_of(unused), 401)


def test_nobody_makes_a_session_of_an_anonymous_questionnaire(embedding: Portal) -> None:
    assessment = embedding.assessment(anonymous=True)
    somebody = embedding.participant(assessment).rpartition("/")[2]
    about = {"view": "questionnaire", "participant": somebody, "parent_origin": ORIGIN}
    assert embedding.post("/embed-sessions", about, 403)["code"] == "anonymous_assessment"


def test_a_session_of_a_profile_reads_the_profile_and_nothing_else(embedding: Portal) -> None:
    assessment = embedding.assessment(tier="express")
    viewer = embedding.with_token(exchanged(embedding, code_of(of_profile(embedding, assessment)))["token"])
    assert viewer.get("/respondent/profile") == embedding.get(f"{assessment}/profile")
    assert "<html" in viewer.ask("GET", "/respondent/profile/report").text
    refused = [
        viewer.get("/respondent", 403),
        viewer.get("/respondent/questionnaire", 403),
        viewer.patch("/respondent/answers", {"answers": {}}, 403, If_Match='"0"'),
        viewer.post("/respondent/submission", {"incomplete": True}, 403),
        viewer.delete("/respondent/submission", 403),
        viewer.post("/respondent/claim", None, 403),
    ]
    assert {problem["code"] for problem in refused} == {"profile_session"}


def test_the_profile_of_an_open_anonymous_assessment_is_shown_in_no_session(embedding: Portal) -> None:
    assessment = embedding.assessment(anonymous=True).rpartition("/")[2]
    about = {"view": "profile", "assessment": assessment, "parent_origin": ORIGIN}
    assert embedding.post("/embed-sessions", about, 409)["code"] == "not_closed"


def test_a_session_names_one_subject_and_an_origin_that_the_workspace_allows(embedding: Portal) -> None:
    about = {"view": "questionnaire", "assessment": "asm_1", "parent_origin": "https://other.example"}
    problem = embedding.post("/embed-sessions", about, 422)
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [
        ("/participant", "missing"),
        ("/assessment", "not_with_this_view"),
        ("/parent_origin", "origin_not_allowed"),
    ]


def test_a_stranger_makes_no_session_of_ours(embedding: Portal) -> None:
    somebody = embedding.participant(embedding.assessment()).rpartition("/")[2]
    stranger = Portal.new(embedding.client)
    stranger.patch("/workspace", {"allowed_origins": [ORIGIN]})
    about = {"view": "questionnaire", "participant": somebody, "parent_origin": ORIGIN}
    stranger.post("/embed-sessions", about, 404)


def test_the_code_is_shown_once(embedding: Portal) -> None:
    somebody = embedding.participant(embedding.assessment()).rpartition("/")[2]
    about = {"view": "questionnaire", "participant": somebody, "parent_origin": ORIGIN}
    first = embedding.post("/embed-sessions", about, Idempotency_Key="once")
    again = embedding.post("/embed-sessions", about, Idempotency_Key="once")
    assert again == first | {"session": None}


def test_an_accent_that_cannot_be_read_comes_back_with_one_that_can(embedding: Portal) -> None:
    somebody = embedding.participant(embedding.assessment()).rpartition("/")[2]
    about = {"view": "questionnaire", "participant": somebody, "parent_origin": ORIGIN}
    problem = embedding.post("/embed-sessions", about | {"theme": {"accent": "#ffcc00"}}, 422)
    [fault] = problem["errors"]
    assert (fault["pointer"], fault["code"]) == ("/theme/accent", "low_contrast")
    assert "1.51" in fault["detail"]
    proposal = fault["detail"].partition("#")[2][:6]
    made = embedding.post("/embed-sessions", about | {"theme": {"accent": f"#{proposal}"}})
    theme = exchanged(embedding, code_of(made))["theme"]
    assert (theme["font"], theme["radius"], theme["mode"]) == ("sans", 4, "auto")
    assert theme["colours"]["light"]["accent"] == f"#{proposal}"


@pytest.mark.parametrize("accent", ["#7a2350", "#0b5d5b", "#1c3f94", "#767676", "#000000", "#b00020"])
def test_derived_colours_have_the_contrast_that_they_need(accent: str) -> None:
    bases = [LIGHT._replace(accent=accent), Base(accent, "#ffffff", "#767676"), DARK]
    looks = [derived(base) for base in bases] + [*schemes(LIGHT._replace(accent=accent), "auto").values()]
    for look in looks:
        for ground in ("paper", "wash", "tint"):
            assert contrast(look["ink"], look[ground]) >= TEXT_RATIO
            assert contrast(look["soft"], look[ground]) >= TEXT_RATIO
            assert contrast(look["edge"], look[ground]) >= EDGE_RATIO
        assert contrast(look["accent"], look["paper"]) >= TEXT_RATIO
        assert contrast(look["on"], look["accent"]) >= TEXT_RATIO
        assert contrast(look["warn"], look["paper"]) >= TEXT_RATIO
        for level in range(6):
            assert contrast(look[f"t{level}"], look[f"l{level}"]) >= TEXT_RATIO
