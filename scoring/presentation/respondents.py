"""What stands beside the scores and never changes them (§8, §9): respondents, both sides, ratings."""

from collections.abc import Mapping, Sequence

from scoring.presentation.display import in_levels, show_score
from scoring.presentation.respondent_shapes import (
    CollaborationDocument,
    CommentDocument,
    ImportanceProfile,
    PerceptionGapDocument,
    QuestionSpreadDocument,
    RespondentsDocument,
    SelfRatingProfile,
    ShareDocument,
    SideAnswerDocument,
    SideDocument,
)
from scoring.profile import Profile
from scoring.questionnaire.entries import FigureEntry
from scoring.questionnaire.words import Words
from scoring.respondents.collaboration import PerceptionGap, Side, SideAnswer
from scoring.respondents.consolidate import Consolidation
from scoring.respondents.spread import QuestionSpread
from scoring.respondents.study import company_share, study_figures


def present_respondents(profile: Profile) -> RespondentsDocument | None:
    """Who was asked and how far the answers lie apart; `None` with one answer set."""
    spread, how = profile.spread, profile.consolidation
    if spread is None or how is None:
        return None
    comments = {} if how.anonymous else _comments(profile)
    return {
        "asked": spread.asked,
        "submitted": spread.submitted,
        "consolidation": how.policy,
        "anonymous": how.anonymous,
        "scope": how.scope,
        "questions": [_question(question, how, comments) for question in spread.questions],
        "functions": [{"id": name, "alpha": in_levels(alpha)} for name, alpha in spread.alpha.items()],
    }


def _question(
    spread: QuestionSpread, how: Consolidation, comments: Mapping[str, Sequence[CommentDocument]]
) -> QuestionSpreadDocument:
    settled = how.consensus.get(spread.question)
    return {
        "id": spread.question,
        "n": spread.n,
        "min": in_levels(spread.min),
        "max": in_levels(spread.max),
        "dont_know": spread.dont_know,
        "not_applicable": spread.not_applicable,
        "unanswered": spread.unanswered,
        "by_role": [{"role": role, "n": n, "mean": in_levels(mean)} for role, n, mean in spread.by_role],
        "r_wg": in_levels(spread.r_wg),
        "consensus": None if settled is None else {"option": settled.option, "rationale": settled.rationale},
        "comments": comments.get(spread.question, []),
    }


def _comments(profile: Profile) -> dict[str, list[CommentDocument]]:
    """What the respondents wrote, by question."""
    comments: dict[str, list[CommentDocument]] = {}
    for respondent in profile.respondents:
        for question, answer in respondent.answers.items():
            if answer.comment is not None:
                said: CommentDocument = {"role": respondent.role, "comment": answer.comment}
                comments.setdefault(question, []).append(said)
    return comments


def present_collaboration(profile: Profile, words: Words) -> CollaborationDocument | None:
    """Both sides, where they differ, and the study's figures; `None` where there is nothing of it."""
    if not profile.form.unscored and profile.consolidation is None:
        return None
    collaboration = profile.collaboration
    asked = profile.form.question_of
    shown = [f for study in words.figures.values() for f in study if f["question"] in asked]
    figures = zip(shown, study_figures(profile.questionnaire, profile.form), strict=True)
    first, second = [side.id or "" for side in collaboration.sides[:2]] if collaboration.gaps else ("", "")
    return {
        "sides": [_side(side) for side in collaboration.sides],
        "perception": {
            "questions": [_gap(gap, first, second) for gap in collaboration.gaps],
            "functions": [
                {"id": function, "mean_difference": in_levels(points)}
                for function, points in collaboration.apart.items()
            ],
        },
        "study": [{**said, "company": _share(entry, collaboration.sides)} for said, entry in figures],
    }


def _side(side: Side) -> SideDocument:
    return {
        "id": side.id,
        "roles": side.roles,
        "n": side.n,
        "score": show_score(side.score),
        "answers": [_side_answer(answer) for answer in side.answers],
    }


def _side_answer(answer: SideAnswer) -> SideAnswerDocument:
    return {
        "question": answer.question,
        "points": in_levels(answer.points),
        "option": answer.option,
        "n": answer.n,
        "chosen": answer.chosen,
    }


def _gap(gap: PerceptionGap, first: str, second: str) -> PerceptionGapDocument:
    return {
        "id": gap.question,
        first: in_levels(gap.first),
        second: in_levels(gap.second),
        "difference": in_levels(gap.difference),
    }


def _share(figure: FigureEntry, sides: Sequence[Side]) -> ShareDocument | None:
    share = company_share(figure, sides)
    return None if share is None else {"n": share.n, "percent": share.percent}


def present_importance(profile: Profile) -> ImportanceProfile | None:
    """How important it is to those who said so, beside the scored result."""
    rating = profile.importance
    if rating is None:
        return None
    return {
        "values": [{"role": role, "value": value} for role, value in rating.values],
        "value": rating.value,
        "scored_equivalent": in_levels(rating.equivalent),
        "difference": in_levels(rating.difference),
    }


def present_self_rating(profile: Profile, words: Words) -> SelfRatingProfile | None:
    """The self-ratings beside the scored result and the published distribution."""
    rating, entry = profile.self_rating, profile.questionnaire.self_rating
    if rating is None:
        return None
    return {
        "values": [{"role": role, "value": value} for role, value in rating.values],
        "value": rating.value,
        "band": rating.band,
        "scored_equivalent": in_levels(rating.equivalent),
        "difference": in_levels(rating.difference),
        "study": [{**said} for said in words.figures.get(entry.benchmark or "", ())] if entry else (),
    }
