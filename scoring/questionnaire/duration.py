"""How long a questionnaire takes: words read at the pace of a language, and seconds for each choice.

Counted are the introduction, the opening ratings, of every function its name and what its section asks about,
of every question its capability's name, the question and its options; not reasons, evidence and comments.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Capability, Form, Question
from scoring.questionnaire.texts import CapabilityTexts, FunctionTexts, QuestionTexts
from scoring.questionnaire.words import NO_TEXTS, option_text

# Silent reading: in English the mean of Brysbaert 2019; in Italian, as in any other language, assumed.
WORDS_PER_MINUTE = {"en": 238, "it": 200}
ASSUMED_WORDS_PER_MINUTE = 200
SECONDS_OF_DECISION = 8
SECONDS_OF_CHECK = 4
OPTIONS_OF_CHECK = 2
SECONDS_OF_RATING = 5
PERCENT_OF_OPTIONS_READ = 65  # by who stops at the true sentence


class Minutes(NamedTuple):
    """Whole minutes, rounded up: of who stops reading at the true sentence, of who reads every option."""

    stopping: int
    reading_all: int


class _Effort(NamedTuple):
    """Words that everybody reads, words of options, and the seconds that choosing takes."""

    words: int
    option_words: int
    seconds: int


class Duration:
    """How long a questionnaire takes in one language."""

    def __init__(self, questionnaire: Questionnaire, language: str | None) -> None:
        """Count its words once; what has no text is read in no time."""
        texts = questionnaire.texts.get(language or "", NO_TEXTS)
        self._texts = texts
        self._words_per_minute = WORDS_PER_MINUTE.get(language or "", ASSUMED_WORDS_PER_MINUTE)
        self._efforts = {
            question.id: self._effort(capability, question)
            for capability in questionnaire.forms["full"].capability_of.values()
            for question in capability.questions
        }
        ratings = [
            said.question
            for said, entry in (
                (texts.importance, questionnaire.importance),
                (texts.self_rating, questionnaire.self_rating),
            )
            if entry
        ]
        words = _length(texts.introduction, *ratings)
        self._before = _Effort(words, 0, SECONDS_OF_RATING * len(ratings))

    def minutes(self, form: Form, asked: Collection[str]) -> Minutes:
        """How long these questions of a form take, with the opening ones; 0 where nothing is asked."""
        efforts = list(self._parts(form, asked))
        if not efforts:
            return Minutes(0, 0)
        efforts.append(self._before)
        words = sum(effort.words for effort in efforts)
        option_words = sum(effort.option_words for effort in efforts)
        seconds = sum(effort.seconds for effort in efforts)

        def rounded_up(percent: int) -> int:
            read = 60 * (100 * words + percent * option_words)
            choosing = 100 * seconds * self._words_per_minute
            return -(-(read + choosing) // (60 * 100 * self._words_per_minute))

        return Minutes(rounded_up(PERCENT_OF_OPTIONS_READ), rounded_up(100))

    def _parts(self, form: Form, asked: Collection[str]) -> Iterator[_Effort]:
        for function in form.functions:
            efforts = [self._efforts[name] for name in function.question_ids if name in asked]
            if efforts:
                said = self._texts.functions.get(function.id, FunctionTexts())
                yield _Effort(_length(said.name, said.description), 0, 0)
            yield from efforts

    def _effort(self, capability: Capability, question: Question) -> _Effort:
        above = self._texts.capabilities.get(capability.id, CapabilityTexts())
        own = self._texts.questions.get(question.id, QuestionTexts())
        options = [option_text(option.id, own, above) for option in question.options]
        seconds = SECONDS_OF_CHECK if len(options) == OPTIONS_OF_CHECK else SECONDS_OF_DECISION
        return _Effort(_length(above.name, own.question or above.question), _length(*options), seconds)


def _length(*texts: str | None) -> int:
    return sum(len(text.split()) for text in texts if text)
