"""Examples of what is stored, shown by the same code that shows the real thing."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import orjson

from app.assessments.life.presentation import present_assessment
from app.assessments.method import response_of, score, scoring_request
from app.assessments.models import Assessment, Participant, Result
from app.assessments.outlook.presentation import present_history
from app.assessments.participants.doors import OwnAnswers
from app.assessments.participants.presentation import (
    present_answers,
    present_invitation,
    present_participant,
)
from app.assessments.respondent.presentation import present_respondent
from app.assessments.respondent.service import Invitation
from app.assessments.results.presentation import present_result
from app.assessments.results.presentation import summarize as summarize_result
from app.assessments.results.service import in_all_languages, in_short, participation
from app.assessments.results.verification import compare
from app.assessments.sheet import sheet_of
from app.assessments.store import Counts
from app.companies.models import Company
from app.companies.routes import present as present_company
from app.core.editions import Catalog, Edition
from app.core.listings import folded
from app.core.web.paging import encode
from app.documentation.example import Example, first_of, in_outline, page, short_questionnaire
from app.scores.example import RESPONSES, SHIPPED
from app.workspaces.models import Key, Workspace
from app.workspaces.routes import present_key, present_workspace
from app.workspaces.tokens import token_of
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument

Json = dict[str, Any]

OPENED = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
WORKSPACE, COMPANY, ASSESSMENT = "wsp_0d2195vrdsmyqhysatmp6g2wf", "cmp_0d2196a1b", "asm_0d2196f7c"
CMO, CIO, KEY = "prt_0d2196k2d", "prt_0d2196k9e", "key_0d2195wqz"


def stored_examples(catalog: Catalog) -> dict[str, Example]:
    """Examples by operation id."""
    return _workspaces() | _companies() | _assessments(catalog, catalog.editions[SHIPPED])


def _workspaces() -> dict[str, Example]:
    workspace = present_workspace(
        Workspace(
            id=WORKSPACE,
            name="Rossi Consulting",
            language="it",
            allowed_origins=["https://portal.example"],
            created_at=OPENED,
        )
    )
    key = Key(
        workspace_id=WORKSPACE,
        id=KEY,
        name="Portal",
        digest="",
        hint="sbm_live_5dQ2…",
        scopes=["write"],
        created_at=OPENED,
        expires_at=OPENED + timedelta(days=365),
        last_used_at=OPENED + timedelta(days=2),
    )
    asked = {"name": "Portal", "scopes": ["write"], "expires_at": "2027-09-07T08:30:00Z"}
    made = present_key(key) | {"last_used_at": None, "secret": token_of("live", "example".ljust(32, "0"))}
    return {
        "get_workspace": Example(None, workspace),
        "change_workspace": Example({"allowed_origins": ["https://portal.example"]}, workspace),
        "create_key": Example(asked, made),
        "list_keys": Example(None, page(present_key(key))),
        "revoke_key": Example(None, None),
    }


def _companies() -> dict[str, Example]:
    asked: Json = {
        "name": "Officine Valle S.p.A.",
        "industry": "Machines",
        "country": "IT",
        "employees": 1240,
    }
    company = present_company(_company(asked))
    return {
        "create_company": Example(asked, company),
        "list_companies": Example(None, page(company, encode("companies", COMPANY))),
        "get_company": Example(None, company),
        "change_company": Example({"employees": 1310}, company | {"employees": 1310, "revision": 1}),
        "erase_company": Example(None, None),
    }


def _assessments(catalog: Catalog, edition: Edition) -> dict[str, Example]:
    asked = {
        "company": {"name": "Officine Valle S.p.A.", "country": "IT"},
        "name": "Baseline 2026",
        "status": "open",
        "due_date": "2026-09-25",
        "language": "it",
    }
    assessment = _assessment(edition)
    cmo, cio = _participants()
    profile = _profile(edition, assessment, cmo, cio)
    shown = present_assessment(catalog, assessment, Counts(2, 1, 1))
    targets = {"service": 5, "sales.crm_link": 3}
    settled = {"marketing.targeting": {"option": "3", "rationale": "Two of five segments are tested."}}
    changed = shown | {"targets": targets, "consensus": settled, "due_date": "2026-10-09"}
    return (
        {
            "create_assessment": Example(asked, shown | {"responses": [], "profile": None}),
            "list_assessments": Example(None, page(shown)),
            "get_assessment": Example(None, changed),
            "change_assessment": Example({"due_date": "2026-10-09"}, changed),
            "erase_assessment": Example(None, None),
            "set_targets": Example(targets, changed),
            "set_consensus": Example(settled, changed),
            "get_profile": Example(None, profile),
        }
        | _people(edition, assessment, cmo, profile)
        | _results(edition, assessment, cmo, cio)
        | _respondent(catalog, edition, assessment, cio, profile)
    )


def _company(about: Json) -> Company:
    return Company(
        workspace_id=WORKSPACE,
        id=COMPANY,
        name_folded=folded(about["name"]),
        created_at=OPENED,
        changed_at=OPENED,
        **about,
    )


def _assessment(edition: Edition) -> Assessment:
    return Assessment(
        workspace_id=WORKSPACE,
        id=ASSESSMENT,
        company_id=COMPANY,
        name="Baseline 2026",
        name_folded=folded("Baseline 2026"),
        status="open",
        questionnaire=edition.questionnaire.id,
        version=edition.questionnaire.version,
        digest=edition.questionnaire.digest,
        tier="full",
        anonymous=False,
        consolidation="median",
        targets={},
        consensus={},
        due_date=date(2026, 9, 25),
        language="it",
        created_at=OPENED,
        changed_at=OPENED,
        opened_at=OPENED,
    )


def _participants() -> tuple[Participant, Participant]:
    """CMO and CIO of one company; the first has handed in."""
    said = zip((CMO, CIO), RESPONSES["responses"], ("Ada Bruni", "Carlo Dini"), strict=True)
    cmo, cio = (
        Participant(
            workspace_id=WORKSPACE,
            id=name,
            assessment_id=ASSESSMENT,
            name=person,
            **{key: response[key] for key in ("role", "answers", "importance", "self_rating")},
            changed={},
            revision=1,
            created_at=OPENED,
            changed_at=OPENED + timedelta(days=2),
        )
        for name, response, person in said
    )
    cmo.submitted_at = OPENED + timedelta(days=2)
    return cmo, cio


def _profile(edition: Edition, assessment: Assessment, *participants: Participant) -> ProfileDocument:
    handed_in = {"submitted": True}
    responses = [response_of(participant).model_copy(update=handed_in) for participant in participants]
    return present(score(edition, assessment, responses), edition.words("en"))


def _people(
    edition: Edition, assessment: Assessment, cmo: Participant, profile: ProfileDocument
) -> dict[str, Example]:
    cmo.invitation_digest, cmo.invited_at = "", OPENED
    cmo.invitation_expires_at = OPENED + timedelta(days=90)
    handed_in = (OPENED + timedelta(days=2)).isoformat()
    event = {"kind": "submitted", "at": handed_in, "by": CMO, "revision": 1, "incomplete": False}
    cmo.history, cmo.history_count = [event], 1
    invited = present_invitation(cmo) or {}
    shown = present_participant(edition, assessment, cmo)
    link = {"invitation_link": f"https://sbm.example/r#{token_of('invite', 'example'.ljust(32, '0'))}"}
    answers = first_of(present_answers(cmo, sheet_of(edition, assessment, cmo)))
    one = {"sales.crm_link": "3", "marketing.targeting": None}
    asked: Json = {"role": "cmo", "name": "Ada Bruni", "email": "ada@valle.example"}
    changed = present_answers(cmo, sheet_of(edition, assessment, cmo), one)
    return {
        "add_participant": Example(
            asked,
            shown | link,
            Example({"participants": [asked, {"role": "cio"}]}, {"participants": [shown | link]}),
        ),
        "list_participants": Example(None, page(shown)),
        "get_participant": Example(None, shown),
        "change_participant": Example({"name": "Ada Bruni"}, shown),
        "remove_participant": Example(None, None),
        "renew_invitation": Example(None, invited | link),
        "revoke_invitation": Example(None, None),
        "get_answers": Example(None, answers),
        "replace_answers": Example({"answers": {"sales.presence": "3"}, "self_rating": 6}, answers),
        "change_answers": Example({"answers": one}, changed),
        "upload_answers_sheet": Example(None, answers),
        "submit_answers": Example(
            {"incomplete": True}, {"participant": shown, "profile": in_outline(profile)}
        ),
        "reopen_answers": Example(None, shown),
    }


def _results(
    edition: Edition, assessment: Assessment, cmo: Participant, cio: Participant
) -> dict[str, Example]:
    counted = [response_of(cmo)]
    profiles = in_all_languages(edition, score(edition, assessment, counted))
    result = Result(
        workspace_id=WORKSPACE,
        assessment_id=ASSESSMENT,
        number=1,
        name="Baseline 2026",
        created_by=KEY,
        created_at=OPENED + timedelta(days=18),
        summary=in_short(next(iter(profiles.values()))),
        participants=participation(assessment, [cmo, cio]),
        request=orjson.dumps(scoring_request(edition, assessment, counted)),
        profiles=orjson.dumps(profiles),
    )
    _, shown = present_result(result, "en", anonymous=False)
    first = {"answers": dict([*cmo.answers.items()][:2])}  # of each response in what was scored
    request = shown["request"] | {"responses": [said | first for said in shown["request"]["responses"]]}
    shown |= {"profile": in_outline(shown["profile"]), "request": request}
    return {
        "create_result": Example({"name": "Baseline 2026"}, shown),
        "list_results": Example(None, page(summarize_result(result))),
        "get_result": Example(None, shown),
        "verify_result": Example(None, compare(edition, result)),
        "get_history": Example(None, page(present_history([_in_history(result, assessment)])[0])),
    }


def _in_history(result: Result, assessment: Assessment) -> SimpleNamespace:
    """A result as it stands in the history of its company."""
    about = {name: getattr(assessment, name) for name in ("questionnaire", "version", "tier", "scope")}
    return SimpleNamespace(**result.model_dump(), assessment_name=assessment.name, **about)


def _respondent(
    catalog: Catalog, edition: Edition, assessment: Assessment, cio: Participant, profile: ProfileDocument
) -> dict[str, Example]:
    own = OwnAnswers(catalog, assessment, cio)
    company = _company({"name": "Officine Valle S.p.A."})
    workspace = Workspace(
        id=WORKSPACE,
        name="Rossi Consulting",
        language="it",
        respondents_see_profile=True,
        created_at=OPENED,
    )
    shown = first_of(present_respondent(Invitation(own, company, workspace)))
    answers = first_of(present_answers(cio, own.sheet))
    changed = present_answers(cio, own.sheet, {"sales.crm_link": "2"})
    handed_in = {"submitted_at": OPENED + timedelta(days=3), "revision": 1, "profile_shown": True}
    short = short_questionnaire(edition)
    return {
        "get_respondent": Example(None, shown),
        "claim_invitation": Example(
            {"secret": sha256(b"example").hexdigest()},
            {"token": token_of("own", "example".ljust(32, "0")), "expires_at": OPENED + timedelta(days=90)},
        ),
        "get_respondent_questionnaire": Example(None, short),
        "change_respondent_answers": Example({"answers": {"sales.crm_link": "2"}}, changed),
        "reopen_respondent_answers": Example(None, answers),
        "upload_respondent_answers_sheet": Example(None, answers),
        "submit_respondent_answers": Example({"incomplete": True}, handed_in),
        "get_respondent_profile": Example(None, profile),
    }
