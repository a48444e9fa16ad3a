"""Why it moved since an earlier result: the parts of the change as a waterfall, and the answers of each."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.reports.changes import (
    MovedFunction,
    MovedLens,
    moved_functions,
    moved_lenses,
    signed,
    value_said,
)
from app.reports.reading import Reading
from app.reports.sides import Part, part_of
from app.reports.speech import DASH, sentence
from scoring.comparison.shapes import (
    AnswerStateDocument,
    ChangesDocument,
    ComparedSideDocument,
    ComparisonDocument,
    MovedQuestionDocument,
)
from scoring.presentation.display import ScoreDocument

WIDTH, EDGE, LEAST = 220.0, 4.0, 1.5
NAMED = 3
CONVENTION = "order_is_convention"


class Bar(NamedTuple):
    """A step of the waterfall in px; `low` and `high` are those of a whole."""

    start: float
    width: float
    low: float | None = None
    high: float | None = None


class MovedStep(NamedTuple):
    """A result, or a part of the change between two."""

    name: str
    figure: str
    bar: Bar | None
    remark: str
    is_whole: bool


class MovedAnswer(NamedTuple):
    """A question whose answer moved, from what to what."""

    name: str
    way: str


class MovedGroup(NamedTuple):
    """The answers of a function that moved."""

    function: str
    answers: Sequence[MovedAnswer]


class MovedPart(NamedTuple):
    """Everything about the change."""

    title: str
    said: str
    verdict: str
    steps: Sequence[MovedStep]
    functions: Sequence[MovedFunction]
    lenses: Sequence[MovedLens]
    in_both: str | None
    answers_title: str
    groups: Sequence[MovedGroup]
    notices: Sequence[str]


def moved_part(reading: Reading) -> MovedPart | None:
    """Why it moved; `None` where there is no earlier result, or where nothing has changed since."""
    moved, speech = reading.beyond.moved, reading.speech
    if moved is None:
        return None
    comparison, day = moved.comparison, speech.date(moved.day)
    answers = [*_moved(comparison)]
    if not answers and _rules(comparison["before"]) == _rules(comparison["after"]):
        return None
    told = speech("moved_named", name=moved.name, day=day) if moved.name else day
    return MovedPart(
        _title(comparison, day, reading),
        speech("moved_said", before=told, progress=speech("part_answers_changed")),
        _verdict(comparison, reading),
        [*_steps(comparison, reading)],
        [*moved_functions(comparison, reading)],
        [*moved_lenses(comparison, reading)],
        _in_both(comparison, reading),
        speech("answers_moved", n=len(answers)),
        [*_groups(answers, reading)],
        [notice["detail"] for notice in comparison["notices"] if notice["code"] != CONVENTION],
    )


def _rules(side: ComparedSideDocument) -> tuple[object, str]:
    """By what a side is scored."""
    return side["questionnaire"], side["tier"]


def _title(comparison: ComparisonDocument, day: str, reading: Reading) -> str:
    speech, index = reading.speech, comparison["overall"]["index"]
    ends = [value_said(index[end], reading) for end in ("before", "after")]
    if DASH in ends:
        return speech("moved_since", day=day)
    return speech("moved_index" if ends[0] != ends[1] else "moved_index_same", before=ends[0], after=ends[1])


def _verdict(comparison: ChangesDocument, reading: Reading) -> str:
    status = comparison["verdict"]["status"]
    before, after = reading.verdict_said(status["before"]), reading.verdict_said(status["after"])
    return reading.speech("verdict_moved" if before != after else "verdict_same", before=before, after=after)


def _steps(comparison: ComparisonDocument, reading: Reading) -> Iterator[MovedStep]:
    speech, index = reading.speech, comparison["overall"]["index"]
    scale = _Scale(comparison)
    yield _whole("before", index["before"], scale, reading)
    at = index["before"]["value"] if index["before"] else None
    for part in comparison["order"]:
        value = index["parts"][part]["value"]
        bar = None if at is None or value is None else scale.bar(at, at + value)
        at = None if at is None or value is None else at + value
        figure = DASH if value is None else signed(value, reading)
        yield MovedStep(
            speech(f"part_{part}"), figure, bar, _remark(comparison, part, reading), is_whole=False
        )
    yield _whole("after", index["after"], scale, reading)


def _whole(name: str, score: ScoreDocument | None, scale: "_Scale", reading: Reading) -> MovedStep:
    speech = reading.speech
    if score is None:
        return MovedStep(speech(f"moved_{name}"), DASH, None, "", is_whole=True)
    is_open = score["low"] != score["high"]
    remark = speech("possible", span=speech.span(score["low"], score["high"])) if is_open else ""
    bar = None
    if score["value"] is not None:
        at, low, high = (scale.x(each) for each in (score["value"], score["low"], score["high"]))
        bar = Bar(at, 0, low, high) if is_open else Bar(at, 0)
    return MovedStep(speech(f"moved_{name}"), value_said(score, reading), bar, remark, is_whole=True)


class _Scale:
    """The index from the least to the greatest that the waterfall passes."""

    def __init__(self, comparison: ComparisonDocument) -> None:
        index = comparison["overall"]["index"]
        ends = [score for score in (index["before"], index["after"]) if score is not None]
        passed = [score[key] for score in ends for key in ("low", "high")]
        at = index["before"]["value"] if index["before"] else None
        for part in comparison["order"]:
            value = index["parts"][part]["value"]
            at = None if at is None or value is None else at + value
            passed += [] if at is None else [at]
        self.least = min(passed, default=0.0)
        self.span = max(max(passed, default=0.0) - self.least, 1.0)

    def x(self, value: float) -> float:
        """Where it stands, in px."""
        return round(EDGE + (WIDTH - 2 * EDGE) * (value - self.least) / self.span, 1)

    def bar(self, start: float, end: float) -> Bar:
        """From one to the other, wide enough to be seen."""
        left, right = sorted((self.x(start), self.x(end)))
        return Bar(left, round(max(right - left, LEAST), 1))


def _remark(comparison: ComparisonDocument, part: str, reading: Reading) -> str:
    """Which questions a part is of, where they are few; else how many."""
    moved = [question for own, question in _moved(comparison) if own == part]
    if part == "rules":
        before, after = comparison["before"]["questionnaire"], comparison["after"]["questionnaire"]
        key = "rules_same" if before == after else "rules_other"
        return reading.speech(key, before=before["version"], after=after["version"])
    if len(moved) > NAMED:
        return reading.speech("questions_n", n=len(moved))
    return reading.speech.listed([reading.question_name(question["question"]) for question in moved])


def _moved(comparison: ComparisonDocument) -> Iterator[tuple[str, MovedQuestionDocument]]:
    """Every question that moved, with its part."""
    questions = comparison["questions"]
    for part in comparison["order"]:
        if part != "rules":
            yield from ((part, question) for question in questions[part])


def _groups(answers: Sequence[tuple[str, MovedQuestionDocument]], reading: Reading) -> Iterator[MovedGroup]:
    """The answers by function, in the order of the questionnaire."""
    places = {name: place for place, name in enumerate(reading.words.capability_names)}
    ordered = sorted((q for _, q in answers), key=lambda q: places.get(q["question"], len(places)))
    named = [q for q in ordered if q["question"] in places]
    for function, own in groupby(named, lambda q: reading.function_of(q["question"])["name"]):
        yield MovedGroup(function, [_answer(question, reading) for question in own])


def _answer(question: MovedQuestionDocument, reading: Reading) -> MovedAnswer:
    low, high = (_state(question[end], reading) for end in ("before", "after"))
    return MovedAnswer(
        reading.question_name(question["question"]), reading.speech("from_to", low=low, high=high)
    )


def _state(answer: AnswerStateDocument, reading: Reading) -> str:
    score = answer["score"]
    if answer["state"] != "answered" or score is None or score["value"] is None:
        return reading.speech(f"moved_{answer['state']}")
    return reading.speech.short(score["value"])


def _in_both(comparison: ComparisonDocument, reading: Reading) -> str | None:
    """What has moved by the answers of those alone who answered both times (§13)."""
    both, who, speech = comparison["in_both"], comparison["respondents"], reading.speech
    if both is None or who is None:
        return None
    index = both["overall"]["index"]
    before, after = (value_said(index[end], reading) for end in ("before", "after"))
    said = [speech("both_index", n=who["stayed"], before=before, after=after), _verdict(both, reading)]
    moves = [f"{function.name} {function.change}" for function in moved_functions(both, reading)]
    return " ".join([*said, speech("both_means", moves=speech.listed(moves))])


def moved_content(reading: Reading) -> Part | None:
    """Why it moved, for a document."""
    part, speech = moved_part(reading), reading.speech
    if part is None:
        return None
    return part_of(
        "moved",
        speech("moved_nav"),
        part.title,
        part.said,
        verdict=part.verdict,
        columns=[speech("part_column"), speech("index_column"), speech("questions_column")],
        steps=[step._asdict() | {"bar": None} for step in part.steps],
        function_columns=[speech(c) for c in ("function", "before_column", "after_column", "mean_change")],
        functions=[function._asdict() for function in part.functions],
        lens_columns=[speech(c) for c in ("lens", "before_column", "after_column", "mean_change")],
        lenses=[lens._asdict() for lens in part.lenses],
        in_both=part.in_both,
        in_both_title=speech("both_title"),
        answers_title=sentence(part.answers_title),
        groups=[(g.function, [(a.name, a.way) for a in g.answers]) for g in part.groups],
        notices=part.notices,
    )
