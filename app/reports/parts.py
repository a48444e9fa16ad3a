"""The parts below the first screen: what holds back, gaps, both sides, what it is based on (§6 to §10)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.reports.charts.functions import why
from app.reports.charts.gaps import Step, step, step_scale
from app.reports.reading import Reading, Standing
from app.reports.speech import DASH, figures, sentence, within
from scoring.method.verdict import ClauseStatus
from scoring.presentation.respondent_shapes import RespondentsDocument, StudyFigureDocument
from scoring.presentation.shapes import CapabilityProfile
from scoring.questionnaire import words
from scoring.questionnaire.texts import CapabilityTexts, QuestionTexts

FEW_UNKNOWN = 2
INTERVAL_WIDTH, INTERVAL_EDGE = 112, 4


class Hold(NamedTuple):
    """A capability that holds its function back: where it stands, and what to do first."""

    name: str
    cell: str
    tone: int | None
    today: str
    next_step: str | None


class HeldFunction(NamedTuple):
    """A function that is not integrated, or not known to be."""

    name: str
    cell: str
    tone: int | None
    level_words: str
    status: ClauseStatus
    why: str
    holds: Sequence[Hold]


class GapLine(NamedTuple):
    """A gap in the list; what would show that it is closed stands with the plan, too, where `is_planned`."""

    name: str
    function: str
    step: Step
    said: str
    next_step: str | None
    evidence: str | None
    is_planned: bool
    effort: str
    gain: str


class GapGroup(NamedTuple):
    """Gaps that break the floor, and the others, in the order to close them."""

    title: str
    explained: str
    gaps: Sequence[GapLine]


class SideSaying(NamedTuple):
    """What a side answered to the question that the study asked, too."""

    said: str
    by: str


class Interval(NamedTuple):
    """A published figure with its interval, in percent."""

    text: str
    side: str
    percent: int
    low: int | None
    high: int | None
    company: str | None


class Study(NamedTuple):
    """A study's figures as dated context."""

    figures: Sequence[Interval]
    year: int | None
    source: str
    caveat: str

    def x(self, percent: int) -> float:
        """Where a share stands, in px, on a scale up to the greatest shown."""
        most = max(figure.high or figure.percent for figure in self.figures)
        return round(INTERVAL_EDGE + (INTERVAL_WIDTH - 2 * INTERVAL_EDGE) * percent / max(most, 1), 1)


def held_back(reading: Reading) -> Sequence[HeldFunction]:
    """What holds each function back: what must rise first, else what may, and what is not known."""
    blocking = {entry["function"]: entry["capabilities"] for entry in reading.document["verdict"]["blocking"]}
    return [
        _held(standing, blocking.get(standing.function["id"], ()), reading)
        for standing in reading.of_status("not_met", "undetermined")
    ]


def _held(standing: Standing, blocking: Sequence[str], reading: Reading) -> HeldFunction:
    function, level = standing.function, standing.function["level"]
    unknown = {capability["id"] for capability in standing.unknown}
    named = [reading.capability[name] for name in blocking if name not in unknown]
    if not named and not unknown:
        named = [c for c in standing.capabilities if c["level"] and c["level"]["low"] < reading.line]
    return HeldFunction(
        function["name"],
        figures(level),
        reading.decided_tone(level),
        reading.speech.level(level, reading.words.levels),
        standing.status,
        _why(standing, reading),
        [*(_hold(capability, reading) for capability in named), *_unknown(standing, reading)],
    )


def _why(standing: Standing, reading: Reading) -> str:
    needed = reading.needed(standing)
    said = ", ".join(why(standing, reading))
    ends = "" if needed is None else " " + sentence(reading.speech("have_to_reach", n=needed))
    return f"{sentence(said)}.{ends}"


def _hold(capability: CapabilityProfile, reading: Reading) -> Hold:
    level, gap = capability["level"], reading.gap.get(capability["id"])
    return Hold(
        capability["name"],
        figures(level),
        reading.decided_tone(level),
        _today(capability, reading),
        None if gap is None else gap["next_step"],
    )


def _today(capability: CapabilityProfile, reading: Reading) -> str:
    """Its level in the questionnaire's words; where answers are still missing it says so."""
    level, said = capability["level"], capability["level_text"]
    if said is None or level is None:
        return reading.speech.level(level, reading.words.levels)
    return said if level["low"] == level["high"] else reading.speech("today_so_far", said=said)


def _unknown(standing: Standing, reading: Reading) -> Iterator[Hold]:
    """What is not known: by itself with what would show it, or all together where it is much."""
    speech = reading.speech
    if len(standing.unknown) > FEW_UNKNOWN:
        names = speech.listed([capability["name"] for capability in standing.unknown])
        title, span = speech("not_known", n=len(standing.unknown)), f"0{DASH}{reading.max_level}"
        yield Hold(sentence(title), span, None, f"{names}.", speech("ask_several"))
        return
    for capability in standing.unknown:
        evidence = reading.words.capabilities[capability["id"]].evidence
        level = figures(capability["level"])
        ask = speech("ask_for", evidence=within(evidence)) if evidence else speech("ask")
        yield Hold(capability["name"], level, None, speech("unknown_today"), ask)


