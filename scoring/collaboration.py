"""Marketing beside IT: each side's view of the unscored functions, and where the sides differ (§8, §9)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from scoring.anonymity import is_enough, may_show
from scoring.arithmetic import Score, weighted_mean
from scoring.consolidate import Consolidation, Heard, Policy, consolidate, known_points, mean
from scoring.definition import Questionnaire
from scoring.form import Answer, Form, Function, Question, QuestionScore
from scoring.profile import Collaboration, PerceptionGap, Side, SideAnswer
from scoring.rating import rate_capability
from scoring.responses import Respondent

# A group's answers to each question; `None` stands for an answer still to come.
GroupAnswers = Mapping[str, Sequence[Answer | None]]

TWO_SIDES = 2


def find_collaboration(
    questionnaire: Questionnaire,
    form: Form,
    respondents: Sequence[Respondent],
    heard: Heard,
    consolidation: Consolidation | None,
) -> Collaboration:
    """The questionnaire's sides, and the perception gaps of the first two: all from original answers.

    With one answer set there is one side without a name, and no gap.
    """
    unscored = [function for function in form.functions if not function.scored]
    section = {name for function in unscored for name in function.question_ids}
    if consolidation is None:
        n = sum([not section.isdisjoint(respondent.answers) for respondent in respondents])
        everybody = {name: [answer for _, answer in said] for name, said in heard.items()}
        return Collaboration((Side(None, (), n, *_section(unscored, everybody, "median")),), (), {})
    side_of = {role.id: role.side for role in questionnaire.roles}
    by_side = answers_by_side(questionnaire, heard, anonymous=consolidation.anonymous)
    asked = {respondent.role for respondent in respondents if not section.isdisjoint(respondent.asked)}
    roles = {
        name: tuple([role for role, side in side_of.items() if side == name and role in asked])
        for name in by_side
    }
    sizes = Counter(
        side_of.get(respondent.role or "")
        for respondent in respondents
        if not section.isdisjoint(respondent.answers)
    )
    sides = tuple(
        Side(name, roles[name], sizes[name], *_section(unscored, answers, consolidation.policy))
        for name, answers in by_side.items()
    )
    if consolidation.anonymous:
        sides = tuple(_concealed(side, by_side, sizes) for side in sides)
    gaps = _perception_gaps(form, *list(by_side.values())[:TWO_SIDES]) if len(by_side) >= TWO_SIDES else []
    return Collaboration(sides, tuple(sorted(gaps, key=lambda gap: -abs(gap.difference))), _apart(gaps))


def answers_by_side(
    questionnaire: Questionnaire, heard: Heard, *, anonymous: bool
) -> dict[str, dict[str, Sequence[Answer | None]]]:
    """Each side's answers; in an anonymous assessment none to a question where it may not be shown."""
    side_of = {role.id: role.side for role in questionnaire.roles}
    sides = questionnaire.known_sides
    answers: dict[str, dict[str, Sequence[Answer | None]]] = {side: {} for side in sides}
    for question, said in heard.items():
        groups: dict[str | None, list[Answer | None]] = {side: [] for side in sides}
        others: list[Answer | None] = []
        for respondent, answer in said:
            groups.get(side_of.get(respondent.role or ""), others).append(answer)
        shown = [True] * len(sides)
        if anonymous:
            sizes = [len(known_points(groups[side])) for side in sides]
            shown = may_show(sizes, others=len(known_points(others)))
        for side, is_shown in zip(sides, shown, strict=True):
            answers[side][question] = groups[side] if is_shown else []
    return answers


def _section(
    unscored: Sequence[Function], answers: GroupAnswers, policy: Policy
) -> tuple[Score | None, tuple[SideAnswer, ...]]:
    """A side's score of the unscored functions, and its answers to their questions."""
    questions = [q for function in unscored for c in function.capabilities for q in c.questions]
    consolidated = {q.id: consolidate(q, answers[q.id], policy) for q in questions}
    said = [q for q in questions if answers[q.id].count(None) < len(answers[q.id])]
    return (
        section_score(unscored, {name: answer.reduced for name, answer in consolidated.items()}),
        tuple([_side_answer(q, consolidated[q.id], answers[q.id]) for q in said]),
    )


def section_score(unscored: Sequence[Function], questions: Mapping[str, QuestionScore]) -> Score | None:
    """The mean of the unscored functions; `None` where none is applicable (§4, §9)."""
    scores = []
    for function in unscored:
        ratings = [rate_capability(capability, questions) for capability in function.capabilities]
        score = weighted_mean([(rated.weight, rated.score) for rated in ratings if rated is not None])
        if score is not None:
            scores.append((function.weight, score))
    return weighted_mean(scores)


def _side_answer(question: Question, together: Answer, answers: Sequence[Answer | None]) -> SideAnswer:
    options = [answer.option for answer in answers if answer is not None and answer.option is not None]
    score = together.reduced.score
    chosen = {option: options.count(option) for option in question.points if option in options}
    return SideAnswer(question.id, score and score.value, together.option, len(options), chosen)


def _perception_gaps(form: Form, first: GroupAnswers, second: GroupAnswers) -> list[PerceptionGap]:
    """The questions that both sides answered, in the questionnaire's order (§8)."""
    gaps = []
    for function in form.functions:
        for question in function.question_ids:
            points = known_points(first[question]), known_points(second[question])
            if all(points):
                gaps.append(PerceptionGap(question, function.id, mean(points[0]), mean(points[1])))
    return gaps


def _apart(gaps: Sequence[PerceptionGap]) -> dict[str, int]:
    """By function, how far apart the sides are on average (§8)."""
    sizes: dict[str, list[int]] = {}
    for gap in gaps:
        sizes.setdefault(gap.function, []).append(abs(gap.difference))
    return {function: mean(differences) for function, differences in sizes.items()}


def _concealed(side: Side, by_side: Mapping[str, GroupAnswers], sizes: Mapping[str | None, int]) -> Side:
    """The side without counts of fewer than five people."""
    others = sum(size for name, size in sizes.items() if name not in by_side)
    shown = dict(zip(by_side, may_show([sizes.get(name, 0) for name in by_side], others), strict=True))
    answers = by_side[side.id or ""]
    return side._replace(
        n=side.n if shown[side.id or ""] else None,
        answers=tuple(_concealed_answer(answer, answers[answer.question]) for answer in side.answers),
    )


def _concealed_answer(answer: SideAnswer, answers: Sequence[Answer | None]) -> SideAnswer:
    states = Counter(given and given.reduced.state for given in answers)
    if not all(is_enough(count) for count in states.values()):
        return answer._replace(n=None, chosen=None)
    return (
        answer
        if all(is_enough(count) for count in (answer.chosen or {}).values())
        else answer._replace(chosen=None)
    )
