"""Reports of two people's answers, and of a profile in which somebody typed what could do harm."""

from copy import deepcopy
from datetime import date
from functools import cache

from app.catalog.service import load_catalog
from app.core.editions import Catalog
from app.core.settings import SHIPPED_QUESTIONNAIRES
from app.reports.about import About, Before, Figures
from app.reports.beyond import Beyond, Moved
from app.reports.formats import DRAWINGS, FORMATS, Choice, Job, Profiled
from app.scores.ahead import look_ahead
from app.scores.comparisons import compare_bodies
from app.scores.example import RESPONSES
from app.scores.service import score_body
from scoring.presentation.document import present
from tests.kit.hostile_texts import HOSTILE_TEXTS

DAY = date(2026, 11, 20)
INDEX = Figures({"value": 41.2, "low": 41.2, "high": 41.2}, None, is_mostly_known=True)
MARKETING = Figures({"value": 3.0, "low": 3.0, "high": 3.0}, {"low": 2, "high": 2}, is_mostly_known=True)
# A year before marketing was measured, and nothing else.
BEFORE = Before("The year before", date(2025, 11, 12), "2.0.0", "full", INDEX, {"marketing": MARKETING})


@cache
def catalog() -> Catalog:
    return load_catalog([SHIPPED_QUESTIONNAIRES])


def profiled(language: str, about: About | None = None) -> Profiled:
    edition, profile = score_body(catalog(), "social-business", deepcopy(RESPONSES))
    document = present(profile, edition.words(language))
    return Profiled(
        document, edition, language, about or About("Studio", "Bellandi", "Baseline", DAY, before=BEFORE)
    )


@cache
def beyond(language: str) -> Beyond:
    """What is beyond that profile, half a year after one answer that was lower and one that was not known."""
    edition, profile = score_body(catalog(), "social-business", deepcopy(RESPONSES))
    earlier = deepcopy(RESPONSES)
    first = earlier["responses"][0]["answers"]
    lower, unknown = list(first)[:2]
    first |= {lower: "1", unknown: "dont_know"}
    difference = compare_bodies(catalog(), "social-business", {"before": earlier, "after": RESPONSES})
    moved = Moved(difference.present(language), "Opening", date(2026, 5, 20))
    return look_ahead(profile, edition.words(language))._replace(moved=moved)


def whole(language: str) -> Profiled:
    """The same with what is beyond it."""
    return profiled(language)._replace(beyond=beyond(language))


def made(told: Profiled, choice: Choice | None = None, name: str = "pdf") -> bytes:
    job = {**FORMATS, **DRAWINGS}[name].make(told, choice or Choice())
    return job() if isinstance(job, Job) else job


def hostile() -> Profiled:
    """Every hostile text as the name of a gap, as a comment, and as evidence; three say whose it is."""
    told = profiled("en", About(HOSTILE_TEXTS[0], HOSTILE_TEXTS[23], HOSTILE_TEXTS[28], DAY))
    document = deepcopy(told.document)
    gap = document["gaps"][0]
    questions = [q for f in document["functions"] for c in f["capabilities"] for q in c["questions"]]
    for place, typed in enumerate(HOSTILE_TEXTS):
        questions[place % len(questions)]["comment"] = typed
        questions[place % len(questions)]["evidence"] = [typed]
    document["gaps"] = [gap | {"name": typed} for typed in HOSTILE_TEXTS]
    return told._replace(document=document)
