"""Who may see and do what, by an assessment's status and its anonymity (docs/decisions/0010).

Of an anonymous assessment nobody but the respondent knows what a person has answered, nor how far he or she
is, and nothing is shown before it is closed: two profiles from before and after one answer would show it.
"""

from collections.abc import Sequence

from app.assessments.models import Assessment, Participant
from app.core.errors import ForbiddenError, WrongStateError
from app.workspaces.models import Workspace
from scoring import Fault
from scoring.respondents.anonymity import LEAST_SHOWN, is_enough


def refuse_unless(assessment: Assessment, *statuses: str) -> None:
    """Raises `WrongStateError` where the assessment is in another state than these."""
    if assessment.status not in statuses:
        code = "not_open" if statuses == ("open",) else "wrong_status"
        detail = f"The assessment is {assessment.status}; this needs {' or '.join(statuses)}."
        raise WrongStateError(code, detail)


def refuse_answers_to_others(assessment: Assessment) -> None:
    """Raises `ForbiddenError`: of an anonymous assessment only the respondents know their answers."""
    if assessment.anonymous:
        detail = "The assessment is anonymous: nobody but the respondent can read or write the answers."
        raise ForbiddenError("anonymous_assessment", detail)


def refuse_to_list_by(assessment: Assessment, parameters: Sequence[str]) -> None:
    """Raises `ForbiddenError` for what would find out who has answered an anonymous assessment, or when."""
    if assessment.anonymous and parameters:
        detail = (
            "The assessment is anonymous: its participants are not listed by how far they are, or since when."
        )
        faults = [Fault(("query", name), "tells_who_answered", "leave it out") for name in parameters]
        raise ForbiddenError("anonymous_assessment", detail, faults)


def may_show_profile(assessment: Assessment) -> bool:
    """Whether there is a live profile to show."""
    return assessment.status == "closed" or (assessment.status == "open" and not assessment.anonymous)


def refuse_profile(assessment: Assessment) -> None:
    """Raises `WrongStateError` where there is no profile to show."""
    refuse_unless(assessment, "open", "closed")
    if not may_show_profile(assessment):
        detail = "The assessment is anonymous: what it comes to is shown when it is closed."
        raise WrongStateError("not_closed", detail)


def is_told(assessment: Assessment, submitted: int) -> bool:
    """Whether anything is told of so many who have handed in: of an anonymous one about five or more."""
    return not assessment.anonymous or submitted >= LEAST_SHOWN


def refuse_too_few(assessment: Assessment, submitted: int) -> None:
    """Raises `WrongStateError` where nothing is told of so few; nobody sees of how many."""
    if not is_told(assessment, submitted):
        detail = "The assessment is anonymous: with fewer than five who have handed in nothing is told of it."
        raise WrongStateError("too_few_submitted", detail)


def counted_submitted(assessment: Assessment, invited: int, submitted: int) -> int | None:
    """How many have handed in; `None` where that would be about fewer than five people.

    Of an anonymous assessment it is told when it is closed, where nobody or at least five are missing.
    """
    is_shown = assessment.status == "closed" and is_told(assessment, submitted)
    if assessment.anonymous and not (is_shown and is_enough(invited - submitted)):
        return None
    return submitted


def refuse_profile_to_respondent(
    workspace: Workspace, assessment: Assessment, participant: Participant
) -> None:
    """Raises `ForbiddenError` and `WrongStateError` where a respondent may not see the profile."""
    if not workspace.respondents_see_profile:
        raise ForbiddenError("profile_not_shown", "Who asks does not show the profile to respondents.")
    if participant.submitted_at is None:
        raise WrongStateError("not_submitted", "The profile is shown after handing in.")
    refuse_profile(assessment)


def sees_profile_after_handing_in(workspace: Workspace, assessment: Assessment) -> bool:
    """Whether a respondent who has just handed in is shown the profile now."""
    return workspace.respondents_see_profile and may_show_profile(assessment)


def refuse_to_renew(assessment: Assessment) -> None:
    """Raises `WrongStateError`: with a new link to an anonymous sheet, others could read what is in it."""
    if assessment.anonymous and assessment.status != "draft":
        detail = "The assessment is anonymous and open: a new link would show what has been answered."
        raise WrongStateError("anonymous_assessment", detail)


def refuse_to_ask_otherwise(assessment: Assessment, participant: Participant) -> None:
    """What somebody is asked stays once there are answers; where nobody may know that, once it is open.

    Raises `WrongStateError`.
    """
    if assessment.anonymous and assessment.status != "draft":
        detail = "The assessment is anonymous and open; what is asked can no longer be changed."
        raise WrongStateError("anonymous_assessment", detail)
    if participant.revision:
        detail = "There are answers; what is asked can no longer be changed."
        raise WrongStateError("already_answering", detail)
