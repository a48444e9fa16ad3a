"""How several respondents' answers became one, and how far they lie apart: steps of a trace (§8, §9).

Of an anonymous assessment there are no steps below a consolidated answer: they would show what is hidden.
"""

from collections.abc import Collection, Iterator, Sequence

from scoring.arithmetic import POINTS_PER_LEVEL, Score, weighted_mean
from scoring.method.rating import rate_capability
from scoring.profile import Profile
from scoring.questionnaire.form import Answer, Question, QuestionScore
from scoring.respondents.agreement import PAIR
from scoring.respondents.collaboration import Collaboration, Side, SideAnswer, section_score
from scoring.respondents.consolidate import Consolidation, Heard, Policy, Voices, consolidate, hear
from scoring.respondents.ratings import Rating
from scoring.respondents.responses import Respondent
from scoring.respondents.shown import members_by_side
from scoring.respondents.spread import QuestionSpread
from scoring.respondents.study import company_share, study_figures
from scoring.trace.steps import Input, Step, make_step, means, unknown

ENDS = ("low", "high")
UNKNOWN_STATES = ("dont_know", "not_applicable", "unanswered")


def consolidation_steps(number: str, question: Question, profile: Profile) -> Iterator[Step]:
    """Whose answers made a question's state and points, by which policy, or which consensus overrode them."""
    how = profile.consolidation
    if how is None:
        return
    voices = profile.heard[question.id]
    state, score = profile.questions[question.id]
    settled = how.consensus.get(question.id)
    if question.id not in profile.form.within(how.scope):
        yield make_step(f"{number}/state", "out_of_scope", [], state)
    elif settled is not None:
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
            for respondent, given in zip(voices.respondents, _states(voices), strict=True)
        ]
        yield make_step(f"{number}/state", "state", states, state)
        yield from _points(f"{number}/points", f"~{question.id}", question, voices, how.policy)


def _named(number: str, between: str, score: Score | None) -> Iterator[tuple[str, int | None]]:
    if score is not None:
        yield from ((number, score.value), (f"{between}/low", score.low), (f"{between}/high", score.high))


def _states(voices: Voices) -> list[str]:
    return ["unanswered" if answer is None else answer.reduced.state for answer in voices.answers]


def _points(number: str, between: str, question: Question, voices: Voices, policy: Policy) -> Iterator[Step]:
    """The policy over the known answers, and at each end with those still to come at their extreme."""
    score = consolidate(question, voices, policy).reduced.score
    if score is None:
        return
    if score.value is None:
        yield from unknown(number, between, question)
        return
    entries = list(zip(voices.respondents, voices.answers, strict=True))
    known: list[Input] = [
        {"role": respondent.role, "option": answer.option, "points": answer.points}
        for respondent, answer in entries
        if answer is not None and answer.option is not None
    ]
    yield make_step(number, policy, known, score.value)
    for end in ENDS:
        assumed = getattr(question.anything, end)
        waiting = [
            {"role": r.role, "option": None, "points": assumed} for r, answer in entries if answer is None
        ]
        yield make_step(f"{between}/{end}", policy, [*known, *waiting], getattr(score, end))


def respondents_steps(profile: Profile) -> Iterator[Step]:
    """Who has answered, spread and agreement."""
    spread, how = profile.spread, profile.consolidation
    if spread is None or how is None or how.anonymous:
        return
    everybody: list[Input] = [
        {"role": r.role, "asked": len(r.asked), "answered": len(r.answers), "submitted": r.has_submitted}
        for r in profile.respondents
    ]
    yield make_step("/respondents/asked", "asked", everybody, spread.asked)
    yield make_step("/respondents/submitted", "submitted", everybody, spread.submitted)
    for index, question in enumerate(spread.questions):
        yield from _spread(f"/respondents/questions/{index}", question, profile)
    for index, (name, alpha) in enumerate(spread.alpha.items()):
        points = {q: profile.heard[q].known for q in profile.form.function_of[name].question_ids}
        units: list[Input] = [{"id": q, "points": p} for q, p in points.items() if len(p) >= PAIR]
        yield make_step(f"/respondents/functions/{index}/alpha", "alpha", units, alpha)


