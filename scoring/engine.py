"""Score answers by a questionnaire: the method's steps in the method's order."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scoring.arithmetic import Score
from scoring.errors import AnswersRefusedError, Fault
from scoring.levels import Level, Rated, function_level, least_level
from scoring.method.gaps import targets_of
from scoring.method.rating import (
    FunctionResult,
    Overall,
    QuestionScores,
    rate_capability,
    rate_function,
    rate_lenses,
    rate_overall,
    total,
)
from scoring.method.scheme import Scheme
from scoring.method.verdict import Unexcluded, Verdict, blocking, clauses, verdict_status
from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL, Form, Function, QuestionScore
from scoring.respondents.answers import check_answers, check_targets
from scoring.respondents.collaboration import Collaboration, find_collaboration, only_side
from scoring.respondents.consolidate import Consolidation, Heard, consolidated_answers
from scoring.respondents.ratings import find_importance, find_self_rating
from scoring.respondents.responses import (
    Respondent,
    Response,
    check_consensus,
    check_responses,
    check_scope,
    importance_faults,
)
from scoring.respondents.shown import Ratings, Shown, everything, ratings_of, suppressed
from scoring.respondents.spread import Spread, find_spread

RATINGS = range(1, 11)
AT_ITS_LEAST = QuestionScore("answered", Score(0, 0, 0))

Targets = Mapping[str, int]


class Outcome(NamedTuple):
    """What one state of all questions comes to, in points and levels: §4 to §6 without gaps and people."""

    functions: tuple[FunctionResult, ...]
    overall: Overall
    lenses: Mapping[str, Score | None]
    verdict: Verdict


def rate(
    questionnaire: Questionnaire, form: Form, questions: QuestionScores, near: Profile | None = None
) -> Outcome:
    """Rate every node of a form; `questions` holds one score for each of its questions.

    What a profile `near` by has rated from the same scores is taken over.
    """
    functions = _functions(questionnaire, form, questions, near)
    return Outcome(
        functions,
        rate_overall(functions),
        rate_lenses(functions, questionnaire.lenses),
        _verdict(questionnaire, form, questions, functions),
    )


def score(  # noqa: PLR0913 -- what is scored, and how
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    tier: str = FULL,
    targets: Targets | None = None,
    self_rating: int | None = None,
    importance: int | None = None,
    scheme: Scheme | None = None,
    near: Profile | None = None,
) -> Profile:
    """Score one answer set, by the questionnaire's own rules or by a scheme's.

    `answers` maps question ids to an option id, `"dont_know"` or an answer object (§3); `targets` maps
    ids of functions and capabilities to levels (§7). What a profile `near` by has in common with this one
    is not computed again. Raises `AnswersRefusedError` with all faults.
    """
    form = _form(questionnaire, tier, scheme)
    checked, faults = check_answers(form, answers, ("answers",))
    rating_faults = importance_faults(questionnaire, importance)
    if self_rating is not None and self_rating not in RATINGS:
        detail = "a self-rating is a whole number from 1 to 10"
        rating_faults.append(Fault(("self_rating",), "self_rating_out_of_range", detail))
    if importance is not None and importance not in RATINGS:
        detail = "an importance is a whole number from 1 to 10"
        rating_faults.append(Fault(("importance",), "importance_out_of_range", detail))
    faults = [*rating_faults, *faults]
    wanted = _check(questionnaire, tier, targets or {}, faults)
    respondent = Respondent(None, None, form.question_ids, checked, self_rating, importance=importance)
    return _profile(questionnaire, form, (respondent,), None, wanted, near=near)


def score_responses(  # noqa: PLR0913 -- the same
    questionnaire: Questionnaire,
    responses: Sequence[Response],
    consolidation: Consolidation = Consolidation(),  # noqa: B008 -- immutable
    *,
    tier: str = FULL,
    targets: Targets | None = None,
    scheme: Scheme | None = None,
    near: Profile | None = None,
) -> Profile:
    """Score the answers of several respondents, made one answer set as `consolidation` says (§8).

    The rules are the questionnaire's own or a scheme's. What a profile `near` by has in common with this one
    is not computed again. Raises `AnswersRefusedError` with all faults.
    """
    form = _form(questionnaire, tier, scheme)
    scope, scope_faults = check_scope(form, consolidation.scope)
    respondents, faults = check_responses(questionnaire, form, responses, scope)
    settled, consensus_faults = check_consensus(form, consolidation.consensus, scope)
    wanted = _check(questionnaire, tier, targets or {}, [*scope_faults, *faults, *consensus_faults])
    how = consolidation._replace(consensus=settled, scope=scope)
    return _profile(questionnaire, form, respondents, how, wanted, near=near)


def _form(questionnaire: Questionnaire, tier: str, scheme: Scheme | None) -> Form:
    form = questionnaire.form_of(tier)
    return form if scheme is None else scheme.applied(form)


def _check(
    questionnaire: Questionnaire, tier: str, targets: Targets, faults: Sequence[Fault]
) -> dict[str, int]:
    """The targets of a known tier; raises `AnswersRefusedError` with these faults and its own."""
    wanted, target_faults = check_targets(questionnaire.form_of(tier), targets, questionnaire.max_level)
    if found := [*questionnaire.tier_faults(tier), *faults, *target_faults]:
        raise AnswersRefusedError(found)
    return wanted


def _profile(  # noqa: PLR0913 -- the same
    questionnaire: Questionnaire,
    form: Form,
    respondents: tuple[Respondent, ...],
    how: Consolidation | None,
    targets: dict[str, int],
    *,
    near: Profile | None,
) -> Profile:
    said = _said(questionnaire, form, respondents, how, near)
    answers = consolidated_answers(form, said.heard, how) if how else respondents[0].answers
    questions = {q.id: answers[q.id].reduced if q.id in answers else q.unanswered for q in form.questions}
    functions, overall, lenses, verdict = rate(questionnaire, form, questions, near)
    anonymous = how is not None and how.anonymous
    return Profile(
        questionnaire=questionnaire,
        form=form,
        respondents=said.respondents,
        consolidation=how,
        heard=said.heard,
        answers=answers,
        questions=questions,
        targets=targets,
        target_of=targets_of(form, targets, questionnaire.definition.level),
        verdict=verdict,
        overall=overall,
        counts=total(f.counts for f in functions),
        functions=functions,
        lenses=lenses,
        spread=said.spread,
        collaboration=said.collaboration or only_side(functions, answers),
        importance=find_importance(questionnaire, said.ratings.importance, overall, anonymous=anonymous),
        self_rating=find_self_rating(questionnaire, said.ratings.self_rating, overall, anonymous=anonymous),
    )


class _Said(NamedTuple):
    """What is shown of what respondents said, and how far it lies apart; whatever they settled on."""

    respondents: tuple[Respondent, ...]
    heard: Heard
    ratings: Ratings
    spread: Spread | None = None
    collaboration: Collaboration | None = None


def _said(
    questionnaire: Questionnaire,
    form: Form,
    respondents: tuple[Respondent, ...],
    how: Consolidation | None,
    near: Profile | None,
) -> _Said:
    if how is None:
        return _Said(respondents, {}, ratings_of(respondents))
    if near and _is_said_alike(near, form, respondents, how):
        return _Said(respondents, near.heard, ratings_of(respondents), near.spread, near.collaboration)
    shown = _shown(questionnaire, form, respondents, how)
    return _Said(
        shown.respondents,
        shown.heard,
        shown.ratings,
        find_spread(questionnaire, form, shown, anonymous=how.anonymous),
        find_collaboration(questionnaire, form, shown, how),
    )


def _is_said_alike(
    near: Profile, form: Form, respondents: tuple[Respondent, ...], how: Consolidation
) -> bool:
    """Whether a profile is of the same answers, consolidated alike but for a consensus.

    An anonymous one has no respondents: nothing is taken over from it.
    """
    own = near.consolidation
    return (
        near.form is form
        and own is not None
        and own._replace(consensus=how.consensus) == how
        and near.respondents == respondents
    )


def _shown(
    questionnaire: Questionnaire, form: Form, respondents: tuple[Respondent, ...], how: Consolidation
) -> Shown:
    if how.anonymous:
        return suppressed(questionnaire, form, respondents, how.missing)
    return everything(questionnaire, form, respondents)


def _functions(
    questionnaire: Questionnaire, form: Form, questions: QuestionScores, near: Profile | None
) -> tuple[FunctionResult, ...]:
    if near is None or near.form is not form:
        return tuple([_rate(questionnaire, form, function, questions) for function in form.functions])
    own = near.questions
    return tuple(
        [
            result
            if all([questions[name] == own[name] for name in result.function.question_ids])
            else _rate(questionnaire, form, result.function, questions)
            for result in near.functions
        ]
    )


def _rate(
    questionnaire: Questionnaire, form: Form, function: Function, questions: QuestionScores
) -> FunctionResult:
    return rate_function(function, questions, form.rule, questionnaire.max_level, questionnaire.lenses)


def _verdict(
    questionnaire: Questionnaire,
    form: Form,
    questions: QuestionScores,
    functions: Sequence[FunctionResult],
) -> Verdict:
    definition = questionnaire.definition
    parts = clauses({f.function.id: f.level for f in functions if f.function.scored}, definition.level)
    return Verdict(
        status=verdict_status(parts, definition.min_applicable),
        clauses=parts,
        blocking=blocking(functions, definition.level, form.rule.max_shortfall),
        if_nothing_excluded=_if_nothing_excluded(questionnaire, form, questions, functions),
    )


def _if_nothing_excluded(
    questionnaire: Questionnaire,
    form: Form,
    questions: QuestionScores,
    functions: Sequence[FunctionResult],
) -> Unexcluded:
    """The verdict when every not-applicable question counts at its least (§6)."""
    levels: dict[str, Level | None] = {
        f.function.id: function_level(without_exclusions(f, questions), form.rule, questionnaire.max_level)
        if f.counts.not_applicable and f.function.counted
        else f.level
        for f in functions
        if f.function.scored
    }
    definition = questionnaire.definition
    status = verdict_status(clauses(levels, definition.level), definition.min_applicable)
    least = least_level([level for level in levels.values() if level is not None])
    return Unexcluded(status, least.low if least else None)


def without_exclusions(result: FunctionResult, questions: QuestionScores) -> list[Rated]:
    """A function's scored capabilities if every not-applicable question counted at its least, 0 (§6)."""
    counted = {
        name: AT_ITS_LEAST if questions[name].score is None else questions[name]
        for name in result.function.question_ids
    }
    ratings = [rate_capability(capability, counted) for capability in result.function.counted]
    return [rated for rated in ratings if rated is not None]
