"""What a profile comes to: the verdict as a sentence, what is open, the main figures (§4, §6)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.reports.reading import Reading, Standing, is_mostly_known
from app.reports.speech import sentence
from scoring.presentation.sentences import verdict_words

FEW = 3


class Fact(NamedTuple):
    """A main figure: what it is, its value, and what to know about it."""

    name: str
    value: str
    remark: str


class Summary(NamedTuple):
    """The first screen of a report."""

    headline: str
    lead: str
    is_open: str | None
    decides: str | None
    facts: Sequence[Fact]


def summarize(reading: Reading) -> Summary:
    """The first screen, composed from the figures."""
    said = _open(reading)
    return Summary(
        headline(reading),
        reading.words.texts.definition or "",
        said,
        _decides(reading) if said else None,
        [_level(reading), _index(reading), _answers(reading)],
    )


def headline(reading: Reading) -> str:
    """The verdict as a sentence: how many functions are integrated, and which hold it back."""
    speech, document = reading.speech, reading.document
    counts, standings = document["counts"], reading.standings
    status = document["verdict"]["status"]
    if status == "undetermined" and not is_mostly_known(counts):
        known = counts["answered"]
        return speech("too_early", n=known, known=known, total=counts["total"])
    if status == "not_assessable":
        least = reading.edition.questionnaire.definition.min_applicable
        return speech("too_few_functions", n=len(standings), least=speech.counted(least))
    met = len(reading.of_status("met"))
    integrated = how_many(reading)
    verdict = verdict_words(reading.words)[status]
    parts = [sentence(speech("verdict", verdict=verdict, integrated=integrated))]
    if 0 < met < len(standings):
        parts.append(_held_back(reading))
    return " ".join(parts)


def how_many(reading: Reading) -> str:
    """How many functions are integrated, for certain or so far."""
    speech, total, level = reading.speech, len(reading.standings), reading.line_said
    met = len(reading.of_status("met"))
    if met == total:
        return speech("all_integrated", n=met, level=level)
    if total == 1:
        said = speech("only_not_integrated", level=level)
    else:
        said = speech("integrated", n=met, total=speech.counted(total), level=level)
    return speech("so_far", said=said) if reading.of_status("undetermined") else said


def _held_back(reading: Reading) -> str:
    """Which functions are not integrated; where none is, the sentence before has said it."""
    held = reading.of_status("not_met")
    if held:
        return reading.speech("hold_back", n=len(held), names=_few_named(held, reading))
    undecided = reading.of_status("undetermined")
    return reading.speech("not_decided", n=len(undecided), names=_few_named(undecided, reading))


def _few_named(standings: Sequence[Standing], reading: Reading) -> str:
    """Their names, or how many they are where there are too many for a headline."""
    if len(standings) <= FEW:
        short = reading.words.short_functions
        return reading.speech.listed([short[standing.function["id"]] for standing in standings])
    return sentence(reading.speech("functions", n=len(standings)))


def _open(reading: Reading) -> str | None:
    """How many questions are open, and of which capabilities where they are few."""
    counts, open_ones = reading.document["counts"], reading.document["to_answer"]
    n = counts["dont_know"] + counts["unanswered"]
    if not n:
        return _partly_open(reading)
    names = reading.speech.listed([reading.capability[name]["name"] for name in open_ones])
    said = reading.speech("open_named" if len(open_ones) <= FEW and open_ones else "open", n=n, names=names)
    return " ".join([said, *_unfinished(reading)])


def _unfinished(reading: Reading) -> Iterator[str]:
    """How many of those who are asked can still answer, where that may be told."""
    respondents = reading.document["respondents"]
    if respondents is None or respondents["asked"] is None or respondents["submitted"] is None:
        return
    asked, waiting = respondents["asked"], respondents["asked"] - respondents["submitted"]
    if waiting:
        yield reading.speech("people_open" if asked > 1 else "only_person_open", n=waiting, asked=asked)


def _partly_open(reading: Reading) -> str | None:
    """Whether somebody who was asked can still move what is known."""
    score = reading.document["overall"]["score"]
    if score is None or score["low"] == score["high"]:
        return None
    return next(_unfinished(reading), reading.speech("answers_missing"))


def _decides(reading: Reading) -> str:
    """What the open answers can still change: a decided verdict survives every answer by an option (§11)."""
    status = reading.document["verdict"]["status"]
    return reading.speech("they_decide" if status == "undetermined" else "verdict_stays")


def _level(reading: Reading) -> Fact:
    speech, level = reading.speech, reading.document["overall"]["level"]
    name = speech("overall_level")
    if level is None:
        return Fact(name, speech("not_applicable"), "")
    short = reading.words.short_functions
    weakest = [short[s.function["id"]] for s in reading.standings if s.function["level"] == level]
    remark = "" if not weakest else speech("weakest", n=len(weakest), names=speech.listed(weakest))
    if len(weakest) > FEW:
        remark = speech("weakest_many")
    return Fact(name, speech.level(level, reading.words.levels), remark)


def _index(reading: Reading) -> Fact:
    speech, index = reading.speech, reading.document["overall"]["index"]
    name = speech("index")
    if index is None:
        return Fact(name, speech("not_applicable"), "")
    possible = speech.span(index["low"], index["high"])
    if index["value"] is None or not is_mostly_known(reading.document["counts"]):
        return Fact(name, possible, speech("too_little_known"))
    if index["low"] == index["high"]:
        return Fact(name, speech.number(index["value"]), speech("does_not_decide"))
    return Fact(name, speech.number(index["value"]), speech("possible_not_decide", span=possible))


def _answers(reading: Reading) -> Fact:
    speech, counts = reading.speech, reading.document["counts"]
    respondents, excluded = reading.document["respondents"], counts["not_applicable"]
    people = None if respondents is None else respondents["submitted"]
    said = [] if people is None else [speech("from_people" if people else "from_nobody", n=people)]
    said.append(speech("excluded", n=excluded) if excluded else speech("none_excluded"))
    value = speech("known_of", known=counts["answered"], total=counts["total"])
    return Fact(speech("answers"), value, "; ".join(said))


def unscored(reading: Reading) -> Sequence[str]:
    """The functions beside the verdict, a sentence each."""
    speech = reading.speech
    return [
        speech(
            "unscored",
            name=function["name"],
            level=speech.level(function["level"], reading.words.levels),
            mean=reading.mean(function["score"], function["counts"]),
        )
        for function in reading.document["functions"]
        if not function["scored"] and function["applicable"]
    ]
