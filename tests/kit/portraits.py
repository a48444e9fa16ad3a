"""Profiles that ask most of a page: nothing is known, everything is, functions are many, names are long."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from app.assessments.results.figures import figures_of
from app.core.editions import Edition
from app.reports.about import About, Before, Figures
from app.reports.formats import Profiled
from app.scores.ahead import ResultSide, look_around
from app.scores.example import ANSWERS, RESPONSES
from scoring.comparison.requests import Side
from scoring.presentation.document import present
from scoring.questionnaire.definition import Questionnaire
from scoring.request import read
from tests.kit.folders import QUESTIONNAIRES, texts_of
from tests.kit.reading import Json
from tests.kit.reported import DAY

FOLDER = QUESTIONNAIRES / "social-business" / "2.0.0"
LONG_COMPANY = (
    "Società Cooperativa Agricola e Metalmeccanica dell’Appennino Tosco-Emiliano di Castelnuovo S.c.p.A."
)
LONG = {
    "en": ("Pre-sales consulting, dealer development and market research: ", ", including joint ventures"),
    "it": (
        "Consulenza prevendita, sviluppo rivenditori e ricerche di mercato: ",
        ", comprese le società miste",
    ),
}
YEAR_BEFORE = date(2025, 11, 12)
SIX_ROLES = ("cio", "head_of_people", "ceo", "head_of_service", "head_of_sales", "cmo")
NOT_APPLICABLE = {"not_applicable": "no_such_function"}


class Portrait(NamedTuple):
    """A questionnaire, what was answered, of which company, and what was answered a year `before`."""

    edition: Edition
    body: Json
    company: str = "Officine Bellandi S.p.A."
    before: Json | None = None

    def told(self, language: str) -> Profiled:
        """What reports are made of; with a result before, also what has moved."""
        now = self._side(self.body, language, "Baseline", DAY)
        was = None if self.before is None else self._side(self.before, language, "Opening", YEAR_BEFORE)
        about = About(
            "Studio Rossi", self.company, now.name, now.day, before=None if was is None else before_of(was)
        )
        document = present(now.side.score(), now.words)
        ahead = partial(look_around, now, was, [self.edition.questionnaire])
        return Profiled(document, self.edition, language, about, ahead=ahead)

    def whole(self, language: str) -> Profiled:
        """The same with what is beyond the profile."""
        told = self.told(language)
        return told._replace(beyond=told.ahead() if told.ahead else told.beyond)

    def _side(self, body: Json, language: str, name: str, day: date) -> ResultSide:
        side = Side(self.edition.questionnaire, *read(deepcopy(body)))
        return ResultSide(side, self.edition.words(language), name, day)


def before_of(was: ResultSide) -> Before:
    """A result as a report shows it before another one."""
    document = present(was.side.score(), was.words)
    told = figures_of(document)
    functions = {function: Figures(**figures) for function, figures in told["functions"].items()}
    overall = Figures(told["index"], told["level"], told["is_mostly_known"])
    return Before(
        was.name or "", was.day, document["questionnaire"]["version"], document["tier"], overall, functions
    )


@cache
def portraits() -> Mapping[str, Portrait]:
    """Each by its name."""
    shipped = Edition(Questionnaire.model_validate(_written()), released=True)
    every = [question.id for question in shipped.questionnaire.forms["full"].questions]
    best = {name: _best(shipped.questionnaire, name) for name in every}
    turned_away = {name: NOT_APPLICABLE for name in every if name.startswith("research.")}
    many = Edition(Questionnaire.model_validate(_twice(_written())), released=False)
    long = Edition(Questionnaire.model_validate(_lengthened(_written())), released=False)
    doubled = ANSWERS | {_second(name): answer for name, answer in ANSWERS.items()}
    return {
        "empty": Portrait(shipped, {"answers": {}}),
        "half-answered": Portrait(shipped, {"answers": dict(list(ANSWERS.items())[::2])}),
        "function-not-applicable": Portrait(shipped, {"answers": ANSWERS | turned_away}),
        "socially-enabled": Portrait(shipped, {"answers": best}),
        "one-hole": Portrait(shipped, {"answers": best | {"sales.crm_link": "0"}}),
        "twelve-functions": Portrait(many, {"answers": doubled}),
        "long-names": Portrait(long, {"answers": ANSWERS}, LONG_COMPANY),
        "two-results": Portrait(shipped, RESPONSES, before=_a_year_before()),
        "six-roles": Portrait(shipped, _of_six_roles(shipped.questionnaire)),
    }


def _a_year_before() -> Json:
    """Answers of the same people that were lower, one that was higher, and one that was not known."""
    body = deepcopy(RESPONSES)
    cmo, cio = (response["answers"] for response in body["responses"])
    cmo |= {"marketing.voices": "1", "marketing.listening": "2", "marketing.measuring": "dont_know"}
    cio |= {"sales.crm_link": "3", "service.case_history": "1", "internal.platform": "1"}
    return body


def _of_six_roles(questionnaire: Questionnaire) -> Json:
    """Each answers all that they are asked, a level above the role before."""
    form, asked = questionnaire.forms["full"], questionnaire.asked_by_role["full"]
    responses = [
        {
            "role": role,
            "answers": {
                question.id: question.options[min(place, len(question.options) - 1)].id
                for question in form.questions
                if question.id in asked[role]
            },
        }
        for place, role in enumerate(SIX_ROLES)
    ]
    return {"responses": responses}


@cache
def _read() -> dict[str, Any]:
    structure = tomllib.loads((FOLDER / "questionnaire.toml").read_text("utf-8"))
    return structure | {"texts": texts_of(FOLDER)}


def _written() -> dict[str, Any]:
    """The shipped questionnaire as written."""
    return deepcopy(_read())


def _best(questionnaire: Questionnaire, name: str) -> str:
    """The option of a question with the most points."""
    question = next(each for each in questionnaire.forms["full"].questions if each.id == name)
    return max(question.options, key=lambda option: option.points).id


def _second(name: str) -> str:
    function, _, rest = name.partition(".")
    return f"{function}_abroad{_ and '.'}{rest}"


def _twice(written: dict[str, Any]) -> dict[str, Any]:
    """Every function a second time, and all of them scored."""
    for function in written["functions"]:
        function.pop("scored", None)
    written["functions"] += [each | {"id": _second(each["id"])} for each in deepcopy(written["functions"])]
    for texts in written["texts"].values():
        for kind in ("functions", "capabilities"):
            texts[kind] |= {_second(name): words for name, words in deepcopy(texts[kind]).items()}
        for name, words in texts["functions"].items():
            if name.endswith("_abroad"):
                words["name"] += " (export)"
    return written


def _lengthened(written: dict[str, Any]) -> dict[str, Any]:
    """Names of functions and capabilities that are longer than anybody's."""
    for language, texts in written["texts"].items():
        before, after = LONG[language]
        for words in (*texts["functions"].values(), *texts["capabilities"].values()):
            words["name"] = before + words["name"] + after
    return written
