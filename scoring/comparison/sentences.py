"""What a careful reader should know beside a comparison, in every language."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from scoring.comparison.people import People
from scoring.comparison.questions import left_out
from scoring.comparison.replay import Comparison
from scoring.comparison.requests import Compared
from scoring.presentation.formats import is_one, whole
from scoring.presentation.language import Sentence, same
from scoring.presentation.shapes import NoticeDocument
from scoring.questionnaire.words import Words

ENGLISH: Mapping[str, Sentence] = {
    "order_is_convention": same(
        "The change is split in a fixed order: what applies, what is newly answered, what is no longer "
        "answered, what is answered differently, and last the questions and rules themselves. In another "
        "order points could move from one part to another; their sum would stay the same."
    ),
    "not_compared": Sentence(
        "One question cannot be compared with the other side: it is asked on one side only, or its levels "
        "have changed. What it changes is counted under questions and rules.",
        "{count} questions cannot be compared with the other side: they are asked on one side only, or their "
        "levels have changed. What they change is counted under questions and rules.",
    ),
    "other_respondents": same(
        "The people who answered are not the same as before. Only now: {joined}; only before: {left}; "
        "both times: {stayed}. Part of the change may come from that."
    ),
    "respondents_not_told_apart": same(
        "Nothing says whether the same people answered both times. If others did, part of the change may "
        "come from that."
    ),
}
ITALIAN: Mapping[str, Sentence] = {
    "order_is_convention": same(
        "La variazione è scomposta in un ordine fisso: che cosa è pertinente, che cosa ha ora una risposta, "
        "che cosa non l’ha più, che cosa ha una risposta diversa e, per ultime, le domande e le regole. In "
        "un altro ordine una parte dei punti potrebbe passare da una voce a un’altra; la somma non "
        "cambierebbe."
    ),
    "not_compared": Sentence(
        "Una domanda non si può confrontare con l’altra rilevazione: è posta in una sola delle due, o i suoi "
        "livelli sono cambiati. Il suo effetto è compreso nella voce domande e regole.",
        "{count} domande non si possono confrontare con l’altra rilevazione: sono poste in una sola delle "
        "due, o i loro livelli sono cambiati. Il loro effetto è compreso nella voce domande e regole.",
    ),
    "other_respondents": same(
        "Non hanno risposto le stesse persone di prima. Soltanto ora: {joined}; soltanto prima: {left}; "
        "entrambe le volte: {stayed}. Una parte della variazione può dipendere da questo."
    ),
    "respondents_not_told_apart": same(
        "Non è dato sapere se entrambe le volte abbiano risposto le stesse persone. In caso contrario, una "
        "parte della variazione può dipendere da questo."
    ),
}
LANGUAGES: Mapping[str | None, Mapping[str, Sentence]] = {"en": ENGLISH, "it": ITALIAN}


class Notice(NamedTuple):
    """A stable code, the ids that it concerns, and what its sentence counts and names."""

    code: str
    concerns: tuple[str, ...] = ()
    number: int = 1
    values: Mapping[str, int] = {}


def notices(compared: Compared, words: Words) -> list[NoticeDocument]:
    """All notices beside a comparison, in a fixed order."""
    return [
        {"code": notice.code, "concerns": notice.concerns, "detail": _say(notice, words)}
        for notice in find_notices(compared)
    ]


def find_notices(compared: Compared) -> Iterator[Notice]:
    """The order, what is not compared, and other people."""
    yield Notice("order_is_convention")
    if alone := _alone(compared.whole):
        yield Notice("not_compared", alone, len(alone))
    who = compared.who
    if who is not None and who.are_others:
        yield Notice("other_respondents", values=_counts(who))
    if who is None and (compared.whole.before.consolidation or compared.whole.after.consolidation):
        yield Notice("respondents_not_told_apart")


def _alone(whole: Comparison) -> tuple[str, ...]:
    pairs = whole.pairs
    if len(pairs) == len(whole.before.form.questions) == len(whole.after.form.questions):
        return ()
    before = left_out(frozenset([pair.before for pair in pairs]), whole.before.form)
    after = left_out(frozenset([pair.after for pair in pairs]), whole.after.form)
    return tuple(dict.fromkeys([*after, *before]))


def _counts(who: People) -> dict[str, int]:
    return who._asdict()


def _say(notice: Notice, words: Words) -> str:
    language = words.language if words.language in LANGUAGES else "en"
    one, other = LANGUAGES[language][notice.code]
    shown: dict[str, Any] = {name: whole(value, language or "en") for name, value in notice.values.items()}
    sentence = one if is_one(notice.number, language or "en") else other
    return sentence.format(count=whole(notice.number, language or "en"), **shown)
