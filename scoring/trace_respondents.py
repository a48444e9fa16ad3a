"""How several respondents' answers became one, and how far they lie apart: steps of a trace (§8, §9).

Of an anonymous assessment there are no steps below a consolidated answer: they would show what is hidden.
"""

from collections.abc import Iterator, Mapping, Sequence

from scoring.agreement import PAIR
from scoring.arithmetic import POINTS_PER_LEVEL, Score, weighted_mean
from scoring.collaboration import section_score
from scoring.consolidate import Policy, Said, consolidate, known_points
from scoring.form import Question, QuestionScore
from scoring.profile import Profile, QuestionSpread, Side, SideAnswer
from scoring.rating import rate_capability
from scoring.steps import Input, Step, make_step, means

ENDS = ("low", "high")
UNKNOWN_STATES = ("dont_know", "not_applicable", "unanswered")


def consolidation_steps(number: str, question: Question, profile: Profile) -> Iterator[Step]:
    """Whose answers made a question's state and points, by which policy, or which consensus overrode them."""
    how, said = profile.consolidation, profile.heard[question.id]
    state, score = profile.questions[question.id]
    if how is None:
        return
    settled = how.consensus.get(question.id)
    if settled is not None:
        points = question.points[settled.option]
        settled_on: list[Input] = [{"option": settled.option, "points": points}]
        yield make_step(f"{number}/state", "consensus_state", settled_on, state)
        yield make_step(f"{number}/points", "consensus", settled_on, points, rationale=settled.rationale)
    elif how.anonymous:
        yield make_step(f"{number}/state", "anonymous", [], state)
        for name, bound in _named(f"{number}/points", f"~{question.id}", score):
            yield make_step(name, "anonymous", [], bound)
    else:
        states: list[Input] = [
            {"role": respondent.role, "state": given}
            for (respondent, _), given in zip(said, _states(said), strict=True)
        ]
        yield make_step(f"{number}/state", "state", states, state)
        yield from _points(f"{number}/points", f"~{question.id}", question, said, how.policy)


def _named(number: str, between: str, score: Score | None) -> Iterator[tuple[str, int | None]]:
    if score is not None:
        yield from ((number, score.value), (f"{between}/low", score.low), (f"{between}/high", score.high))


def _states(said: Said) -> list[str]:
    return ["unanswered" if answer is None else answer.reduced.state for _, answer in said]


def _points(number: str, between: str, question: Question, said: Said, policy: Policy) -> Iterator[Step]:
    """The policy over the known answers, and at each end with those still to come at their extreme."""
    score = consolidate(question, [answer for _, answer in said], policy).reduced.score
    if score is None:
        return
    if score.value is None:
        options = [{"option": option, "points": points} for option, points in question.points.items()]
        yield make_step(number, "unknown", [], None)
        yield make_step(f"{between}/low", "least", options, score.low)
        yield make_step(f"{between}/high", "greatest", options, score.high)
        return
    known: list[Input] = [
        {"role": respondent.role, "option": answer.option, "points": question.points[answer.option]}
        for respondent, answer in said
        if answer is not None and answer.option is not None
    ]
    yield make_step(number, policy, known, score.value)
    for end in ENDS:
        assumed = getattr(question.anything, end)
        waiting = [
            {"role": r.role, "option": None, "points": assumed} for r, answer in said if answer is None
        ]
        yield make_step(f"{between}/{end}", policy, [*known, *waiting], getattr(score, end))


def respondents_steps(profile: Profile) -> Iterator[Step]:
    """Who has answered, spread and agreement."""
    spread, how = profile.spread, profile.consolidation
    if spread is None or how is None or how.anonymous:
        return
    everybody: list[Input] = [
        {"role": r.role, "asked": len(r.asked), "answered": len(r.answers)} for r in profile.respondents
    ]
    yield make_step("/respondents/asked", "asked", everybody, spread.asked)
    yield make_step("/respondents/submitted", "submitted", everybody, spread.submitted)
    for index, question in enumerate(spread.questions):
        yield from _spread(f"/respondents/questions/{index}", question, profile)
    for index, (name, alpha) in enumerate(spread.alpha.items()):
        points = {q: _known(profile.heard[q]) for q in profile.form.function_of[name].question_ids}
        units: list[Input] = [{"id": q, "points": p} for q, p in points.items() if len(p) >= PAIR]
        yield make_step(f"/respondents/functions/{index}/alpha", "alpha", units, alpha)


def _known(said: Said) -> list[int]:
    return known_points([answer for _, answer in said])


def _inputs(values: Sequence[int]) -> list[Input]:
    return [{"points": value} for value in values]


def _spread(number: str, spread: QuestionSpread, profile: Profile) -> Iterator[Step]:
    said = profile.heard[spread.question]
    states: list[Input] = [{"state": state} for state in _states(said)]
    yield make_step(f"{number}/n", "count", states, spread.n, state="answered")
    for state in UNKNOWN_STATES:
        yield make_step(f"{number}/{state}", "count", states, getattr(spread, state), state=state)
    known = _inputs(_known(said))
    yield make_step(f"{number}/min", "least", known, spread.min)
    yield make_step(f"{number}/max", "greatest", known, spread.max)
    for index, (role, n, mean) in enumerate(spread.by_role):
        own = _inputs(_known([(who, answer) for who, answer in said if who.role == role]))
        yield make_step(f"{number}/by_role/{index}/n", "count", own, n)
        yield make_step(f"{number}/by_role/{index}/mean", "mean", own, mean)
    options = list(profile.form.question_of[spread.question].points.values())
    raters = profile.questionnaire.notices.raters
    yield make_step(f"{number}/r_wg", "r_wg", known, spread.r_wg, options=options, raters=raters)


