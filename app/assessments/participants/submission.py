"""Handing in for a participant, with the profile that it makes: foreseen, then written."""

from collections.abc import Mapping
from typing import NamedTuple

from app.assessments.participants import answers
from app.assessments.participants.doors import OwnAnswers, among_all, for_consultancy
from app.assessments.results.service import Foreseen, foresee, profile_if_shown, refuse_unforeseen
from app.core.resources import Work


class Submission(NamedTuple):
    """Whose answers are handed in, whether with open questions, and the language of the profile."""

    assessment: str
    participant: str
    incomplete: bool
    language: str

    def prepare(self, work: Work) -> Foreseen:
        """The profile that there will be; raises what is refused."""
        own, everybody = among_all(work, self.assessment, self.participant)
        answers.refuse_to_hand_in(own, incomplete=self.incomplete)
        return foresee(work, own.assessment, own.participant, everybody, self.language)

    def again(self, work: Work) -> tuple[OwnAnswers, Mapping[str, object] | None]:
        """The answers that have been handed in, and the profile, as they are now."""
        own = for_consultancy(work, self.assessment, self.participant)
        return own, profile_if_shown(work, own.assessment, self.language)

    def hold(self, work: Work) -> OwnAnswers:
        """The answers, with nobody else changing them."""
        return for_consultancy(work, self.assessment, self.participant, to_change=True)

    def submit(self, work: Work, foreseen: Foreseen) -> OwnAnswers:
        """Hand in what was foreseen; raises `OutdatedError` where it is something else by now."""
        own = self.hold(work)
        refuse_unforeseen(work, foreseen, own.assessment, own.participant)
        answers.submit(work, own, incomplete=self.incomplete)
        return own
