"""The sentences of notices, in English and Italian: one for a single thing, one for several."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from scoring.arithmetic import half_up
from scoring.questionnaire.words import Words


class Sentence(NamedTuple):
    """A sentence about one thing and about several."""

    one: str
    other: str


class Language(NamedTuple):
    """How a language joins a list, writes decimals, counts levels and open respondents, names verdicts.

    `open_respondents` are the only one, one of several, several, and an unknown number.
    """

    conjunction: str
    decimal: str
    levels: Sentence
    open_respondents: tuple[str, str, str, str]
    statuses: Mapping[str, str]
    sentences: Mapping[str, Sentence]


def _same(text: str) -> Sentence:
    return Sentence(text, text)


ENGLISH = Language(
    conjunction="and",
    decimal=".",
    levels=Sentence("{n} level", "{n} levels"),
    open_respondents=(
        "The only respondent",
        "One of {asked} respondents",
        "{n} of {asked} respondents",
        "Somebody",
    ),
    statuses={
        "met": "met",
        "not_met": "not met",
        "undetermined": "still open",
        "not_assessable": "not assessable",
    },
    sentences={
        "many_not_applicable": _same(
            "In {names}, more than {percent}% of the questions are marked “not applicable”. They leave the "
            "calculation, so make sure that each of them really does not apply."
        ),
        "not_applicable_decides": _same(
            "The verdict depends on what was left out: if every question answered “not applicable” counted "
            "as absent, it would be “{unexcluded}” instead of “{status}”."
        ),
        "many_dont_know": _same(
            "In {names}, more than {percent}% of the questions were answered “I don’t know”. The ranges show "
            "what this leaves open; ask somebody who knows."
        ),
        "same_level_throughout": Sentence(
            "One respondent{names_in_brackets} gave the same answer throughout. Check whether the questions "
            "were read one by one.",
            "{count} respondents{names_in_brackets} gave the same answer throughout. Check whether the "
            "questions were read one by one.",
        ),
        "high_without_evidence": Sentence(
            "One question was answered with level {level} or above without a comment or evidence. Ask what "
            "would show it.",
            "{count} questions were answered with level {level} or above without a comment or evidence. Ask "
            "what would show it.",
        ),
        "self_rating_far": Sentence(
            "The self-rating of {ratings} is at least {distance} away from the scored result, which is "
            "{equivalent} on the scale from 1 to 10.",
            "The self-ratings of {ratings} are at least {distance} away from the scored result, which is "
            "{equivalent} on the scale from 1 to 10.",
        ),
        "sides_far_apart": Sentence(
            "{sides} are at least {distance_levels} apart on one question: {names}.",
            "{sides} are at least {distance_levels} apart on {count} questions: {names}.",
        ),
        "too_few_raters": Sentence(
            "One of {total} questions has fewer than {raters} answers, so no agreement is stated for it: "
            "with so few, chance alone looks like agreement too often.",
            "{count} of {total} questions have fewer than {raters} answers, so no agreement is stated for "
            "them: with so few, chance alone looks like agreement too often.",
        ),
        "too_few_to_show": Sentence(
            "The assessment is anonymous, and on one question fewer than {least} answers are known or "
            "of one kind: it counts as open, and nothing is shown of it.",
            "The assessment is anonymous, and on {count} questions fewer than {least} answers are "
            "known or of one kind: they count as open, and nothing is shown of them.",
        ),
        "open_respondents": Sentence(
            "{open} has not answered everything yet. The ranges already allow for whatever is still to come.",
            "{open} have not answered everything yet. The ranges already allow for whatever is still "
            "to come.",
        ),
    },
)

ITALIAN = Language(
    conjunction="e",
    decimal=",",
    levels=Sentence("{n} livello", "{n} livelli"),
    open_respondents=(
        "L’unica persona interpellata",
        "Una persona su {asked}",
        "{n} persone su {asked}",
        "Qualcuno",
    ),
    statuses={
        "met": "raggiunto",
        "not_met": "non raggiunto",
        "undetermined": "ancora aperto",
        "not_assessable": "non valutabile",
    },
    sentences={
        "many_not_applicable": _same(
            "Più del {percent}% delle domande risulta «non applicabile» in: {names}. Queste domande escono "
            "dal calcolo: conviene verificare che davvero nessuna riguardi l’azienda."
        ),
        "not_applicable_decides": _same(
            "Il giudizio dipende da ciò che è stato escluso: se ogni domanda con risposta «non applicabile» "
            "contasse come assente, sarebbe «{unexcluded}» invece di «{status}»."
        ),
        "many_dont_know": _same(
            "A più del {percent}% delle domande si è risposto «non so» in: {names}. Gli intervalli mostrano "
            "che cosa resta aperto: conviene chiedere a chi lo sa."
        ),
        "same_level_throughout": Sentence(
            "Una persona{names_in_brackets} ha dato sempre la stessa risposta. Conviene verificare che le "
            "domande siano state lette una per una.",
            "{count} persone{names_in_brackets} hanno dato sempre la stessa risposta. Conviene verificare "
            "che le domande siano state lette una per una.",
        ),
        "high_without_evidence": Sentence(
            "A una domanda si è risposto con il livello {level} o superiore senza un commento né una prova. "
            "Conviene chiedere che cosa lo dimostri.",
            "A {count} domande si è risposto con il livello {level} o superiore senza un commento né una "
            "prova. Conviene chiedere che cosa lo dimostri.",
        ),
        "self_rating_far": Sentence(
            "L’autovalutazione di {ratings} dista almeno {distance} dal risultato calcolato, che sulla "
            "scala da 1 a 10 è {equivalent}.",
            "Le autovalutazioni di {ratings} distano almeno {distance} dal risultato calcolato, che "
            "sulla scala da 1 a 10 è {equivalent}.",
        ),
        "sides_far_apart": Sentence(
            "{sides} distano almeno {distance_levels} su una domanda: {names}.",
            "{sides} distano almeno {distance_levels} su {count} domande: {names}.",
        ),
        "too_few_raters": Sentence(
            "Una domanda su {total} ha meno di {raters} risposte, perciò non se ne indica la concordanza: "
            "con così poche, troppo spesso il caso sembra accordo.",
            "{count} domande su {total} hanno meno di {raters} risposte, perciò non se ne indica la "
            "concordanza: con così poche, troppo spesso il caso sembra accordo.",
        ),
        "too_few_to_show": Sentence(
            "La rilevazione è anonima e per una domanda le risposte note, o di uno stesso tipo, sono "
            "meno di {least}: resta aperta e non se ne mostra nulla.",
            "La rilevazione è anonima e per {count} domande le risposte note, o di uno stesso tipo, "
            "sono meno di {least}: restano aperte e non se ne mostra nulla.",
        ),
        "open_respondents": Sentence(
            "{open} non ha ancora risposto a tutto. Gli intervalli tengono già conto di qualunque "
            "risposta manchi.",
            "{open} non hanno ancora risposto a tutto. Gli intervalli tengono già conto di qualunque "
            "risposta manchi.",
        ),
    },
)

LANGUAGES: Mapping[str | None, Language] = {"en": ENGLISH, "it": ITALIAN}


def say(code: str, names: Sequence[str], count: int, values: Mapping[str, Any], words: Words) -> str:
    """A notice's sentence; a language without sentences of its own gets the English ones."""
    language = LANGUAGES.get(words.language, ENGLISH)
    shown = {name: _shown(name, value, language, words) for name, value in values.items()}
    listed = _listed(names, language)
    in_brackets = f" ({listed})" if names else ""
    text = language.sentences[code][0 if count == 1 else 1]
    return text.format(count=count, names=listed, names_in_brackets=in_brackets, **shown)