def collaboration_steps(profile: Profile) -> Iterator[Step]:
    """Both sides, where they differ, and the company's share beside the study's."""
    how = profile.consolidation
    if how is not None and how.anonymous:
        return
    for index, side in enumerate(profile.collaboration.sides):
        yield from _side(f"/collaboration/sides/{index}", f"~sides/{index}", side, profile)
    yield from _perception("/collaboration/perception", profile)


def _side(number: str, between: str, side: Side, profile: Profile) -> Iterator[Step]:
    unscored = [function for function in profile.form.functions if not function.scored]
    if not unscored and profile.consolidation is None:
        return
    section = {name for function in unscored for name in function.question_ids}
    members: list[Input] = [
        {"role": r.role, "answered": len(section & r.answers.keys())}
        for r in profile.respondents
        if _stands_on(side, r.role, profile)
    ]
    yield make_step(f"{number}/n", "answering", members, side.n)
    said_of = {
        question: [entry for entry in profile.heard[question] if _stands_on(side, entry[0].role, profile)]
        for question in section
    }
    for index, answer in enumerate(side.answers):
        yield from _side_answer(f"{number}/answers/{index}", answer, said_of[answer.question])
    yield from _side_score(number, between, side, said_of, profile)


def _stands_on(side: Side, role: str | None, profile: Profile) -> bool:
    if side.id is None:
        return True
    return any(entry.id == role and entry.side == side.id for entry in profile.questionnaire.roles)


def _side_answer(number: str, answer: SideAnswer, said: Said) -> Iterator[Step]:
    options = [given.option for _, given in said if given is not None and given.option is not None]
    inputs: list[Input] = [{"option": option} for option in options]
    yield make_step(f"{number}/n", "count", inputs, answer.n)
    for option, chosen in (answer.chosen or {}).items():
        yield make_step(f"{number}/chosen/{option}", "count", inputs, chosen, option=option)


def _side_score(
    number: str, between: str, side: Side, said_of: Mapping[str, Said], profile: Profile
) -> Iterator[Step]:
    """The section's mean from this side's answers alone, from the questions up."""
    policy = profile.consolidation.policy if profile.consolidation else "median"
    place = {answer.question: f"{number}/answers/{i}/points" for i, answer in enumerate(side.answers)}
    questions: dict[str, QuestionScore] = {}
    functions = []
    for function in (f for f in profile.form.functions if not f.scored):
        capabilities = []
        for capability in function.capabilities:
            for question in capability.questions:
                said = said_of[question.id]
                questions[question.id] = consolidate(question, [a for _, a in said], policy).reduced
                at = f"{between}/{question.id}"
                yield from _points(place.get(question.id, f"{at}/value"), at, question, said, policy)
            parts = [(q.id, q.weight, questions[q.id].score) for q in capability.questions]
            yield from _mean(f"{between}/{capability.id}/score", parts)
            rated = rate_capability(capability, questions)
            capabilities.append((capability.id, capability.weight, rated and rated.score))
        yield from _mean(f"{between}/{function.id}/score", capabilities)
        functions.append((function.id, function.weight, section_score([function], questions)))
    yield from _mean(f"{number}/score", functions)


def _mean(number: str, parts: Sequence[tuple[str, int, Score | None]]) -> Iterator[Step]:
    """The steps of a mean over what is applicable; none where nothing is."""
    known = [(name, weight, score) for name, weight, score in parts if score is not None]
    score = weighted_mean([(weight, part) for _, weight, part in known])
    if score is not None:
        yield from means(number, known, score)


def _perception(number: str, profile: Profile) -> Iterator[Step]:
    collaboration = profile.collaboration
    for index, gap in enumerate(collaboration.gaps):
        for side, mean in zip(collaboration.sides, (gap.first, gap.second), strict=False):
            said = profile.heard[gap.question]
            own = _known([entry for entry in said if _stands_on(side, entry[0].role, profile)])
            yield make_step(f"{number}/questions/{index}/{side.id}", "mean", _inputs(own), mean)
        both = _inputs([gap.first, gap.second])
        yield make_step(f"{number}/questions/{index}/difference", "minus", both, gap.difference)
    for index, (function, apart) in enumerate(collaboration.apart.items()):
        sizes: list[Input] = [
            {"question": gap.question, "points": abs(gap.difference)}
            for gap in collaboration.gaps
            if gap.function == function
        ]
        yield make_step(f"{number}/functions/{index}/mean_difference", "mean", sizes, apart)


def self_rating_steps(profile: Profile) -> Iterator[Step]:
    """The self-ratings' median, the scored result on their scale, and the distance between them."""
    rating, score = profile.self_rating, profile.overall.score
    if rating is None:
        return
    ratings = _inputs([value for _, value in rating.values])
    rule = "median" if ratings else "anonymous"
    yield make_step("/self_rating/value", rule, ratings, rating.value)
    points: list[Input] = [] if score is None else [{"points": score.value}]
    top = profile.questionnaire.max_level
    yield make_step("/self_rating/scored_equivalent", "equivalent", points, rating.equivalent, max_level=top)
    value = None if rating.value is None else POINTS_PER_LEVEL * rating.value
    both: list[Input] = [{"points": value}, {"points": rating.equivalent}]
    yield make_step("/self_rating/difference", "minus", both, rating.difference)
