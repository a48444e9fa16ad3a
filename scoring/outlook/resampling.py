"""How often a standing is kept if other people had been asked: respondents drawn again from those there are.

The bootstrap over respondents (Efron, 1979): as many as there are, each time any of them, some twice and some
not at all. It says how much hangs on who was asked, and nothing of people who are unlike them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.method.rating import FunctionResult, rate_function, rate_overall
from scoring.outlook.standing import Standing, standing, standing_of
from scoring.outlook.weightings import draws, span
from scoring.profile import Profile
from scoring.questionnaire.form import Function, QuestionScore
from scoring.respondents.consolidate import OUT_OF_SCOPE, Consolidation, consolidate, hear_one
from scoring.respondents.responses import Respondent

SAMPLES, SEED = 1000, 1
LEAST_PEOPLE = 5

# What somebody says stands in a sample as often as he or she was drawn.
Drawn = tuple[int, ...]


class Resampled(NamedTuple):
    """Of all samples, how many keep what.

    `points`: those of the overall score that 5 in 100 samples fall below, and that 5 in 100 exceed; `None`
    where some sample knows nothing.
    """

    people: int
    functions: Mapping[str, int]
    overall: int
    verdict: int
    points: tuple[int, int] | None


def resampled(profile: Profile) -> Resampled | None:
    """Samples of those who have answered anything.

    `None` with fewer than five of them, with one answer set, and in an anonymous assessment, of whose
    respondents nothing is known one by one (§8).
    """
    how = profile.consolidation
    people = [respondent for respondent in profile.respondents if respondent.answers]
    if how is None or how.anonymous or len(people) < LEAST_PEOPLE:
        return None
    rating = _Rating(profile, how, people)
    own = standing_of(profile)
    kept: Counter[str] = Counter()
    overall = verdict = 0
    points: list[int] = []
    for sample in samples(len(people)):
        after, value = rating.of(sample)
        kept.update(name for name, level in after.functions.items() if level == own.functions[name])
        overall += after.overall == own.overall
        verdict += after.verdict == own.verdict
        if value is not None:
            points.append(value)
    spread = span(points) if len(points) == SAMPLES else None
    return Resampled(len(people), {name: kept[name] for name in own.functions}, overall, verdict, spread)


def samples(people: int) -> Sequence[Drawn]:
    """How often each is drawn, sample by sample."""
    places = [(int(number) >> 32) * people >> 32 for number in draws(SEED, SAMPLES * people)]
    drawn = [Counter(places[start : start + people]) for start in range(0, len(places), people)]
    return [tuple(sample[place] for place in range(people)) for sample in drawn]


class _Rating:
    """Samples rated by the engine's rules; what two samples have in common is rated once."""

    def __init__(self, profile: Profile, how: Consolidation, people: Sequence[Respondent]) -> None:
        self._profile, self._how, self._people = profile, how, people
        self._asked = {
            question.id: [n for n, respondent in enumerate(people) if question.id in respondent.asked]
            for question in profile.form.questions
        }
        self._scores: dict[tuple[str, Drawn], QuestionScore] = {}
        self._results: dict[tuple[str, tuple[QuestionScore, ...]], FunctionResult] = {}

    def of(self, sample: Drawn) -> tuple[Standing, int | None]:
        """Where the company stands by a sample, and the points of its overall score."""
        results = [self._function(function, sample) for function in self._profile.form.functions]
        levels = {r.function.id: r.level for r in results if r.function.scored}
        score = rate_overall(results).score
        return standing(self._profile, levels), score.value if score else None

    def _function(self, function: Function, sample: Drawn) -> FunctionResult:
        scores = tuple([self._score(name, sample) for name in function.question_ids])
        result = self._results.get((function.id, scores))
        if result is None:
            questions = dict(zip(function.question_ids, scores, strict=True))
            rule, top = self._profile.form.rule, self._profile.questionnaire.max_level
            result = rate_function(function, questions, rule, top, ())
            self._results[function.id, scores] = result
        return result

    def _score(self, name: str, sample: Drawn) -> QuestionScore:
        key = (name, tuple([sample[n] for n in self._asked[name]]))
        score = self._scores.get(key)
        if score is None:
            score = self._scores[key] = self._consolidated(name, sample)
        return score

    def _consolidated(self, name: str, sample: Drawn) -> QuestionScore:
        form, how = self._profile.form, self._how
        if name not in form.within(how.scope):
            return OUT_OF_SCOPE.reduced
        question, settled = form.question_of[name], how.consensus.get(name)
        if settled is not None:
            return question.by_option[settled.option].reduced
        drawn = [self._people[n] for n in self._asked[name] for _ in range(sample[n])]
        return consolidate(question, hear_one(name, drawn), how.policy).reduced
