"""One chunk of answer sets, scored: the method's steps in the method's order (§3 to §7), as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.arithmetic import POINTS_PER_LEVEL, Score
from scoring.batch.arrays import (
    Bounds,
    Gate,
    Levels,
    Mask,
    Sums,
    absent_where,
    any_of,
    half_up,
    index,
    least_of,
    levels_of,
    mean,
    narrowest,
    nothing,
    together,
    weighted,
)
from scoring.batch.cells import Decoded
from scoring.batch.columns import CLAUSES, NONE, VERDICTS, gap_columns
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Capability, Form, Function

MET, NOT_MET, UNDETERMINED = (CLAUSES.index(s) for s in ("met", "not_met", "undetermined"))
DOES_NOT_APPLY = CLAUSES.index("not_applicable")
NOT_ASSESSABLE = VERDICTS.index("not_assessable")

Sheet = Mapping[str, NDArray[Any]]


class Rated(NamedTuple):
    """A capability of each row."""

    capability: Capability
    weight: int
    scores: Bounds
    levels: Levels


class Result(NamedTuple):
    """A function of each row: the sums that its mean comes from, that mean, the gate's levels, its cells.

    `unexcluded` are the levels if every not-applicable question counted at its least (§6).
    """

    function: Function
    weight: int
    sums: Sums
    scores: Bounds
    levels: Levels
    unexcluded: Levels
    cells: Mapping[str, Bounds]
    rated: Sequence[Rated]

    @property
    def can_apply(self) -> Mask:
        """Where it applies if nothing is excluded: nowhere if all of it is only shown (§2)."""
        return np.full_like(self.scores.applicable, bool(self.function.counted))


@dataclass(frozen=True)
class Chunk:
    """How to score: a tier of a questionnaire, into the columns of a sheet."""

    questionnaire: Questionnaire
    form: Form
    target_of: Mapping[str, int | None]
    sheet: Sheet

    @property
    def _top(self) -> int:
        return self.questionnaire.max_level * POINTS_PER_LEVEL

    @property
    def _points(self) -> np.dtype[Any]:
        return narrowest(self._top)

    def score(self, answers: Mapping[str, Decoded]) -> None:
        """Fill the sheet."""
        results = [self._function(function, answers) for function in self.form.functions]
        scored = [result for result in results if result.function.scored]
        overall = self._overall(scored) if scored else None
        if overall is None:
            self._no_overall()
        for result in results:
            for one in result.rated:
                counts = result.function.scored and one.capability.scored
                self._gap(one, result, overall if counts else None)
        states = [_states(answers, function.question_ids) for function in self.form.functions]
        for function, own in zip(self.form.functions, states, strict=True):
            self._write_counts(f"{function.id}.counts", own, len(function.question_ids))
        self._write_counts("counts", [sum(one) for one in zip(*states, strict=True)], len(answers))

    def _function(self, function: Function, answers: Mapping[str, Decoded]) -> Result:
        rated = [self._capability(capability, answers) for capability in function.capabilities]
        # Where all is only shown, a capability that applies nowhere stands for what counts.
        counted = [one for one in rated if one.capability.scored]
        counted = counted or [rated[0]._replace(scores=nothing(rated[0].scores))]
        groups: dict[str | None, list[tuple[int, Bounds]]] = {}
        for one in counted:
            groups.setdefault(one.capability.lens, []).append((one.weight, one.scores))
        by_lens = {lens: weighted(group, self._top) for lens, group in groups.items()}
        sums = together(list(by_lens.values()), self._top, sum(one.weight for one in counted))
        levels = self._gate(counted, [one.scores.applicable for one in counted])
        result = Result(
            function=function,
            weight=function.weight,
            sums=sums,
            scores=mean(sums, self._points),
            levels=levels,
            cells={lens: mean(part, self._points) for lens, part in by_lens.items() if lens is not None},
            rated=rated,
            unexcluded=self._unexcluded(counted, answers) if self._wants_unexcluded else levels,
        )
        self._write_scores(f"{function.id}.score", result.scores)
        self._write_levels(f"{function.id}.level", result.levels, result.scores.applicable)
        for lens in self.questionnaire.lenses:
            cell = result.cells.get(lens)
            self._write_scores(f"{function.id}.lenses.{lens}", cell or nothing(result.scores))
        return result

    def _capability(self, capability: Capability, answers: Mapping[str, Decoded]) -> Rated:
        if len(capability.questions) == 1:
            scores = answers[capability.questions[0].id].scores
        else:
            parts = [(q.weight, answers[q.id].scores) for q in capability.questions]
            scores = mean(weighted(parts, self._top), self._points)
        rated = Rated(capability, capability.weight, scores, levels_of(scores))
        self._write_scores(f"{capability.id}.score", scores)
        self._write_levels(f"{capability.id}.level", rated.levels, scores.applicable)
        return rated

    def _gate(self, rated: Sequence[Rated], applicable: Sequence[Mask]) -> Levels:
        rule, max_level = self.form.rule, self.questionnaire.max_level
        gate = Gate.of([one.weight for one in rated], applicable, rule.coverage_percent)
        return Levels(
            gate.levels([one.levels.low for one in rated], rule.max_shortfall, max_level),
            gate.levels([one.levels.high for one in rated], rule.max_shortfall, max_level),
        )

    @property
    def _wants_unexcluded(self) -> bool:
        return any(name.startswith("if_nothing_excluded.") for name in self.sheet)

    def _unexcluded(self, rated: Sequence[Rated], answers: Mapping[str, Decoded]) -> Levels:
        """A function's levels if every not-applicable question counted at its least, which is 0 (§6)."""
        counted = [self._counted(one, answers) for one in rated]
        return self._gate(counted, [one.scores.applicable for one in counted])

    def _counted(self, rated: Rated, answers: Mapping[str, Decoded]) -> Rated:
        everywhere = np.ones_like(rated.scores.applicable)
        if len(rated.capability.questions) == 1:
            return rated._replace(scores=rated.scores._replace(applicable=everywhere))
        parts = [
            (q.weight, answers[q.id].scores._replace(applicable=everywhere))
            for q in rated.capability.questions
        ]
        scores = mean(weighted(parts, self._top), self._points)
        return rated._replace(scores=scores, levels=levels_of(scores))

    def _overall(self, scored: Sequence[Result]) -> tuple[Sums, Bounds]:
        sums = weighted([(result.weight, result.scores) for result in scored], self._top)
        scores = mean(sums, self._points)
        self._write_scores("overall.score", scores)
        max_level = self.questionnaire.max_level
        self._write_scores("overall.index", index(scores, max_level))
        absent = [absent_where(result.scores.applicable) for result in scored]
        low, high = (
            least_of([result.levels[end] for result in scored], absent, max_level) for end in range(2)
        )
        self._write_levels("overall.level", Levels(low, high), scores.applicable)
        for lens in self.questionnaire.lenses:
            cells = [(result.weight, result.cells[lens]) for result in scored if lens in result.cells]
            mean_of_cells = mean(weighted(cells, self._top), self._points) if cells else nothing(scores)
            self._write_scores(f"lenses.{lens}", mean_of_cells)
        self._verdict(scored)
        return sums, scores

    def _no_overall(self) -> None:
        """Without a scored function there is nothing to say of the whole."""
        of_lenses = {
            f"lenses.{lens}.{bound}" for lens in self.questionnaire.lenses for bound in Score._fields
        }
        for name, column in self.sheet.items():
            if name in of_lenses or name.startswith(("overall.", "if_nothing_excluded.level")):
                column[...] = NONE
            elif name in {"verdict", "if_nothing_excluded.verdict"}:
                column[...] = NOT_ASSESSABLE

    def _verdict(self, scored: Sequence[Result]) -> None:
        clauses = [self._clause(result.levels, result.scores.applicable) for result in scored]
        for result, clause in zip(scored, clauses, strict=True):
            self._write(f"{result.function.id}.clause", clause)
        self._write("verdict", self._status(clauses))
        if self._wants_unexcluded:
            then = [self._clause(result.unexcluded, result.can_apply) for result in scored]
            self._write("if_nothing_excluded.verdict", self._status(then))
            lows = [result.unexcluded.low for result in scored]
            absent = [absent_where(result.can_apply) for result in scored]
            level = least_of(lows, absent, self.questionnaire.max_level)
            self._write("if_nothing_excluded.level", level, any_of([r.can_apply for r in scored]))

    def _clause(self, levels: Levels, applicable: Mask) -> NDArray[np.int8]:
        """The clause of a function (§6), as a place in `CLAUSES`."""
        integrated = self.questionnaire.definition.level
        clause = np.full(len(applicable), UNDETERMINED, np.int8)
        np.copyto(clause, MET, where=levels.low >= integrated)
        np.copyto(clause, NOT_MET, where=levels.high < integrated)
        np.copyto(clause, DOES_NOT_APPLY, where=~applicable)
        return clause

    def _status(self, clauses: Sequence[NDArray[np.int8]]) -> NDArray[np.int8]:
        """The verdict (§6), as a place in `VERDICTS`, which begin like `CLAUSES`."""
        applicable = sum(clause != DOES_NOT_APPLY for clause in clauses)
        status = np.full(len(clauses[0]), MET, np.int8)
        np.copyto(status, UNDETERMINED, where=any_of([clause == UNDETERMINED for clause in clauses]))
        np.copyto(status, NOT_MET, where=any_of([clause == NOT_MET for clause in clauses]))
        least = max(1, self.questionnaire.definition.min_applicable)
        np.copyto(status, NOT_ASSESSABLE, where=applicable < least)
        return status

    def _gap(self, rated: Rated, result: Result, overall: tuple[Sums, Bounds] | None) -> None:
        """What separates a capability from its target (§7)."""
        name, target = rated.capability.id, self.target_of[rated.capability.id] or 0
        if not any(column in self.sheet for column in gap_columns(name)):
            return
        wanted = target * POINTS_PER_LEVEL
        value, low, high = (points.astype(np.int64) for points in rated.scores[:3])
        is_gap = rated.scores.known & (value < wanted)
        self._write(f"{name}.gap.value", wanted - value, is_gap)
        self._write(f"{name}.gap.low", np.maximum(0, wanted - high), is_gap)
        self._write(f"{name}.gap.high", wanted - low, is_gap)
        steps = np.append(np.cumsum(rated.capability.step_efforts[:target][::-1])[::-1], 0)
        levels = np.minimum(value // POINTS_PER_LEVEL, target)
        self._write(f"{name}.effort", steps[levels], is_gap)
        gain = self._gain(rated, result, np.where(is_gap, wanted - low, 0), overall) if overall else 0
        self._write(f"{name}.gain", gain, is_gap)
        floor = self.questionnaire.definition.level - self.form.rule.max_shortfall
        self._write(f"{name}.breaks_floor", (rated.levels.high < floor) & (overall is not None), is_gap)

    def _gain(
        self, rated: Rated, result: Result, rise: NDArray[np.int64], overall: tuple[Sums, Bounds]
    ) -> NDArray[np.int64]:
        """How far the overall low rises when a capability's low rises so far (§7)."""
        of_function = _risen(result.sums, result.scores, rated.weight * rise)
        return _risen(*overall, result.weight * of_function)

    def _write_counts(self, name: str, states: Sequence[Any], total: int) -> None:
        answered, dont_know, excluded = states
        self._write(f"{name}.answered", answered)
        self._write(f"{name}.dont_know", dont_know)
        self._write(f"{name}.not_applicable", excluded)
        self._write(f"{name}.unanswered", total - answered - dont_know - excluded)
        self._write(f"{name}.total", total)

    def _write_scores(self, name: str, scores: Bounds) -> None:
        self._write(f"{name}.value", scores.value, scores.known)
        self._write(f"{name}.low", scores.low, scores.applicable)
        self._write(f"{name}.high", scores.high, scores.applicable)

    def _write_levels(self, name: str, levels: Levels, applicable: Mask) -> None:
        self._write(f"{name}.low", levels.low, applicable)
        self._write(f"{name}.high", levels.high, applicable)

    def _write(self, name: str, values: Any, present: Mask | None = None) -> None:  # noqa: ANN401 -- numbers
        """Fill a column that is wanted, with -1 where nothing is present."""
        column = self.sheet.get(name)
        if column is not None:
            column[...] = values
            if present is not None:
                # A 0 changes nothing; -1 has all bits set.
                np.bitwise_or(column, present.view(np.int8) + np.int8(NONE), out=column)


def _states(answers: Mapping[str, Decoded], questions: Sequence[str]) -> list[NDArray[np.int32]]:
    """How many of the questions are answered, not known, not applicable."""
    decoded = [answers[name] for name in questions]
    known = sum(one.scores.known.astype(np.int32) for one in decoded)
    dont_know = sum(one.dont_know.astype(np.int32) for one in decoded)
    excluded = sum((~one.scores.applicable).astype(np.int32) for one in decoded)
    return [np.asarray(known), np.asarray(dont_know), np.asarray(excluded)]


def _risen(sums: Sums, scores: Bounds, rise: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far a mean's low rises when the weighted sum below it does."""
    weights = np.maximum(sums.applicable, 1).astype(np.int64)
    risen: NDArray[np.int64] = half_up(sums.low.astype(np.int64) + rise, weights) - scores.low
    return risen
