"""Which open questions settle most: of the overall range, of the clauses, of the verdict."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

from scoring.arithmetic import Score
from scoring.levels import Level
from scoring.method.rating import FunctionResult, rate_overall
from scoring.method.verdict import clause_status
from scoring.outlook.decisive import Names, Questions, fewest_to_deny, fewest_to_meet
from scoring.outlook.standing import with_points
from scoring.profile import Profile
from scoring.respondents.responses import Respondent

Asker = str | tuple[str, ...]  # a role; of somebody without one, the functions that he or she is asked about
Asked = Mapping[Asker, AbstractSet[str]]  # ids of questions


class OpenQuestion(NamedTuple):
    """An open question and what an answer to it alone can settle.

    `if_least`, `if_greatest`: points by which the overall range narrows then · `decides`: what it can make of
    its function's clause, which is undetermined.
    """

    question: str
    if_least: int
    if_greatest: int
    decides: tuple[Literal["met", "not_met"], ...]

    @property
    def narrows(self) -> int:
        """The most that it narrows the overall range, in points."""
        return max(self.if_least, self.if_greatest)


class Deciding(NamedTuple):
    """The fewest open questions that can decide the verdict, and what it is then."""

    verdict: Literal["met", "not_met"]
    questions: Names


class Outlook(NamedTuple):
    """Open questions in the order to ask them, and whom to ask which: by role, and by functions without one.

    First come those that can decide the verdict, then those of undetermined clauses, then the rest; in each
    those that can narrow the overall range most, then the questionnaire's order.
    """

    questions: tuple[OpenQuestion, ...]
    deciding: Deciding | None
    by_role: Mapping[str, Names]
    by_functions: Mapping[Names, Names]


def next_questions(profile: Profile) -> Outlook:
    """What to find out next. Nothing is open where the profile has no ranges."""
    found = [*_open(profile)]
    deciding = _deciding(profile)
    first = set(deciding.questions if deciding else ())
    undecided = {
        name
        for result in profile.functions
        if _is_undetermined(profile, result)
        for name in result.function.question_ids
    }
    ordered = sorted(found, key=lambda q: (q.question not in first, q.question not in undecided, -q.narrows))
    whom = _whom(profile, [q.question for q in ordered])
    by_role = {asker: names for asker, names in whom.items() if isinstance(asker, str)}
    by_functions = {asker: names for asker, names in whom.items() if not isinstance(asker, str)}
    return Outlook(tuple(ordered), deciding, by_role, by_functions)


def _whom(profile: Profile, questions: Sequence[str]) -> Mapping[Asker, Names]:
    """Whom to ask: who takes part and has not said yet, else a role that nobody has.

    Where there is neither, those who take part and did not know; where nobody of them is asked, any role.
    """
    by_role = profile.questionnaire.asked_by_role[profile.form.tier]
    known: Asked = {role: by_role[role] for role in by_role}
    present: dict[Asker, AbstractSet[str]] = {}
    waiting: dict[Asker, AbstractSet[str]] = {}
    for respondent in profile.respondents if profile.consolidation is not None else ():
        asker = respondent.role or _functions_of(profile, respondent)
        present[asker] = present.get(asker, frozenset()) | respondent.asked
        silent = respondent.asked - respondent.answers.keys()
        waiting[asker] = waiting.get(asker, frozenset()) | silent
    everything = {
        asker for asker, names in {**known, **present}.items() if names >= profile.form.question_ids
    }
    absent = {role: known[role] for role in known if role not in present and role not in everything}
    found: dict[Asker, list[str]] = {asker: [] for asker in (*known, *present)}
    for question in questions:
        nearest = (_nearest(question, asked, everything) for asked in (waiting, absent, present, known))
        for asker in next(filter(None, nearest), ()):
            found[asker].append(question)
    return {asker: tuple(names) for asker, names in found.items() if names}


def _functions_of(profile: Profile, respondent: Respondent) -> Names:
    """The functions that somebody is asked about, in the questionnaire's order."""
    return tuple(f.id for f in profile.form.functions if not respondent.asked.isdisjoint(f.question_ids))


def _nearest(question: str, asked: Asked, everything: AbstractSet[Asker]) -> Sequence[Asker]:
    """Those who are asked it; where each is asked everything, the first of them."""
    askers = [asker for asker, names in asked.items() if question in names]
    return [asker for asker in askers if asker not in everything] or askers[:1]


def _open(profile: Profile) -> Iterator[OpenQuestion]:
    overall = profile.overall.score
    for place, result in enumerate(profile.functions):
        for name in result.function.question_ids:
            score = profile.questions[name].score
            if score is None or score.low == score.high:
                continue
            least = with_points(profile, result, name, score.low)
            greatest = with_points(profile, result, name, score.high)
            low, high = _overall(profile, place, least), _overall(profile, place, greatest)
            falls = overall.high - low.high if overall and low else 0
            rises = high.low - overall.low if overall and high else 0
            decides = _decides(profile, result, least.level, greatest.level)
            yield OpenQuestion(name, falls, rises, decides)


def _decides(
    profile: Profile, result: FunctionResult, least: Level | None, greatest: Level | None
) -> tuple[Literal["met", "not_met"], ...]:
    if not _is_undetermined(profile, result):
        return ()
    integrated = profile.questionnaire.definition.level
    found: list[Literal["met", "not_met"]] = []
    if clause_status(greatest, integrated) == "met":
        found.append("met")
    if clause_status(least, integrated) == "not_met":
        found.append("not_met")
    return tuple(found)


def _overall(profile: Profile, place: int, result: FunctionResult) -> Score | None:
    functions = [result if n == place else other for n, other in enumerate(profile.functions)]
    return rate_overall(functions).score


def _is_undetermined(profile: Profile, result: FunctionResult) -> bool:
    level = profile.questionnaire.definition.level
    return result.function.scored and clause_status(result.level, level) == "undetermined"


def _deciding(profile: Profile) -> Deciding | None:
    """Denied by one clause, or met by all: whichever takes fewer questions; `None` where it is decided."""
    if profile.verdict.status != "undetermined":
        return None
    questions: Questions = dict(profile.questions)
    level, rule = profile.questionnaire.definition.level, profile.form.rule
    open_clauses = [r.function for r in profile.functions if _is_undetermined(profile, r)]
    met: Names | None = ()
    denied: Names | None = None
    for function in open_clauses:
        meets = fewest_to_meet(function, questions, rule, level)
        met = None if met is None or meets is None else met + meets
        denies = fewest_to_deny(function, questions, rule, level)
        if denies is not None and (denied is None or len(denies) < len(denied)):
            denied = denies
    if met is not None and (denied is None or len(met) <= len(denied)):
        return Deciding("met", met)
    return None if denied is None else Deciding("not_met", denied)
