"""Find the questionnaire that a request means, and plan by it."""

from app.core.editions import Catalog, Edition, UnknownQuestionnaireError
from scoring import AnswersRefusedError, Profile
from scoring.paths import Planned, plan
from scoring.paths.request import PlanInput, asked_of, faults_of_wishes, read_plan, wishes_of


def plan_from(profile: Profile, wanted: PlanInput) -> Planned:
    """The plan that starts from a profile; raises `AnswersRefusedError` for what does not fit it."""
    questionnaire = profile.questionnaire
    if faults := [*faults_of_wishes(questionnaire, profile.form.tier, wanted)]:
        raise AnswersRefusedError(faults)
    return plan(profile, wishes_of(questionnaire, wanted))


def plan_body(catalog: Catalog, default: str, body: object) -> tuple[Edition, Planned]:
    """The plan of a request's body; raises `AnswersRefusedError` with all faults."""
    asked = read_plan(body)
    try:
        edition = catalog.find(asked.scoring.questionnaire or default, asked.scoring.version)
    except UnknownQuestionnaireError as error:
        raise AnswersRefusedError([*asked.faults, *error.faults]) from None
    profile, wishes = asked_of(edition.questionnaire, asked)
    return edition, plan(profile, wishes)
