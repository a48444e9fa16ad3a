"""Answers as they stand in a table, and the codes they have in an array (§3).

A cell holds an option's id, `dont_know`, `not_applicable` (with or without `:reason`), or nothing. What is
written otherwise and can mean only one of them is understood: spaces around it, capitals, `3,0` for 3.
"""

import re
from functools import cached_property
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from scoring.batch.arrays import Bounds, Whole, narrowest
from scoring.questionnaire.form import DONT_KNOW, Question, Reason

NO_ANSWER = ""
EXCLUDED = "not_applicable"
SPECIAL_CODES = 3

WHOLE = re.compile(r"([0-9]+)[.,]0{1,2}")  # 3.0 and 3,00; in 3.000 the point may stand for thousands
APOSTROPHES = str.maketrans("", "", "'’")
APART = re.compile(r"[\s-]+")

Codes = NDArray[np.unsignedinteger[Any]]


class Decoded(NamedTuple):
    """The answers to a question: their scores, and which are `dont_know`."""

    scores: Bounds
    dont_know: NDArray[np.bool_]


class Cells:
    """The answers to one question: codes from 0 are its options, the greatest codes the other states."""

    def __init__(self, question: Question, kind: np.dtype[np.unsignedinteger[Any]]) -> None:
        """Prepare the codes, of type `kind`."""
        self._kind = kind
        last = int(np.iinfo(kind).max)
        self.unanswered, self.dont_know, self.excluded = last, last - 1, last - 2
        self.question = question
        self._top = max(question.option_points)
        self._points = np.zeros(last + 1, narrowest(self._top))
        self._points[: len(question.options)] = question.option_points

    @cached_property
    def codes(self) -> dict[str, int]:
        """Code by cell."""
        codes = {option.id: code for code, option in enumerate(self.question.options)}
        codes |= {DONT_KNOW: self.dont_know, NO_ANSWER: self.unanswered}
        if self.question.not_applicable:
            reasons = (EXCLUDED, *(f"{EXCLUDED}:{reason}" for reason in get_args(Reason)))
            codes |= dict.fromkeys(reasons, self.excluded)
        return codes

    @cached_property
    def by_place(self) -> Codes:
        """The code of each cell in the order of `codes`, and behind them that of an empty one."""
        return np.array([*self.codes.values(), self.unanswered], self._kind)

    @cached_property
    def refusal(self) -> str:
        """What is said of a cell that is no answer."""
        return f"the answers are {', '.join(filter(None, self.codes))}"

    def understood(self, written: str) -> str:
        """A cell as it stands in `codes`; one that is no answer is empty."""
        return [*self.codes, NO_ANSWER][self.place_of(written)]

    def place_of(self, written: str) -> int:
        """The place in `codes` of a cell that is written otherwise; one past the end if it is none.

        `n/a` is none: it may mean that something does not apply, or that nobody asked.
        """
        plain = written.strip().casefold()
        whole = WHOLE.fullmatch(plain)
        words = APART.sub("_", plain.translate(APOSTROPHES))
        for cell in (plain, whole[1] if whole else plain, words):
            if cell in self._places:
                return self._places[cell]
        return len(self.codes)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {cell: place for place, cell in enumerate(self.codes)}

    def are_known(self, codes: Codes) -> bool:
        """Whether every code is one of this question's."""
        allowed = np.zeros(len(self._points), np.bool_)
        allowed[list(self.codes.values())] = True
        return bool(allowed[codes].all())

    def decode(self, codes: Codes) -> Decoded:
        """The scores that the answers reduce to; nothing known is 0 to the greatest points."""
        value: Whole = self._points.take(codes, mode="clip")
        known = codes < len(self.question.options)
        applicable = codes != self.excluded
        high = value + (known ^ applicable) * self._points.dtype.type(self._top)
        return Decoded(Bounds(value, value, high, known, applicable), codes == self.dont_know)
