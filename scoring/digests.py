"""What a result was made of, and what it says, as digests over whole points and codes (§10)."""

from typing import Any

from scoring.canonical import digest
from scoring.method.rating import FunctionResult
from scoring.profile import SCORING_VERSION, Profile
from scoring.questionnaire.form import DONT_KNOW, Answer
from scoring.respondents.responses import Respondent


def answers_digest(profile: Profile) -> str:
    """Digest of the answers by id, without comments or evidence, whatever order anything came in.

    In an anonymous assessment it is that of the consolidated answers: with a digest of each person's
    answers, anybody could try out what they were.
    """
    if profile.consolidation is not None and profile.consolidation.anonymous:
        return digest(dict(profile.questions))
    own = [_respondent(profile, respondent) for respondent in profile.respondents]
    return digest(own if len(own) == 1 else sorted(own, key=digest))


def _respondent(profile: Profile, respondent: Respondent) -> dict[str, Any]:
    said: dict[str, Any] = {
        "answers": {name: _code(answer) for name, answer in respondent.answers.items()},
        "self_rating": respondent.self_rating,
    }
    if respondent.importance is not None:  # digests from before there was an importance stay
        said |= {"importance": respondent.importance}
    if profile.consolidation is not None:
        said |= {"role": respondent.role, "functions": respondent.functions}
    return said


def _code(answer: Answer) -> str | list[str | None]:
    if answer.reason is not None:
        return ["not_applicable", answer.reason]
    return answer.option or DONT_KNOW


def result_digest(profile: Profile, answers: str) -> str:
    """Digest of the profile's language-free part: the same in every language.

    It covers what was asked (questionnaire, tier, targets, digest of the answers, consolidation, and rules
    that are not the questionnaire's own) and what came out (counts, verdict, scores in points and levels of
    every node, gaps in their order, spread and perception gaps).
    """
    return digest(_asked(profile, answers) | _came_out(profile))


def _asked(profile: Profile, answers: str) -> dict[str, Any]:
    return {
        "questionnaire": profile.questionnaire.digest,
        "scoring_version": SCORING_VERSION,
        "tier": profile.form.tier,
        "targets": profile.targets,
        "answers": answers,
        "consolidation": _consolidation(profile),
        **_other_rules(profile),
    }


def _other_rules(profile: Profile) -> dict[str, Any]:
    """Weights and gate where they are not the questionnaire's own."""
    form, own = profile.form, profile.questionnaire.form_of(profile.form.tier)
    if form is own or form == own:
        return {}
    weights = [
        [
            (f.id, f.weight),
            *((c.id, c.weight, [(q.id, q.weight) for q in c.questions]) for c in f.capabilities),
        ]
        for f in form.functions
    ]
    return {"weights": weights, "level_rule": [form.rule.coverage_percent, form.rule.max_shortfall]}


def _came_out(profile: Profile) -> dict[str, Any]:
    verdict, overall = profile.verdict, profile.overall
    return {
        "counts": profile.counts,
        "verdict": [verdict.status, verdict.clauses, verdict.blocking, verdict.if_nothing_excluded],
        "overall": [overall.score, overall.level],
        "lenses": list(profile.lenses.items()),
        "functions": [_function(result) for result in profile.functions],
        "gaps": [[g.capability.id, g.target, g.gap, g.breaks_floor, g.effort, g.gain] for g in profile.gaps],
        "spread": profile.spread,
        "perception": [profile.collaboration.gaps, profile.collaboration.apart],
    }


def _function(result: FunctionResult) -> list[object]:
    capabilities = [[capability.id, rated and rated.score] for capability, rated in result.capabilities]
    return [result.function.id, result.score, result.level, list(result.lenses.values()), capabilities]


def _consolidation(profile: Profile) -> list[object] | None:
    how = profile.consolidation
    if how is None:
        return None
    settled = {name: consensus.option for name, consensus in how.consensus.items()}
    scope = [] if how.scope is None else [list(how.scope)]  # digests from before there were scopes stay
    return [how.policy, settled, how.anonymous, *scope]
