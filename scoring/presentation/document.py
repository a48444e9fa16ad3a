"""A profile as the JSON that people and portals read: points as levels, ids beside words."""

from collections.abc import Mapping
from typing import overload

from scoring.digests import answers_digest, result_digest
from scoring.levels import NextLevel, Rated
from scoring.method.gaps import Gap
from scoring.method.rating import Counts, FunctionResult
from scoring.method.verdict import Verdict
from scoring.presentation.display import in_levels, show_index, show_level, show_score
from scoring.presentation.notices import notices
from scoring.presentation.prepared import Prepared
from scoring.presentation.respondents import (
    present_collaboration,
    present_importance,
    present_respondents,
    present_self_rating,
)
from scoring.presentation.shapes import (
    AnsweredQuestion,
    CapabilityProfile,
    CountsDocument,
    FunctionProfile,
    GapDocument,
    NextLevelDocument,
    ProfileDocument,
    VerdictDocument,
)
from scoring.profile import SCORING_VERSION, Profile
from scoring.questionnaire.form import Answer, Capability, Question
from scoring.questionnaire.words import CapabilityWords, Words


@overload
def present(profile: Profile, words: Words) -> ProfileDocument: ...


@overload
def present(profile: Profile, words: Words, prepared: Prepared) -> Mapping[str, object]: ...


def present(profile: Profile, words: Words, prepared: Prepared | None = None) -> ProfileDocument:
    """The profile in the shape of `POST /v1/score`.

    With `prepared`, some parts are encoded already: that is for an encoder, not for a reader.
    """
    questionnaire, overall = profile.questionnaire, profile.overall
    answers = answers_digest(profile)
    document: ProfileDocument = {
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "digest": questionnaire.digest,
        },
        "scoring_version": SCORING_VERSION,
        "tier": profile.form.tier,
        "verdict": _verdict(profile.verdict, questionnaire.definition.level),
        "overall": {
            "score": show_score(overall.score),
            "index": show_index(overall.score, questionnaire.max_level),
            "level": show_level(overall.level),
        },
        "counts": _counts(profile.counts),
        "functions": [_function(result, profile, words, prepared) for result in profile.functions],
        "lenses": [
            {"id": lens, "name": words.lenses[lens], "score": show_score(score)}
            for lens, score in profile.lenses.items()
        ],
        "gaps": [_gap(gap, words.capabilities[gap.capability.id]) for gap in profile.gaps],
        "to_answer": profile.to_answer,
        "collaboration": present_collaboration(profile, words),
        "respondents": present_respondents(profile),
        "self_rating": present_self_rating(profile, words),
        "notices": notices(profile, words),
        "digests": {"answers": answers, "result": result_digest(profile, answers)},
    }
    if (importance := present_importance(profile)) is not None:
        document["importance"] = importance
    return document


def _verdict(verdict: Verdict, integrated: int) -> VerdictDocument:
    return {
        "status": verdict.status,
        "level": integrated,
        "clauses": [{"function": clause.function, "status": clause.status} for clause in verdict.clauses],
        "blocking": [
            {"function": blocking.function, "capabilities": blocking.capabilities}
            for blocking in verdict.blocking
        ],
        "if_nothing_excluded": {
            "status": verdict.if_nothing_excluded.status,
            "level": verdict.if_nothing_excluded.level,
        },
    }


def _counts(counts: Counts) -> CountsDocument:
    return {
        "answered": counts.answered,
        "dont_know": counts.dont_know,
        "unanswered": counts.unanswered,
        "not_applicable": counts.not_applicable,
        "total": counts.total,
    }


def _function(
    result: FunctionResult, profile: Profile, words: Words, prepared: Prepared | None
) -> FunctionProfile:
    function = result.function
    return {
        "id": function.id,
        "name": words.functions[function.id],
        "scored": function.scored,
        "applicable": result.score is not None,
        "score": show_score(result.score),
        "level": show_level(result.level),
        "counts": _counts(result.counts),
        "next_level": _next_level(result.next_level),
        "lenses": {lens: show_score(score) for lens, score in result.lenses.items()},
        "capabilities": [
            _perhaps_prepared(capability, rated, profile, words, prepared)
            for capability, rated in result.capabilities
        ],
    }


def _next_level(step: NextLevel | None) -> NextLevelDocument | None:
    if step is None:
        return None
    return {
        "level": step.level,
        "weight_reached": step.weight_reached,
        "weight_required": step.weight_required,
        "must_raise": step.must_raise,
        "may_raise": step.may_raise,
        "to_answer": step.to_answer,
    }


def _perhaps_prepared(
    capability: Capability, rated: Rated | None, profile: Profile, words: Words, prepared: Prepared | None
) -> CapabilityProfile:
    if prepared is None or len(capability.questions) > 1:
        return _capability(capability, rated, profile, words)
    name = capability.questions[0].id
    answer = profile.answers.get(name)
    state, score = profile.questions[name]
    code = None
    if answer is not None:
        code = answer.option or answer.reason
        is_own = answer.comment is not None or answer.evidence
        if is_own or (state == "answered" and (answer.option is None or (score and score.low != score.high))):
            return _capability(capability, rated, profile, words)
    key = (name, code, state, profile.target_of[capability.id])
    return prepared.part(key, lambda: _capability(capability, rated, profile, words))


def _capability(
    capability: Capability, rated: Rated | None, profile: Profile, words: Words
) -> CapabilityProfile:
    said = words.capabilities[capability.id]
    value = None if rated is None else rated.score.value
    return {
        "id": capability.id,
        "name": said.name,
        "scored": capability.scored,
        "lens": capability.lens,
        "applicable": rated is not None,
        "score": show_score(rated and rated.score),
        "level": show_level(rated and rated.level),
        "target": profile.target_of[capability.id],
        "level_text": None if value is None else said.levels[value // 1000],
        "questions": [_question(question, profile) for question in capability.questions],
    }


def _question(question: Question, profile: Profile) -> AnsweredQuestion:
    state, score = profile.questions[question.id]
    answer = profile.answers.get(question.id) or Answer(profile.questions[question.id])
    return {
        "id": question.id,
        "state": state,
        "option": answer.option if state == "answered" else None,
        "points": None if score is None else in_levels(score.value),
        "reason": answer.reason,
        "comment": answer.comment,
        "evidence": answer.evidence,
    }


def _gap(gap: Gap, words: CapabilityWords) -> GapDocument:
    return {
        "capability": gap.capability.id,
        "function": gap.capability.function,
        "name": words.name,
        "level": gap.level,
        "target": gap.target,
        "gap": show_score(gap.gap),
        "breaks_floor": gap.breaks_floor,
        "effort": gap.effort,
        "gain": in_levels(gap.gain),
        "next_step": words.next_step(gap.level),
        "evidence": words.evidence,
    }
