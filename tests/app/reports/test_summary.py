"""The first screen: the verdict as a sentence in both languages, what is open, when a figure stands alone."""

import re
import tomllib
from collections.abc import Mapping

import pytest

from app.core.editions import Edition
from app.reports import summary
from app.reports.reading import Reading
from app.reports.speech import FOLDER, Speech
from scoring import score
from scoring.presentation.document import present
from tests.kit.folders import QUESTIONNAIRES, load

SHIPPED = load(QUESTIONNAIRES / "social-business" / "1.1.0")
EDITION = Edition(SHIPPED, released=True)
NAMES = [c.id for f in SHIPPED.forms["full"].functions if f.scored for c in f.capabilities]
AT_FOUR: dict[str, object] = dict.fromkeys(NAMES, "4")


def summarized(answers: Mapping[str, object], language: str) -> summary.Summary:
    document = present(score(SHIPPED, answers), EDITION.words(language))
    return summary.summarize(Reading(document, EDITION, language))


def without(*functions: str, answer: object = None) -> dict[str, object]:
    """All at the line, but the questions of these functions."""
    left = {name: value for name, value in AT_FOUR.items() if name.partition(".")[0] not in functions}
    return left if answer is None else left | {n: answer for n in NAMES if n not in left}


HEADLINES: dict[str, tuple[Mapping[str, object], str, str]] = {
    "met": (
        AT_FOUR,
        "Socially-enabled: all five functions are integrated.",
        "«socially-enabled»: tutte e cinque le funzioni sono al livello «integrato».",
    ),
    "one short": (
        without("sales", answer="2"),
        "Not yet socially-enabled: four of the five functions are integrated. Sales holds it back.",
        (
            "Non ancora «socially-enabled»: quattro funzioni su cinque sono al livello «integrato». "
            "A frenare: Vendite."
        ),
    ),
    "two short": (
        without("sales", "service", answer="2"),
        (
            "Not yet socially-enabled: three of the five functions are integrated. "
            "Sales and Customer service hold it back."
        ),
        (
            "Non ancora «socially-enabled»: tre funzioni su cinque sono al livello «integrato». "
            "A frenare: Vendite e Assistenza clienti."
        ),
    ),
    "none": (
        dict.fromkeys(NAMES, "2"),
        "Not yet socially-enabled: none of the five functions is integrated.",
        "Non ancora «socially-enabled»: nessuna delle cinque funzioni è al livello «integrato».",
    ),
    "open": (
        without("sales"),
        "Still open: four of the five functions are integrated so far. Sales is not decided yet.",
        (
            "Ancora aperto: finora quattro funzioni su cinque sono al livello «integrato». "
            "Vendite: ancora da decidere."
        ),
    ),
    "early": (
        dict.fromkeys(NAMES[:6], "4"),
        "Too early to say: 6 of 40 questions are answered.",
        "È presto per dirlo: solo 6 domande su 40 hanno una risposta.",
    ),
    "too few": (
        without("sales", "service", answer={"not_applicable": "no_such_function"}),
        "This cannot be judged: only three functions apply, and the definition needs four.",
        "Non si può giudicare: si applicano solo tre funzioni, e la definizione ne richiede quattro.",
    ),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_the_verdict_is_a_sentence(case: str) -> None:
    answers, english, italian = HEADLINES[case]
    assert summarized(answers, "en").headline == english
    assert summarized(answers, "it").headline == italian


def test_what_is_open_is_named_where_it_is_little() -> None:
    known = {q.id: q.options[-2].id for q in SHIPPED.forms["full"].questions}
    assert summarized(known, "en").is_open is None
    left = ["sales.presence", "service.finding"]
    first = summarized({name: option for name, option in known.items() if name not in left}, "en")
    assert first.is_open == "2 questions are open: Sellers’ profiles and Requests for help."
    assert summarized(AT_FOUR, "it").is_open == "10 domande sono aperte."


def test_whether_open_answers_decide_is_said() -> None:
    assert summarized(without("sales"), "en").decides == "The verdict depends on it."
    stays = summarized(dict.fromkeys(NAMES[:12], "1"), "en").decides
    assert stays == "Whatever the answers, the verdict stays the same."


@pytest.mark.parametrize(("known", "is_alone"), [(19, False), (20, True), (30, True)])
def test_the_index_stands_alone_only_where_half_is_known(known: int, is_alone: bool) -> None:  # noqa: FBT001
    _, index, _ = summarized(dict.fromkeys(NAMES[:known], "3"), "en").facts
    assert (index.value == "60.0") is is_alone
    assert ("–" in index.value) is not is_alone


def test_both_languages_have_the_same_sentences() -> None:
    english, italian = (tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in ("en", "it"))
    assert english.keys() == italian.keys()
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)(?::\w+)?}", italian[key])), key


def test_every_sentence_is_said_somewhere() -> None:
    code = "\n".join(
        file.read_text("utf-8")
        for suffix in ("py", "html", "svg")
        for file in FOLDER.parent.rglob(f"*.{suffix}")
    )
    computed = r"(policy|method|state|next|part|moved|kept|weightings|samples|index|levels)_\w+"
    unsaid = [
        key
        for key in tomllib.loads((FOLDER / "en.toml").read_text("utf-8"))
        if not re.fullmatch(computed, key)
        and f'"{re.sub("_(none|one|other)$", "", key)}"' not in code
        and f"'{key}'" not in code
        and f'"{key}"' not in code
    ]
    assert not unsaid


@pytest.mark.parametrize(
    ("value", "digits", "said"), [(2.25, 1, "2,3"), (0.067, 2, "0,07"), (3.0, 0, "3"), (69.95, 1, "70,0")]
)
def test_halves_are_rounded_up(value: float, digits: int, said: str) -> None:
    assert Speech("it").number(value, digits) == said