def _inputs(values: Sequence[int]) -> list[Input]:
    return [{"points": value} for value in values]


def _spread(number: str, spread: QuestionSpread, profile: Profile) -> Iterator[Step]:
    voices = profile.heard[spread.question]
    states: list[Input] = [{"state": state} for state in _states(voices)]
    yield make_step(f"{number}/n", "count", states, spread.n, state="answered")
    for state in UNKNOWN_STATES:
        yield make_step(f"{number}/{state}", "count", states, getattr(spread, state), state=state)
    known = _inputs(voices.known)
    yield make_step(f"{number}/min", "least", known, spread.min)
    yield make_step(f"{number}/max", "greatest", known, spread.max)
    for index, (role, n, mean) in enumerate(spread.by_role):
        pairs = zip(voices.knowing, voices.known, strict=True)
        own = _inputs([points for respondent, points in pairs if respondent.role == role])
        yield make_step(f"{number}/by_role/{index}/n", "count", own, n)
        yield make_step(f"{number}/by_role/{index}/mean", "mean", own, mean)
    options = list(profile.form.question_of[spread.question].points.values())
    raters = profile.questionnaire.notices.raters
    yield make_step(f"{number}/r_wg", "r_wg", known, spread.r_wg, options=options, raters=raters)


def collaboration_steps(profile: Profile) -> Iterator[Step]:
    """Both sides, and where they differ."""
    how, collaboration = profile.consolidation, profile.collaboration
    if how is None:
        yield from _only_side("/collaboration/sides/0", collaboration.sides[0], profile)
    elif not how.anonymous:
        members = members_by_side(profile.questionnaire, profile.respondents)
        heard = {side: hear(profile.form, there) for side, there in members.items()}
        for index, side in enumerate(collaboration.sides):
            number, there = f"/collaboration/sides/{index}", members[side.id or ""]
            yield make_step(f"{number}/n", "answering", _answering(there, profile), side.n)
            yield from _side(number, f"~sides/{index}", side, heard[side.id or ""], profile)
        shown_only = profile.form.shown_only
        yield from _perception("/collaboration/perception", list(heard.items()), collaboration, shown_only)
        yield from _study(profile)


def _only_side(number: str, side: Side, profile: Profile) -> Iterator[Step]:
    """With one answer set the section's score is that of its functions, and its answers are theirs."""
    unscored = [result for result in profile.functions if not result.function.scored]
    if not unscored:
        return
    yield make_step(f"{number}/n", "answering", _answering(profile.respondents, profile), side.n)
    yield from _mean(f"{number}/score", [(f.function.id, f.function.weight, f.score) for f in unscored])
    for index, answer in enumerate(side.answers):
        at = f"{number}/answers/{index}"
        inputs: list[Input] = [{"option": answer.option, "points": answer.points}] if answer.option else []
        yield make_step(f"{at}/points", "answer" if inputs else "unknown", inputs, answer.points)
        yield from _side_answer(at, answer, profile.answers[answer.question])


def _answering(respondents: Sequence[Respondent], profile: Profile) -> list[Input]:
    """How many questions of the unscored functions each respondent has answered."""
    section = profile.form.unscored_ids
    return [{"role": r.role, "answered": len(section & r.answers.keys())} for r in respondents]


