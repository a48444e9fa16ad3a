"""What stands beside the scores and never changes them: the marketing-IT section, the self-rating (§9)."""

from typing import Any

from scoring.arithmetic import POINTS_PER_LEVEL, Score, half_up, weighted_mean
from scoring.display import in_levels, show_score
from scoring.form import Answer, Question
from scoring.profile import Profile
from scoring.words import Words

Json = dict[str, Any]

SELF_RATING_STEPS = 9  # from 1 to 10


def present_collaboration(profile: Profile, words: Words) -> Json | None:
    """The unscored section: its answers and the study's figures; `None` where the tier has none."""
    if all(f.function.scored for f in profile.functions):
        return None
    side = {
        "id": None,
        "roles": [],
        "n": 1,
        "score": show_score(unscored_score(profile)),
        "answers": [
            {
                "question": question.id,
                "points": in_levels(question.points.get(answer.option or "")),
                "option": answer.option,
            }
            for question, answer in unscored_answers(profile)
        ],
    }
    asked = profile.form.question_of
    study = [f for figures in words.figures.values() for f in figures if f["question"] in asked]
    return {
        "sides": [side],
        "perception": {"questions": [], "functions": []},
        "study": study,
    }


def unscored_score(profile: Profile) -> Score | None:
    """The mean of the unscored functions; `None` where none is applicable."""
    unscored = [f for f in profile.functions if not f.function.scored]
    return weighted_mean([(f.function.weight, f.score) for f in unscored if f.score is not None])


def unscored_answers(profile: Profile) -> list[tuple[Question, Answer]]:
    """What was answered in the unscored section, in the questionnaire's order."""
    unscored = (f.function for f in profile.functions if not f.function.scored)
    questions = (q for function in unscored for c in function.capabilities for q in c.questions)
    return [(q, profile.answers[q.id]) for q in questions if q.id in profile.answers]


def present_self_rating(profile: Profile, words: Words) -> Json | None:
    """The opening self-rating beside the scored result and the published distribution."""
    value = profile.self_rating
    if value is None:
        return None
    entry = profile.questionnaire.self_rating
    band = next((b.id for b in entry.bands if value <= b.up_to), None) if entry else None
    return {
        "values": [{"role": None, "value": value}],
        "band": band,
        "scored_equivalent": in_levels(scored_equivalent(profile)),
        "study": words.figures.get(entry.benchmark or "", ()) if entry else (),
    }


def scored_equivalent(profile: Profile) -> int | None:
    """The overall value on the self-rating's scale from 1 to 10, in thousandths."""
    score = profile.overall.score
    if score is None or score.value is None:
        return None
    return POINTS_PER_LEVEL + half_up(SELF_RATING_STEPS * score.value, profile.questionnaire.max_level)
