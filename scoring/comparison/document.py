"""A comparison as JSON: points as levels, the index on 0 to 100, ids beside words."""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, overload

from scoring.arithmetic import POINTS_PER_LEVEL, Score
from scoring.comparison.parts import Difference, ScoreChange, WordChange
from scoring.comparison.questions import ORDER, Paired, PartName
from scoring.comparison.replay import ClauseChange, Comparison, FunctionChange, NodeChange
from scoring.comparison.requests import Compared
from scoring.comparison.sentences import notices
from scoring.comparison.shapes import (
    AnswerStateDocument,
    CapabilityChangeDocument,
    ChangesDocument,
    ClauseChangeDocument,
    ComparedSideDocument,
    ComparisonDocument,
    DifferenceDocument,
    FunctionChangeDocument,
    LensChangeDocument,
    LevelChangeDocument,
    MovedQuestionDocument,
    ScoreChangeDocument,
)
from scoring.digests import answers_digest
from scoring.levels import Level
from scoring.presentation.display import ScoreDocument, show_level, show_score
from scoring.presentation.prepared import Prepared
from scoring.profile import Profile
from scoring.questionnaire.form import Form
from scoring.questionnaire.words import Words

TENTHS = 10
Word = TypeVar("Word")
Part = TypeVar("Part")
Shown = TypeVar("Shown")


@overload
def present_comparison(compared: Compared, words: Words, words_before: Words) -> ComparisonDocument: ...


@overload
def present_comparison(
    compared: Compared, words: Words, words_before: Words, prepared: Prepared
) -> Mapping[str, object]: ...


def present_comparison(
    compared: Compared, words: Words, words_before: Words, prepared: Prepared | None = None
) -> ComparisonDocument:
    """The comparison in the shape of `POST /v1/compare`.

    `words` are those of the later questionnaire; what only the earlier one has is called by `words_before`.
    With `prepared`, of the later one, some parts are encoded already: that is for an encoder, not for a
    reader.
    """
    whole, who = compared.whole, compared.who
    names = _Names(words, words_before, prepared)
    return {
        "order": ORDER,
        "before": _side(whole.before),
        "after": _side(whole.after),
        **_changes(whole, names),
        "respondents": None
        if who is None
        else {"joined": who.joined, "left": who.left, "stayed": who.stayed},
        "in_both": _changes(compared.in_both, names) if compared.in_both else None,
        "notices": notices(compared, words),
    }


class _Names:
    """What functions, capabilities and lenses are called, and what is encoded already."""

    def __init__(self, words: Words, before: Words, prepared: Prepared | None) -> None:
        self.prepared = prepared
        self.functions = ChainMap(words.functions, before.functions)
        self.lenses = ChainMap(words.lenses, before.lenses)
        self.capabilities = ChainMap(words.capabilities, before.capabilities)


def _side(profile: Profile) -> ComparedSideDocument:
    questionnaire = profile.questionnaire
    return {
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "digest": questionnaire.digest,
        },
        "tier": profile.form.tier,
        "answers": answers_digest(profile),
    }


def _changes(comparison: Comparison, names: _Names) -> ChangesDocument:
    moved = {part: _moved(pairs, comparison) for part, pairs in comparison.questions.items()}
    return {
        "overall": {
            "score": _score(comparison.overall.score),
            "index": _score(comparison.index, TENTHS),
            "level": _level(comparison.overall.level),
        },
        "functions": [_function(change, comparison.after.form, names) for change in comparison.functions],
        "lenses": [_lens(lens, change, names) for lens, change in comparison.lenses.items()],
        "verdict": {
            "status": {
                "before": comparison.verdict.before,
                "after": comparison.verdict.after,
                "parts": _by_part(
                    comparison.verdict.parts, lambda turn: {"from": turn.start, "to": turn.end}
                ),
            },
            "clauses": [_clause(change) for change in comparison.clauses],
        },
        "questions": {
            "applicability": moved["applicability"],
            "newly_answered": moved["newly_answered"],
            "no_longer_answered": moved["no_longer_answered"],
            "answers_changed": moved["answers_changed"],
        },
    }