def gap_groups(reading: Reading) -> Sequence[GapGroup]:
    """The gaps in their order, those that break the floor by themselves."""
    speech, scale, line = reading.speech, step_scale(reading), reading.words.levels[reading.line]
    groups: dict[bool, list[GapLine]] = {True: [], False: []}
    for gap in reading.document["gaps"]:
        groups[gap["breaks_floor"]].append(
            GapLine(
                gap["name"],
                reading.function[gap["function"]]["name"],
                step(gap, reading, scale),
                speech("from_to", low=gap["level"], high=gap["target"]),
                gap["next_step"],
                gap["evidence"] and speech("shown_by", evidence=within(gap["evidence"])),
                gap["capability"] in reading.planned,
                speech.number(gap["effort"], 0),
                f"+{speech.number(gap['gain'], 2)}",
            )
        )
    titles = {True: ("first", "first_explained"), False: ("then", "then_explained")}
    if not groups[True]:
        titles[False] = ("to_target", "then_explained")
    return [
        GapGroup(speech(titles[breaks][0]), speech(titles[breaks][1], level=line), lines)
        for breaks, lines in groups.items()
        if lines
    ]


def sayings(reading: Reading) -> Sequence[SideSaying]:
    """What each side says to the first question that the study asked, in the questionnaire's own words."""
    collaboration = reading.document["collaboration"]
    if collaboration is None or not collaboration["study"]:
        return []
    question = collaboration["study"][0]["question"]
    said = []
    for side in collaboration["sides"]:
        answer = next((a for a in side["answers"] if a["question"] == question), None)
        if side["id"] is None or answer is None or answer["option"] is None or question is None:
            continue
        text = option_text(question, answer["option"], reading)
        by = reading.side_name(side["id"])
        said.append(SideSaying(text, reading.speech("says", by=by, topic=reading.question_name(question))))
    return said


def option_text(question: str, option: str, reading: Reading) -> str:
    """An option's sentence, or its id where the questionnaire has none."""
    texts, capability = reading.words.texts, reading.capability_of[question]
    own = texts.questions.get(question, QuestionTexts())
    return words.option_text(option, own, texts.capabilities.get(capability, CapabilityTexts())) or option


def studies(reading: Reading) -> Sequence[Study]:
    """The published figures, by study."""
    collaboration = reading.document["collaboration"]
    figures_by_study: dict[tuple[int | None, str, str], list[Interval]] = {}
    for figure in collaboration["study"] if collaboration is not None else ():
        study = figure["year"], figure["source"] or "", figure["caveat"] or ""
        figures_by_study.setdefault(study, []).append(_interval(figure, reading))
    return [Study(shown, *study) for study, shown in figures_by_study.items()]


def _interval(figure: StudyFigureDocument, reading: Reading) -> Interval:
    low, high = figure["interval"] or (None, None)
    side, company = figure["side"], figure["company"]
    by = "" if side is None else reading.side_name(side)
    own = None if company is None else reading.speech("company_share", **company)
    return Interval(figure["text"] or figure["id"], by, figure["percent"], low, high, own)


def needed_said(reading: Reading) -> str:
    """How many capabilities have to reach a level: a number where all functions agree, else a share."""
    needed = {reading.needed(standing) for standing in reading.standings}
    if len(needed) == 1 and None not in needed:
        (count,) = needed
        return reading.speech("needed_count", n=count or 0)
    return reading.speech(
        "needed_percent", percent=reading.speech.percent(reading.form.rule.coverage_percent)
    )


def basis(reading: Reading) -> Sequence[tuple[str, str]]:
    """What the profile is based on, as names and sentences."""
    speech, document, counts = reading.speech, reading.document, reading.document["counts"]
    lines = [(speech("answers"), speech("counted_states", **counts))]
    if document["respondents"] is not None:
        lines.append((speech("people"), _people(document["respondents"], reading)))
    if counts["not_applicable"]:
        unexcluded = document["verdict"]["if_nothing_excluded"]["status"]
        key = "exclusion_stays" if unexcluded == document["verdict"]["status"] else "exclusion_decides"
        lines.append((speech("not_applicable_title"), speech(key)))
    lines.append((speech("rules"), _rules(reading)))
    return lines


def _people(respondents: RespondentsDocument, reading: Reading) -> str:
    speech, submitted = reading.speech, respondents["submitted"]
    asked, policy = respondents["asked"], speech(f"policy_{respondents['consolidation']}")
    if submitted is None:
        said = speech("people_uncounted")
    elif asked is None:
        said = speech("people_submitted", submitted=submitted)
    else:
        invited = asked if reading.invited is None else reading.invited
        said = speech("people_asked", invited=invited, submitted=submitted)
    anonymous = f" {speech('anonymous_note')}" if respondents["anonymous"] else ""
    return f"{said}; {policy}.{anonymous}"


def _rules(reading: Reading) -> str:
    document = reading.document
    return reading.speech(
        "rules_said",
        questionnaire=document["questionnaire"]["id"],
        version=document["questionnaire"]["version"],
        tier=reading.words.texts.tiers.get(document["tier"], document["tier"]),
        scoring=document["scoring_version"],
    )


def method_lines(reading: Reading) -> Sequence[str]:
    """The method in ten lines, with the numbers of this questionnaire."""
    speech, levels, rule = reading.speech, reading.words.levels, reading.form.rule
    values = {
        "top": reading.max_level,
        "lowest": levels[0],
        "highest": levels[-1],
        "integrated": levels[reading.line],
        "percent": speech.percent(rule.coverage_percent),
        "shortfall": speech("levels_below", n=rule.max_shortfall),
        "least": speech.counted(reading.edition.questionnaire.definition.min_applicable),
    }
    return [speech(f"method_{line}", **values) for line in range(1, 11)]
