"""Several respondents in the terminal: both sides beside the study, perception gaps, spread."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from app.commands.words import words_of
from app.core.words import Sentences
from scoring.presentation.formats import decimal, percent
from scoring.presentation.respondent_shapes import (
    CollaborationDocument,
    PerceptionGapDocument,
    QuestionSpreadDocument,
    RespondentsDocument,
    ShareDocument,
    SideDocument,
    StudyFigureDocument,
)
from scoring.questionnaire.words import Words

SHOWN = 5  # perception gaps, and questions by spread


def print_respondents(
    console: Console, respondents: RespondentsDocument, collaboration: CollaborationDocument, words: Words
) -> None:
    """Who has answered, how the two sides see the company, and how far the answers lie apart."""
    say = words_of(words.language)
    policy = say[respondents["consolidation"]]
    if respondents["asked"] is None:
        console.print(say["consolidated"].format(policy=policy))
    else:
        console.print(say["submitted"].format_map({**respondents, "policy": policy}))
    sides = [side for side in collaboration["sides"] if side["answers"]]
    if sides:
        console.print(_both_sides(sides, words, say))
    figures = [(figure, figure["company"]) for figure in collaboration["study"] if figure["company"]]
    if figures:
        console.print(_study(figures, words, say))
        if any(figure["interval"] for figure, _ in figures):
            console.print(say["interval"])
    gaps = [gap for gap in collaboration["perception"]["questions"] if gap["difference"]][:SHOWN]
    if gaps:
        console.print(_perception(gaps, collaboration["sides"], words, say))
    spreads = [question for question in respondents["questions"] if _width(question) > 0]
    if spreads:
        console.print(_spread(sorted(spreads, key=_width, reverse=True)[:SHOWN], words, say))
    rated = {
        question["id"].partition(".")[0]
        for question in respondents["questions"]
        if question["r_wg"] is not None
    }
    alphas = [
        f"{words.functions[function['id']]} {_number(function['alpha'], words)}"
        for function in respondents["functions"]
        if function["alpha"] is not None and function["id"] in rated
    ]
    if alphas:
        console.print(say["alpha"].format(values=" · ".join(alphas)))


def _table(title: str, first: str, columns: Iterable[str]) -> Table:
    table = Table(title=title, title_style="bold")
    table.add_column(first, ratio=1)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _both_sides(sides: Sequence[SideDocument], words: Words, say: Sentences) -> Table:
    """The answers of each side to the questions of the section, and their mean."""
    names = [_side(side["id"], words) for side in sides]
    table = _table(say["both_sides"], say["question"], names)
    points = [{answer["question"]: answer["points"] for answer in side["answers"]} for side in sides]
    for question in dict.fromkeys(question for answers in points for question in answers):
        cells = [_number(answers.get(question), words) for answers in points]
        table.add_row(words.capability_names[question], *cells)
    table.add_section()
    scores = [side["score"] and side["score"]["value"] for side in sides]
    table.add_row(say["score"], *(_number(score, words) for score in scores))
    return table


def _study(
    figures: Sequence[tuple[StudyFigureDocument, ShareDocument]], words: Words, say: Sentences
) -> Table:
    columns = (say["side"], say["study_percent"], say["company_percent"])
    table = _table(f"{say['study']} ({figures[0][0]['year']})", say["figure"], columns)
    for figure, company in figures:
        low, high = figure["interval"] or (figure["percent"],) * 2
        table.add_row(
            figure["text"] or figure["id"],
            _side(figure["side"], words),
            f"{percent(figure['percent'], words.language)} ({low}–{high}), n {figure['n']}",
            f"{percent(company['percent'], words.language)}, n {company['n']}",
        )
    return table


def _perception(
    gaps: Sequence[PerceptionGapDocument], sides: Sequence[SideDocument], words: Words, say: Sentences
) -> Table:
    two = [side["id"] or "" for side in sides[:2]]
    names = [_side(side, words) for side in two]
    table = _table(say["perception"], say["question"], (*names, say["difference"]))
    for gap in gaps:
        signed = decimal(gap["difference"], 2, words.language, signed=True)
        cells = [_number(gap[side], words) for side in two]
        table.add_row(_question(gap["id"], words), *cells, signed)
    return table


def _spread(questions: Sequence[QuestionSpreadDocument], words: Words, say: Sentences) -> Table:
    table = _table(say["spread"], say["question"], (say["answers"], say["range"], say["agreement"]))
    for question in questions:
        ends = f"{_number(question['min'], words)}–{_number(question['max'], words)}"
        n = "–" if question["n"] is None else str(question["n"])
        table.add_row(_question(question["id"], words), n, ends, _number(question["r_wg"], words))
    return table


def _question(question: str, words: Words) -> str:
    """A question by its function and capability."""
    return f"{words.functions[question.partition('.')[0]]}: {words.capability_names[question]}"


def _side(side: str | None, words: Words) -> str:
    name = side or ""
    return words.texts.sides.get(name, name)


def _width(question: QuestionSpreadDocument) -> float:
    """How far apart the answers to a question lie, in levels."""
    low, high = question["min"], question["max"]
    return 0.0 if low is None or high is None else high - low


def _number(value: float | None, words: Words) -> str:
    return decimal(value, 2, words.language)