def _side(number: str, between: str, side: Side, heard: Heard, profile: Profile) -> Iterator[Step]:
    """The section's mean from this side's answers alone, from the questions up."""
    how = profile.consolidation or Consolidation()
    place = {answer.question: f"{number}/answers/{i}" for i, answer in enumerate(side.answers)}
    for answer in side.answers:
        yield from _side_answer(place[answer.question], answer, *heard[answer.question].given)
    questions: dict[str, QuestionScore] = {}
    functions = []
    for function in filter(lambda f: how.covers(f.id), profile.form.unscored):
        capabilities = []
        for capability in function.capabilities:
            for question in capability.questions:
                voices, at = heard[question.id], f"{between}/{question.id}"
                questions[question.id] = consolidate(question, voices, how.policy).reduced
                name = f"{place.get(question.id, at)}/points"
                yield from _points(name, at, question, voices, how.policy)
            parts = [(q.id, q.weight, questions[q.id].score) for q in capability.questions]
            yield from _mean(f"{between}/{capability.id}/score", parts)
            rated = rate_capability(capability, questions)
            if capability.scored:
                capabilities.append((capability.id, capability.weight, rated and rated.score))
        yield from _mean(f"{between}/{function.id}/score", capabilities)
        functions.append((function.id, function.weight, section_score([function], questions)))
    yield from _mean(f"{number}/score", functions)


def _side_answer(number: str, answer: SideAnswer, *given: Answer) -> Iterator[Step]:
    inputs: list[Input] = [{"option": said.option} for said in given if said.option is not None]
    yield make_step(f"{number}/n", "count", inputs, answer.n)
    for option, chosen in (answer.chosen or {}).items():
        yield make_step(f"{number}/chosen/{option}", "count", inputs, chosen, option=option)


def _mean(number: str, parts: Sequence[tuple[str, int, Score | None]]) -> Iterator[Step]:
    """The steps of a mean over what is applicable; none where nothing is."""
    known = [(name, weight, score) for name, weight, score in parts if score is not None]
    score = weighted_mean([(weight, part) for _, weight, part in known])
    if score is not None:
        yield from means(number, known, score)


def _perception(
    number: str,
    heard: Sequence[tuple[str, Heard]],
    collaboration: Collaboration,
    shown_only: Collection[str],
) -> Iterator[Step]:
    for index, gap in enumerate(collaboration.gaps):
        for (side, voices), mean in zip(heard, (gap.first, gap.second), strict=False):
            own = _inputs(voices[gap.question].known)
            yield make_step(f"{number}/questions/{index}/{side}", "mean", own, mean)
        both = _inputs([gap.first, gap.second])
        yield make_step(f"{number}/questions/{index}/difference", "minus", both, gap.difference)
    for index, (function, apart) in enumerate(collaboration.apart.items()):
        sizes: list[Input] = [
            {"question": gap.question, "points": abs(gap.difference)}
            for gap in collaboration.gaps
            if gap.function == function and gap.question not in shown_only
        ]
        yield make_step(f"{number}/functions/{index}/mean_difference", "mean", sizes, apart)


def _study(profile: Profile) -> Iterator[Step]:
    """The company's own share beside each figure."""
    for index, figure in enumerate(study_figures(profile.questionnaire, profile.form)):
        share = company_share(figure, profile.collaboration.sides)
        if share is not None:
            number = f"/collaboration/study/{index}/company"
            inputs: list[Input] = [{"points": share.chosen}, {"points": share.n}]
            yield make_step(f"{number}/n", "constant", [{"points": share.n}], share.n)
            yield make_step(f"{number}/percent", "percent", inputs, share.percent)


def rating_steps(number: str, rating: Rating | None, profile: Profile) -> Iterator[Step]:
    """The median of the ratings of one kind, the scored result on their scale, the distance between them."""
    score = profile.overall.score
    if rating is None:
        return
    ratings = _inputs([value for _, value in rating.values])
    rule = "median" if ratings else "anonymous"
    yield make_step(f"{number}/value", rule, ratings, rating.value)
    points: list[Input] = [] if score is None else [{"points": score.value}]
    top = profile.questionnaire.max_level
    yield make_step(f"{number}/scored_equivalent", "equivalent", points, rating.equivalent, max_level=top)
    both: list[Input] = [{"points": POINTS_PER_LEVEL * rating.value}, {"points": rating.equivalent}]
    yield make_step(f"{number}/difference", "minus", both, rating.difference)