def _listed(names: Sequence[str], language: Language) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} {language.conjunction} {last}" if first else last


def _shown(name: str, value: Any, language: Language, words: Words) -> str:  # noqa: ANN401 -- of a notice
    present = PRESENTATIONS.get(name)
    return str(value) if present is None else present(value, language, words)


def _status(status: str, language: Language, _words: Words) -> str:
    return language.statuses[status]


def _decimal(thousandths: int, language: Language, _words: Words) -> str:
    return f"{half_up(thousandths, 100) / 10:.1f}".replace(".", language.decimal)


def _levels(n: int, language: Language, _words: Words) -> str:
    return language.levels[0 if n == 1 else 1].format(n=n)


def _sides(sides: Sequence[str], language: Language, words: Words) -> str:
    return _listed([words.texts.sides.get(side, side) for side in sides], language)


def _ratings(ratings: Sequence[tuple[str | None, int]], language: Language, words: Words) -> str:
    return _listed([_rating(role, rating, words) for role, rating in ratings], language)


def _open(counts: tuple[int, int] | None, language: Language, _words: Words) -> str:
    alone, one, several, uncounted = language.open_respondents
    if counts is None:
        return uncounted
    n, asked = counts
    if n > 1:
        return several.format(n=n, asked=asked)
    return alone if asked == 1 else one.format(asked=asked)


def _rating(role: str | None, rating: int, words: Words) -> str:
    return str(rating) if role is None else f"{rating} ({words.texts.roles.get(role, role)})"


PRESENTATIONS: Mapping[str, Callable[[Any, Language, Words], str]] = {
    "status": _status,
    "unexcluded": _status,
    "equivalent": _decimal,
    "distance_levels": _levels,
    "open": _open,
    "sides": _sides,
    "ratings": _ratings,
}
