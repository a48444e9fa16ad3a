"""The answers in an answer sheet that somebody has filled in, and every fault by sheet and cell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.answer_sheets.cells import ANSWER, COMMENT, EVIDENCE, REASON, FilledIn, Row
from app.answer_sheets.choices import NOT_APPLICABLE, Choices, compared, labels_of, nearest, reasons_in
from app.answer_sheets.content import NOTHING, RATINGS, Asked, Said, shown_answer
from scoring import AnswersRefusedError, Fault
from scoring.questionnaire.form import Capability, Form, Question
from scoring.respondents.answers import check_answers
from scoring.respondents.faults import unknown_question
from scoring.respondents.responses import importance_faults

MOST_FAULTS = 200
LEAST, MOST = 1, 10  # of a rating
CELL_OF = {"comment": COMMENT, "evidence": EVIDENCE, "not_applicable": REASON}


class Wanted(NamedTuple):
    """What a sheet has to be of, and what has been said so far.

    `assessment` and `participant` are those that it may name; one that names none is anybody's.
    """

    what: Asked
    said: Said = NOTHING
    assessment: str | None = None
    participant: str | None = None


def said_in(filled: FilledIn, wanted: Wanted) -> Said:
    """All answers and ratings of a sheet; raises `AnswersRefusedError` with all faults."""
    if other := _of_another(filled.about, wanted):
        raise AnswersRefusedError(other)
    reading = _Reading(wanted, filled.about.get("language", ""))
    for row in filled.rows:
        reading.read(row)
    faults = reading.finish()
    if faults:
        raise AnswersRefusedError(faults[:MOST_FAULTS])
    return Said(reading.answers, **reading.ratings)


def _of_another(about: Mapping[str, str], wanted: Wanted) -> list[Fault]:
    """What the sheet is of, and should not be."""
    questionnaire = wanted.what.edition.questionnaire
    same = {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "tier": wanted.what.tier,
    }
    own = {"assessment": wanted.assessment, "participant": wanted.participant}
    named = {key: value for key, value in own.items() if key in about and value is not None}
    return [
        Fault((key,), "other_answer_sheet", f"the answer sheet is of another {key}")
        for key, value in (same | named).items()
        if about.get(key) != value
    ]


class _Reading:
    """Rows one after another: answers, ratings and faults."""

    def __init__(self, wanted: Wanted, language: str) -> None:
        self.answers: dict[str, Any] = {}
        self.ratings: dict[str, int | None] = {}
        self._wanted = wanted
        self._form: Form = wanted.what.edition.questionnaire.form_of(wanted.what.tier)
        self._choices = Choices(wanted.what.edition, language)
        self._words = wanted.what.edition.words(language)
        self._rows: dict[str, Row] = {}
        self._faults: list[Fault] = []
        self._capabilities = {q.id: c for c in self._form.capability_of.values() for q in c.questions}

    def read(self, row: Row) -> None:
        """One row."""
        question = self._form.question_of.get(row.id)
        name = row.id if question is None else question.id
        is_empty = not any(cell.strip() for cell in row.cells[ANSWER:])
        if name in self._rows:
            self._faults.append(Fault(row.place(0), "repeated_row", "another row has the same question"))
        elif row.faults:
            self._faults += row.faults
        elif row.id in RATINGS:
            self._rate(row)
        elif question is None:
            self._faults.append(unknown_question(self._form, row.place(0)))
        elif not is_empty:
            self._answer(row, question, self._capabilities[question.id])
        self._rows.setdefault(name, row)

    def _rate(self, row: Row) -> None:
        text = row.cells[ANSWER].strip()
        is_whole = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))
        if text and not (is_whole and LEAST <= int(text) <= MOST):
            detail = f"write a whole number from {LEAST} to {MOST}"
            self._faults.append(Fault(row.place(ANSWER), f"{row.id}_out_of_range", detail))
            return
        self.ratings[row.id] = int(text) if text else None

    def _answer(self, row: Row, question: Question, capability: Capability) -> None:
        before = self._wanted.said.answers.get(question.id)
        labels = labels_of(question, capability, self._words)
        if tuple(row.cells[ANSWER:]) == shown_answer(before, labels, reasons_in(self._words.language)):
            self.answers[question.id] = before
            return
        known = self._choices.answers(question, capability)
        chosen = known.get(compared(row.cells[ANSWER]))
        if not row.cells[ANSWER].strip():
            detail = "there is something beside it and no answer: choose one, or empty the row"
            self._faults.append(Fault(row.place(ANSWER), "answer_missing", detail))
        elif chosen is None:
            like = nearest(row.cells[ANSWER], labels.values())
            detail = f"this is none of the answers; the nearest is “{like}”"
            self._faults.append(Fault(row.place(ANSWER), "unknown_option", detail))
        else:
            self._keep(row, question, chosen, before)

    def _keep(self, row: Row, question: Question, chosen: str, before: object) -> None:
        given: dict[str, Any] = {"option": chosen}
        if chosen == NOT_APPLICABLE:
            reason = self._reason(row)
            if reason is None:
                return
            given = {"not_applicable": reason}
        elif row.cells[REASON].strip():
            detail = "a reason goes with “not applicable” only: empty this cell, or choose that"
            self._faults.append(Fault(row.place(REASON), "reason_not_wanted", detail))
            return
        given |= _beside(row, before)
        self.answers[question.id] = given if len(given) > 1 or "option" not in given else chosen

    def _reason(self, row: Row) -> str | None:
        text = row.cells[REASON]
        if not text.strip():
            self._faults.append(Fault(row.place(REASON), "reason_missing", "say why it does not apply"))
            return None
        reason = self._choices.reasons.get(compared(text))
        if reason is None:
            like = nearest(text, reasons_in(self._words.language).values())
            detail = f"this is none of the reasons; the nearest is “{like}”"
            self._faults.append(Fault(row.place(REASON), "unknown_reason", detail))
        return reason

    def finish(self) -> Sequence[Fault]:
        """All faults, those of the answers by the rules of the method among them."""
        questionnaire = self._wanted.what.edition.questionnaire
        _, faults = check_answers(self._form, self.answers, (), self._wanted.what.asked)
        faults += importance_faults(questionnaire, self.ratings.get("importance"))
        expected = {
            name for name in RATINGS if getattr(questionnaire, name) is not None
        } | self._wanted.what.asked
        gone = [*RATINGS, *(question.id for question in self._form.questions)]
        return [
            *self._faults,
            *(self._in_cell(fault) for fault in faults),
            *_missing(name for name in gone if name in expected and name not in self._rows),
        ]

    def _in_cell(self, fault: Fault) -> Fault:
        row = self._rows[str(fault.place[0])]
        column = CELL_OF.get(str(fault.place[1]), ANSWER) if len(fault.place) > 1 else ANSWER
        return fault._replace(place=row.place(column))


def _missing(names: Iterable[str]) -> list[Fault]:
    detail = "its row is gone: fill in a new answer sheet, or put the row back"
    return [Fault((name,), "missing_row", detail) for name in names]


def _beside(row: Row, before: object) -> dict[str, Any]:
    """Comment and evidence; as they were where the cell was left as it was written."""
    kept: Mapping[str, Any] = before if isinstance(before, dict) else {}
    _, _, comment, evidence = shown_answer(kept or None, {}, {})
    given: dict[str, Any] = {}
    if row.cells[COMMENT].strip():
        given["comment"] = kept["comment"] if row.cells[COMMENT] == comment else row.cells[COMMENT].strip()
    if row.cells[EVIDENCE].strip():
        same = row.cells[EVIDENCE] == evidence
        given["evidence"] = kept["evidence"] if same else row.cells[EVIDENCE].split()
    return given
