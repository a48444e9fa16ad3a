"""An answer sheet without a service: made for anybody, and read as the body of `POST /v1/score`."""

from typing import Any

from app.answer_sheets.answers import Wanted, said_in
from app.answer_sheets.cells import read_cells
from app.answer_sheets.content import RATINGS, Asked, Whom, content_of
from app.answer_sheets.workbook import workbook_of
from app.core.editions import Catalog, Edition
from scoring import AnswersRefusedError, Fault
from scoring.respondents.responses import asked_of


def template_of(edition: Edition, tier: str, role: str | None, language: str) -> bytes:
    """An empty answer sheet; raises `AnswersRefusedError` for a tier or a role that there is not."""
    questionnaire = edition.questionnaire
    roles = [entry.id for entry in questionnaire.roles]
    faults = [*questionnaire.tier_faults(tier)]
    if role is not None and role not in roles:
        faults.append(Fault(("role",), "unknown_role", f"the roles are {', '.join(roles)}"))
    if faults:
        raise AnswersRefusedError(faults)
    asked = asked_of(questionnaire, questionnaire.form_of(tier), role, None)
    return workbook_of(content_of(Asked(edition, tier, asked), Whom(role=role), language))


def body_of_sheet(catalog: Catalog, sheet: bytes) -> dict[str, Any]:
    """What a filled-in answer sheet says, as the body of `POST /v1/score`.

    Raises `AnswersRefusedError` with all faults, and `UnknownQuestionnaireError`.
    """
    filled = read_cells(sheet)
    about = filled.about
    edition = catalog.find(about.get("questionnaire", ""), about.get("version"))
    questionnaire, tier = edition.questionnaire, about.get("tier", "")
    if faults := questionnaire.tier_faults(tier):
        raise AnswersRefusedError(faults)
    role, functions = about.get("role"), about.get("functions", "").split() or None
    asked = asked_of(questionnaire, questionnaire.form_of(tier), role, functions)
    said = said_in(filled, Wanted(Asked(edition, tier, asked)))
    given = {"answers": said.answers} | {
        name: getattr(said, name) for name in RATINGS if getattr(said, name) is not None
    }
    body = {"questionnaire": questionnaire.id, "version": questionnaire.version, "tier": tier}
    if role is None and functions is None:
        return body | given
    who = {"role": role, "functions": functions}
    return body | {"responses": [{key: value for key, value in who.items() if value is not None} | given]}
