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

Asked = Mapping[str | None, AbstractSet[str]]  # ids of questions by role


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
    """Open questions in the order to ask them, and by role those of them that it is to be asked.

    First come those that can decide the verdict, then those of undetermined clauses, then the rest; in each
    those that can narrow the overall range most, then the questionnaire's order.
    """

    questions: tuple[OpenQuestion, ...]
    deciding: Deciding | None
    by_role: Mapping[str, Names]


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
    return Outlook(tuple(ordered), deciding, _by_role(profile, [q.question for q in ordered]))


def _by_role(profile: Profile, questions: Sequence[str]) -> Mapping[str, Names]:
    """Whom to ask: who takes part and has not said yet, else a role that nobody has.

    Where there is neither, those who take part and did not know; where nobody of them is asked, any role.
    """
    known: Asked = profile.questionnaire.asked_by_role[profile.form.tier]
    present: dict[str | None, AbstractSet[str]] = {}
    waiting: dict[str | None, AbstractSet[str]] = {}
    for respondent in profile.respondents if profile.consolidation is not None else ():
        role, silent = respondent.role, respondent.asked - respondent.answers.keys()
        if role is not None:
            present[role] = present.get(role, frozenset()) | respondent.asked
            waiting[role] = waiting.get(role, frozenset()) | silent
    everything = {role for role, names in {**known, **present}.items() if names >= profile.form.question_ids}
    absent = {role: known[role] for role in known if role not in present and role not in everything}
    found: dict[str | None, list[str]] = {role: [] for role in known}
    for question in questions:
        nearest = (_nearest(question, asked, everything) for asked in (waiting, absent, present, known))
        for role in next(filter(None, nearest), ()):
            found[role].append(question)
    return {str(role): tuple(names) for role, names in found.items() if names}


def _nearest(question: str, asked: Asked, everything: AbstractSet[str | None]) -> Sequence[str | None]:
    """The roles that are asked it; where each is asked everything, the first of them."""
    roles = [role for role, names in asked.items() if question in names]
    return [role for role in roles if role not in everything] or roles[:1]


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