def _function(change: FunctionChange, form: Form, names: _Names) -> FunctionChangeDocument:
    node = change.node
    return {
        "id": node.id,
        "name": names.functions[node.id],
        "score": _score(node.score),
        "level": _level(node.level),
        "capabilities": [_perhaps_prepared(own, form, names) for own in change.capabilities],
    }


def _perhaps_prepared(node: NodeChange, form: Form, names: _Names) -> CapabilityChangeDocument:
    """What stays as it is comes out alike for every comparison, where it is what an option is worth."""
    if names.prepared and node.stays:
        score = node.score.after
        if score is None or score in form.capability_of[node.id].rated_answers:
            return names.prepared.part(("stays", node.id, score), lambda: _capability(node, names))
    return _capability(node, names)


def _capability(node: NodeChange, names: _Names) -> CapabilityChangeDocument:
    return {
        "id": node.id,
        "name": names.capabilities[node.id].name,
        "score": _score(node.score),
        "level": _level(node.level),
    }


def _lens(lens: str, change: ScoreChange, names: _Names) -> LensChangeDocument:
    return {"id": lens, "name": names.lenses[lens], "score": _score(change)}


def _clause(change: ClauseChange) -> ClauseChangeDocument:
    status = change.status
    return {
        "function": change.function,
        "status": {
            "before": status.before,
            "after": status.after,
            "parts": _by_part(status.parts, lambda turn: {"from": turn.start, "to": turn.end}),
        },
    }


def _level(change: WordChange[Level | None]) -> LevelChangeDocument:
    before = show_level(change.before)
    return {
        "before": before,
        "after": before if change.before == change.after else show_level(change.after),
        "parts": _by_part(
            change.parts, lambda turn: {"from": show_level(turn.start), "to": show_level(turn.end)}
        ),
    }


def _by_part(parts: Sequence[Part], show: Callable[[Part], Shown]) -> Mapping[PartName, Shown]:
    """Each part as it is shown; where all are alike, what is shown once."""
    if parts.count(parts[0]) == len(parts):
        return dict.fromkeys(ORDER, show(parts[0]))
    return {name: show(part) for name, part in zip(ORDER, parts, strict=True)}


def _score(change: ScoreChange, unit: int = POINTS_PER_LEVEL) -> ScoreChangeDocument:
    before = _shown(change.before, unit)
    return {
        "before": before,
        "after": before if change.before == change.after else _shown(change.after, unit),
        "change": show_difference(change.change, unit),
        "parts": _by_part(change.parts, lambda part: show_difference(part, unit)),
    }


def _shown(score: Score | None, unit: int) -> ScoreDocument | None:
    if score is None:
        return None
    value, low, high = score
    return {"value": None if value is None else value / unit, "low": low / unit, "high": high / unit}


def show_difference(difference: Difference, unit: int) -> DifferenceDocument:
    """A difference in levels, or of the index; `unit` is what one of these is."""
    value, low, high, undefined = difference
    return {
        "value": None if value is None else value / unit,
        "low": None if low is None else low / unit,
        "high": None if high is None else high / unit,
        "undefined": None if undefined is None else {"before": undefined.before, "after": undefined.after},
    }


def _moved(pairs: Sequence[Paired], comparison: Comparison) -> list[MovedQuestionDocument]:
    return [
        {
            "question": pair.after,
            "before": _answer(pair.before, comparison.before),
            "after": _answer(pair.after, comparison.after),
        }
        for pair in pairs
    ]


def _answer(question: str, profile: Profile) -> AnswerStateDocument:
    state, score = profile.questions[question]
    answer = profile.answers.get(question)
    return {"state": state, "option": answer.option if answer else None, "score": show_score(score)}
