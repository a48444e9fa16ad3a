"""A million answer sets as arrays: the method of `scoring.engine`, to the same digit (§1 to §7).

Answers are codes: an array with a row for each question and a column for each answer set, so that the
answers to a question lie side by side. `Batch.codebook` says which code stands for which answer. Results
are columns by dotted names (`scoring.batch.columns`): points, levels, counts and places as whole numbers,
-1 where there is none.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.batch.arrays import narrowest
from scoring.batch.cells import SPECIAL_CODES, Cells, Codes
from scoring.batch.chunk import Chunk
from scoring.batch.columns import CLAUSES, NONE, VERDICTS, column_types, gap_columns
from scoring.errors import AnswersRefusedError, Fault
from scoring.method.gaps import targets_of
from scoring.method.scheme import Scheme
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL
from scoring.respondents.answers import check_targets
from scoring.respondents.faults import answered_twice, unknown_question

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
    ) -> None:
        """Prepare these columns, all but those of gaps unless given.

        Raises `AnswersRefusedError` for an unknown tier, target or column.
        """
        self.questionnaire = questionnaire
        self.form = questionnaire.form_of(tier)
        self.types = column_types(questionnaire, self.form)
        self.columns = self._usual() if columns is None else tuple(columns)
        wanted, faults = check_targets(self.form, targets or {}, questionnaire.max_level)
        faults = [*questionnaire.tier_faults(tier), *faults]
        for index, name in enumerate(self.columns):
            if name not in self.types:
                faults.append(Fault(("columns", index), "unknown_column", "there is no such column"))
        if faults:
            raise AnswersRefusedError(faults)
        self.target_of = targets_of(self.form, wanted, questionnaire.definition.level)
        most_options = max(len(question.options) for question in self.form.questions)
        self.code_type = narrowest(most_options + SPECIAL_CODES)
        self.cells = {question.id: Cells(question, self.code_type) for question in self.form.questions}

    def _usual(self) -> tuple[str, ...]:
        of_gaps = {name for capability in self.form.capability_of for name in gap_columns(capability)}
        return tuple(name for name in self.types if name not in of_gaps)

    def answer_columns(self, columns: Sequence[str]) -> dict[str, str]:
        """Which of a table's columns holds the answers to which question.

        Raises `AnswersRefusedError` for columns of questions that the tier does not ask, for a question or
        a column that stands there twice, and where no column is named by a question.
        """
        elsewhere = self.questionnaire.forms[FULL].question_of
        found: dict[str, str] = {}
        faults: list[Fault] = []
        for place, column in enumerate(columns):
            asked = self.form.question_of.get(column)
            question = asked.id if asked else None
            if question is None and column in elsewhere:
                faults.append(unknown_question(self.form, (column,)))
            if column in columns[:place]:
                faults.append(Fault((column,), "repeated_column", "there are two columns of this name"))
            elif question in found:
                faults.append(answered_twice((column,), "stands there"))
            elif question is not None:
                found[question] = column
            elif column in self.columns:
                detail = "a column of the result has this name"
                faults.append(Fault((column,), "repeated_column", detail))
        if not found and not faults:
            detail = "no column is named by a question of the questionnaire"
            faults.append(Fault((), "no_answers", detail))
        if faults:
            raise AnswersRefusedError(faults)
        return found

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
