"""Questionnaires as tables in the terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from app.core.editions import Edition
from scoring.questionnaire.form import FULL

Json = dict[str, Any]


def print_editions(console: Console, editions: Sequence[Edition]) -> None:
    """The questionnaires of a catalog."""
    table = Table("Questionnaire", "Version", "Released", "Languages", "Questions")
    for edition in editions:
        questionnaire = edition.questionnaire
        tiers = ", ".join(f"{tier} {len(form.questions)}" for tier, form in questionnaire.forms.items())
        released = "yes" if edition.released else "no"
        languages = ", ".join(questionnaire.languages)
        table.add_row(questionnaire.id, questionnaire.version, released, languages, tiers)
    console.print(table)


def print_questionnaire(console: Console, questionnaire: Json) -> None:
    """What a questionnaire asks, function by function."""
    console.print(f"{questionnaire['name']} {questionnaire['version']}", style="bold")
    tiers = questionnaire["tiers"].items()
    _print_minutes(console, questionnaire)
    shorter = {question for tier, entry in tiers if tier != FULL for question in entry["questions"]}
    for function in questionnaire["functions"]:
        table = Table(title=function["name"], title_justify="left", title_style="bold")
        table.add_column("id")
        table.add_column("", ratio=1)
        table.add_column("tiers")
        for capability in function["capabilities"]:
            for question in capability["questions"]:
                asked_in = "full, shorter" if question["id"] in shorter else "full"
                table.add_row(question["id"], question["text"] or "", asked_in)
        console.print(table)


def _print_minutes(console: Console, questionnaire: Json) -> None:
    """How long it takes, by tier, of everything and of what each role is asked."""
    tiers = questionnaire["tiers"]
    table = Table("minutes", *tiers)
    table.add_row("everything", *(_from_to(entry["minutes"]) for entry in tiers.values()))
    for role in questionnaire["roles"]:
        if role["asked"] and "*" not in role["asked"]:
            table.add_row(role["name"], *(_from_to(role["minutes"][tier]) for tier in tiers))
    console.print(table)


def _from_to(minutes: Json) -> str:
    """From who stops reading at the true sentence to who reads every option."""
    least, most = minutes["stopping"], minutes["reading_all"]
    return f"{least}–{most}" if least < most else str(least)
