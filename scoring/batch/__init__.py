"""A million answer sets as arrays: the method of `scoring.engine`, to the same digit (§1 to §7).

Answers are codes: an array with a row for each question and a column for each answer set, so that the
answers to a question lie side by side. `Batch.codebook` says which code stands for which answer. Results
are columns by dotted names (`scoring.batch.columns`): points, levels, counts and places as whole numbers,
-1 where there is none.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.batch.arrays import narrowest
from scoring.batch.cells import SPECIAL_CODES, Cells, Codes
from scoring.batch.chunk import Chunk
from scoring.batch.columns import CLAUSES, NONE, VERDICTS, chosen_columns, column_types, gap_columns
from scoring.batch.header import Header, Ignorable, read_header
from scoring.errors import AnswersRefusedError, Fault
from scoring.method.gaps import targets_of
from scoring.method.scheme import Scheme
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL
from scoring.respondents.answers import check_targets

__all__ = ["CLAUSES", "NONE", "VERDICTS", "Batch", "Columns", "Scheme"]

CHUNK = 65_536  # rows: few enough for the processor's cache, enough that threads rarely wait for one another

Columns = dict[str, NDArray[Any]]


class Batch:
    """A questionnaire's tier, prepared for scoring many answer sets."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        *,
        tier: str = FULL,
        targets: Mapping[str, int] | None = None,
        columns: Sequence[str] | None = None,
        ignore: Collection[Ignorable] = (),
    ) -> None:
        """Prepare the columns of these names or patterns (`sales.*`), all but those of gaps unless given.

        Raises `AnswersRefusedError` for an unknown tier or target, and for a pattern that fits no column;
        with `unmatched` in `ignore` only where none of them does. With `unasked` a table may have columns of
        questions that the tier does not ask: they are left out.
        """
        self.questionnaire = questionnaire
        self.form = questionnaire.form_of(tier)
        self.types = column_types(questionnaire, self.form)
        self.ignore = frozenset(ignore)
        wanted, faults = check_targets(self.form, targets or {}, questionnaire.max_level)
        faults = [*questionnaire.tier_faults(tier), *faults]
        self.columns, unmatched = self._chosen(columns)
        faults += unmatched
        if faults:
            raise AnswersRefusedError(faults)
        self.target_of = targets_of(self.form, wanted, questionnaire.definition.level)
        most_options = max(len(question.options) for question in self.form.questions)
        self.code_type = narrowest(most_options + SPECIAL_CODES)
        self.cells = {question.id: Cells(question, self.code_type) for question in self.form.questions}

    def _chosen(self, columns: Sequence[str] | None) -> tuple[tuple[str, ...], list[Fault]]:
        if columns is None:
            return self._usual(), []
        found, unmatched = chosen_columns(self.types, columns)
        return tuple(found), [] if found and "unmatched" in self.ignore else unmatched

    def _usual(self) -> tuple[str, ...]:
        of_gaps = {name for capability in self.form.capability_of for name in gap_columns(capability)}
        return tuple(name for name in self.types if name not in of_gaps)

    def header(self, columns: Sequence[str]) -> Header:
        """Which of a table's columns hold the answers to which question, are left out, are passed through.

        Raises `AnswersRefusedError` as `read_header` does.
        """
        return read_header(self.questionnaire, self.form, self.columns, columns, self.ignore)

    @property
    def codebook(self) -> dict[str, dict[str, int]]:
        """By question, the code of each answer as it stands in a table; no answer (yet) is empty."""
        return {name: cells.codes for name, cells in self.cells.items()}

    def score(
        self, codes: Codes, schemes: Sequence[Scheme] = (Scheme(),), workers: int | None = None
    ) -> list[Columns]:
        """The columns by each scheme, on so many threads; as many as there are cores unless given.

        `codes` is of `code_type`, with the questions of `cells` as its rows. Raises `ValueError` for an
        array of another kind, a code that is not in the codebook, or an unknown weight.
        """
        self._check(codes)
        forms = [scheme.applied(self.form) for scheme in schemes]
        length = codes.shape[1]
        results = [{name: np.empty(length, self.types[name]) for name in self.columns} for _ in forms]

        def score_chunk(start: int) -> None:
            part = slice(start, min(start + CHUNK, length))
            answers = {
                name: cells.decode(row[part])
                for (name, cells), row in zip(self.cells.items(), codes, strict=True)
            }
            for form, result in zip(forms, results, strict=True):
                sheet = {name: column[part] for name, column in result.items()}
                Chunk(self.questionnaire, form, self.target_of, sheet).score(answers)

        starts = range(0, length, CHUNK)
        threads = min(workers or cpu_count() or 1, len(starts))
        if threads <= 1:
            for start in starts:
                score_chunk(start)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(score_chunk, starts))
        return results

    def _check(self, codes: Codes) -> None:
        if codes.dtype != self.code_type or codes.shape[:-1] != (len(self.cells),):
            message = f"codes are a {self.code_type} array with {len(self.cells)} rows, one a question"
            raise ValueError(message)
        for (name, cells), row in zip(self.cells.items(), codes, strict=True):
            if not cells.are_known(row):
                message = f"a code of {name} is not in the codebook"
                raise ValueError(message)
