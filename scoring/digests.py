"""What a result was made of, and what it says, as digests over whole points and codes (§10)."""

from typing import Any

from scoring.canonical import digest
from scoring.form import DONT_KNOW, Answer
from scoring.levels import Rated
from scoring.profile import SCORING_VERSION, FunctionResult, Profile


def answers_digest(profile: Profile) -> str:
    """Digest of the answers by id, without comments, evidence or the order they came in."""
    answers = {name: _code(answer) for name, answer in profile.answers.items()}
    return digest([{"answers": answers, "self_rating": profile.self_rating}])


def _code(answer: Answer) -> str | list[str | None]:
    if answer.reason is not None:
        return ["not_applicable", answer.reason]
    return answer.option or DONT_KNOW


def result_digest(profile: Profile, answers: str) -> str:
    """Digest of the profile's language-free part: the same in every language.

    It covers what was asked (questionnaire, tier, targets, digest of the answers) and what came out
    (counts, verdict, scores in points and levels of every node, gaps in their order).
    """
    verdict, overall = profile.verdict, profile.overall
    return digest(
        {
            "questionnaire": profile.questionnaire.digest,
            "scoring_version": SCORING_VERSION,
            "tier": profile.form.tier,
            "targets": profile.targets,
            "answers": answers,
            "counts": list(profile.counts),
            "verdict": [
                verdict.status,
                [list(clause) for clause in verdict.clauses],
                [[function, capabilities] for function, capabilities in verdict.blocking],
                list(verdict.if_nothing_excluded),
            ],
            "overall": [_list(overall.score), _list(overall.level)],
            "lenses": {lens: _list(score) for lens, score in profile.lenses.items()},
            "functions": {f.function.id: _function(f) for f in profile.functions},
            "gaps": [
                [g.capability.id, g.target, list(g.gap), g.breaks_floor, g.effort, g.gain]
                for g in profile.gaps
            ],
        }
    )


def _function(result: FunctionResult) -> list[Any]:
    return [
        _list(result.score),
        _list(result.level),
        {lens: _list(score) for lens, score in result.lenses.items()},
        {capability.id: _rated(rated) for capability, rated in result.capabilities},
    ]


def _rated(rated: Rated | None) -> list[int | None] | None:
    return None if rated is None else list(rated.score)


def _list(numbers: tuple[int | None, ...] | None) -> list[int | None] | None:
    return None if numbers is None else list(numbers)
