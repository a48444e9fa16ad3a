"""Notices: each stands from its threshold on, says what it is about, and changes no score."""

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from scoring import Profile, Questionnaire, Response, score
from scoring.engine import score_responses
from scoring.presentation.english import ENGLISH
from scoring.presentation.formats import counted, decimal, percent, whole
from scoring.presentation.notices import Notice, find_notices, notices
from scoring.presentation.sentences import LANGUAGES, verdict_words
from scoring.questionnaire.words import Words
from scoring.respondents.consolidate import Consolidation
from tests.kit import profiles as reading
from tests.kit.examples import written
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels
from tests.kit.strategies import Mapping

SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "1.1.0")
TEN = {"sales": "a b c d e f g h i j"}
EXCLUDED = {"not_applicable": "out_of_scope"}


def form(functions: dict[str, str] = TEN, **rest: Any) -> Questionnaire:  # noqa: ANN401 -- tables
    return Questionnaire.model_validate(written(functions, **rest))


def found(profile: Profile) -> dict[str, Notice]:
    return {notice.code: notice for notice in find_notices(profile)}


def answers(options: str, function: str = "sales") -> dict[str, Any]:
    """Answers to `a`, `b`, …: a level each; `?` is not known, `-` not applicable, `.` not answered."""
    said: dict[str, Any] = {"?": "dont_know", "-": EXCLUDED}
    names = (f"{function}.{letter}" for letter in "abcdefghij")
    return {n: said.get(option, option) for n, option in zip(names, options, strict=False) if option != "."}


@pytest.mark.parametrize(
    ("code", "below", "above"),
    [
        ("many_not_applicable", "--12121212", "---1212121"),
        ("many_dont_know", "??12121212", "???1212121"),
        ("same_level_throughout", "2222222", "22222222"),
        ("high_without_evidence", "1231231231", "1231231234"),
    ],
)
def test_a_notice_stands_from_its_threshold_on(code: str, below: str, above: str) -> None:
    assert code not in found(score(form(), answers(below)))
    assert code in found(score(form(), answers(above)))


@pytest.mark.parametrize(
    ("code", "threshold", "options"),
    [
        ("many_not_applicable", {"not_applicable_percent": 40}, "---1212121"),
        ("many_dont_know", {"dont_know_percent": 40}, "???1212121"),
        ("same_level_throughout", {"same_level_answers": 9}, "22222222"),
        ("high_without_evidence", {"high_level": 5}, "1231231234"),
        ("high_without_evidence", {"high_level": 0}, "5555555555"),
    ],
)
def test_the_thresholds_are_data_of_the_questionnaire(
    code: str, threshold: dict[str, int], options: str
) -> None:
    assert code not in found(score(form(notices=threshold), answers(options)))


def test_a_share_is_that_of_each_function() -> None:
    two = form({"sales": "a b c d", "service": "a b c d"})
    profile = score(two, answers("-123") | answers("?123", "service"))
    assert found(profile)["many_not_applicable"].concerns == ("sales",)
    assert found(profile)["many_dont_know"].concerns == ("service",)


def test_one_different_answer_is_enough_not_to_be_noticed() -> None:
    assert "same_level_throughout" not in found(score(form(), answers("2222222223")))
    assert "same_level_throughout" in found(score(form(), answers("222222222?")))


@pytest.mark.parametrize(("place", "noticed"), [(0, True), (1, True), (-1, True), (2, False)])
def test_the_same_option_throughout_is_noticed_where_questions_have_options_of_their_own(
    place: int, *, noticed: bool
) -> None:
    chosen = {q.id: q.options[place].id for q in SOCIAL_BUSINESS.forms["full"].questions}
    if not noticed:
        chosen["collaboration.trend"] = "worse"
    assert ("same_level_throughout" in found(score(SOCIAL_BUSINESS, chosen))) == noticed


def unscored(mapping: Mapping, *names: str) -> Questionnaire:
    """The questionnaire with these capabilities only shown."""
    changed = deepcopy(mapping)
    for function in changed["functions"]:
        for capability in function["capabilities"]:
            if f"{function['id']}.{capability['id']}" in names:
                capability["scored"] = False
    return Questionnaire.model_validate(changed)


def test_the_same_answer_throughout_is_looked_for_in_what_counts() -> None:
    asked = unscored(written(TEN), "sales.a")
    assert "same_level_throughout" in found(score(asked, answers("12222222222")))
    assert "same_level_throughout" not in found(score(asked, answers("2222222212")))
    assert "same_level_throughout" not in found(score(asked, answers("22222222..")))


def test_a_comment_or_evidence_stands_behind_a_high_answer() -> None:
    said = {
        "sales.a": {"option": "4", "comment": "The reply log of May."},
        "sales.b": {"option": "5", "evidence": ["https://intranet.example/log"]},
        "sales.c": {"option": "5"},
        "sales.d": "4",
    }
    assert found(score(form(), said))["high_without_evidence"].concerns == ("sales.c", "sales.d")


def test_what_is_only_shown_has_no_level_to_be_shown() -> None:
    asked = unscored(written(TEN), "sales.a", "sales.b")
    assert "high_without_evidence" not in found(score(asked, answers("5412312312")))
    notice = found(score(asked, answers("5444312312")))["high_without_evidence"]
    assert (notice.concerns, notice.number) == (("sales.c", "sales.d"), 2)


@pytest.mark.parametrize(("rating", "is_far"), [(4, False), (3, True), (7, False), (8, True)])
def test_a_self_rating_two_away_from_the_scored_result_is_far(rating: int, *, is_far: bool) -> None:
    # 2500 points are 1000 + 9 * 2500 / 5 = 5500 thousandths: 4 lies 1.5 below, 3 lies 2.5 below.
    profile = score(form({"sales": "a b"}), answers("23"), self_rating=rating)
    assert ("self_rating_far" in found(profile)) == is_far


def test_an_importance_three_away_is_far_from_what_is_done() -> None:
    # 0 points are 1 on the scale.
    asking = form(importance={})
    assert "importance_distance" not in found(score(asking, answers("0"), importance=3))
    notice = found(score(asking, answers("0"), importance=4))["importance_distance"]
    assert notice.values == {"ratings": [(None, 4)], "equivalent": 1000, "distance_points": 3}
    nearer = form(importance={}, notices={"importance_distance": 2})
    assert "importance_distance" in found(score(nearer, answers("0"), importance=3))


def test_exactly_two_away_is_far() -> None:
    # 0 points are 1 on the scale.
    assert "self_rating_far" in found(score(form(), answers("0"), self_rating=3))
    assert "self_rating_far" not in found(score(form(), answers("0"), self_rating=2))


def of_two(cmo: dict[str, Any], cio: dict[str, Any], **rest: Any) -> Profile:  # noqa: ANN401 -- fields
    return score_responses(
        SOCIAL_BUSINESS,
        [Response(role="cmo", answers=cmo, **rest), Response(role="cio", answers=cio, **rest)],
    )


def test_sides_two_levels_apart_on_a_question_of_theirs_are_noticed() -> None:
    near, far = {"collaboration.skills": "2"}, {"collaboration.skills": "1"}
    both = {"marketing.targeting": "5", "collaboration.people": "4"}
    assert "sides_far_apart" not in found(of_two(near, far))
    profile = of_two(near | both, far | {"marketing.targeting": "0", "collaboration.people": "2"})
    assert found(profile)["sides_far_apart"].concerns == ("collaboration.people",)


def test_sides_far_apart_on_what_is_only_shown_stand_in_the_list_alone() -> None:
    roles = [
        {"id": name, "side": side, "asked": ["*"]} for name, side in (("cmo", "marketing"), ("cio", "it"))
    ]
    mapping = written({"sales": "a", "together": "b c"}, unscored="together", roles=roles)
    asked = unscored(mapping, "together.b")
    given = {"cmo": {"together.b": "5", "together.c": "2"}, "cio": {"together.b": "0", "together.c": "1"}}
    responses = [Response(role=role, answers=said) for role, said in given.items()]
    profile = score_responses(asked, responses)
    assert [gap.question for gap in profile.collaboration.gaps] == ["together.b", "together.c"]
    assert profile.collaboration.apart == {"together": 1000}  # of c alone: 2000 - 1000
    assert [side.score and side.score.value for side in profile.collaboration.sides] == [2000, 1000]
    assert "sides_far_apart" not in found(profile)
    counted = score_responses(Questionnaire.model_validate(mapping), responses)
    assert found(counted)["sides_far_apart"].concerns == ("together.b",)


def test_uniform_respondents_are_named_by_role() -> None:
    collaboration = [q.id for q in SOCIAL_BUSINESS.forms["full"].questions if "collaboration" in q.id]
    levels = [name for name in collaboration if name.split(".")[1] in {"people", "process", "skills"}]
    marketing = SOCIAL_BUSINESS.forms["full"].function_of["marketing"].question_ids
    uniform = dict.fromkeys([*levels, *marketing], "2")
    profile = of_two(uniform, {"collaboration.people": "1"})
    notice = found(profile)["same_level_throughout"]
    assert (notice.concerns, notice.number) == (("cmo",), 1)
    (said,) = [
        n["detail"] for n in notices(profile, Words(SOCIAL_BUSINESS, "en")) if n["code"] == notice.code
    ]
    assert said.startswith("One respondent (Chief marketing officer) gave the same answer throughout.")


def test_too_few_raters_and_open_respondents_are_counted() -> None:
    profile = of_two({"collaboration.skills": "2"}, {})
    assert found(profile)["open_respondents"].number == 2
    three, one = Response(answers={"sales.a": "2"}), Response(answers={"sales.a": "2", "sales.b": "1"})
    assert (
        found(score_responses(form({"sales": "a b"}), [three, three, three, one]))["too_few_raters"].number
        == 1
    )
    assert "too_few_raters" not in found(profile)  # by design no question has so many
    whole = [Response(answers={"sales.a": "2"})] * 4
    assert set(found(score_responses(form({"sales": "a"}), whole))) == set()


def test_one_answer_set_has_no_notice_about_several() -> None:
    several = {"too_few_raters", "open_respondents", "sides_far_apart", "too_few_to_show"}
    assert not several & set(found(score(form(), {})))


def test_an_anonymous_assessment_says_what_it_leaves_out_and_names_nobody() -> None:
    uniform = answers("5555555555")
    profile = score_responses(
        form(), [Response(answers=uniform, self_rating=1)] * 4, Consolidation(anonymous=True)
    )
    assert set(found(profile)) == {"too_few_to_show"}
    assert found(profile)["too_few_to_show"].number == 10


def test_all_codes_have_sentences_in_every_language() -> None:
    codes = {
        "many_not_applicable",
        "not_applicable_decides",
        "many_dont_know",
        "same_level_throughout",
        "high_without_evidence",
        "self_rating_far",
        "importance_distance",
        "sides_far_apart",
        "too_few_raters",
        "open_respondents",
        "too_few_to_show",
    }
    for language in LANGUAGES.values():
        assert set(language.sentences) == codes
        for sentence in language.sentences.values():
            named = [set(re.findall(r"{(\w+)}", text)) - {"count"} for text in sentence]
            assert named[0] == named[1]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "The self-rating of 9 differs by 2 points or more from the scored result, which is 5.5 on "),
        (
            "it",
            "L’autovalutazione di 9 si scosta di almeno 2 punti dal risultato calcolato, che sulla scala ",
        ),
    ],
)
def test_a_sentence_is_in_the_language_of_the_profile(language: str, expected: str) -> None:
    scored = [q for q in SOCIAL_BUSINESS.forms["full"].questions if not q.id.startswith("collaboration")]
    said = {q.id: "2" if place % 2 else "3" for place, q in enumerate(scored)}
    profile = score(SOCIAL_BUSINESS, said, self_rating=9)
    shown = {n["code"]: n["detail"] for n in notices(profile, Words(SOCIAL_BUSINESS, language))}
    assert shown["self_rating_far"].startswith(expected)
    assert ("5,5" if language == "it" else "5.5") in shown["self_rating_far"]


def test_a_language_without_sentences_gets_english_ones() -> None:
    spoken = Questionnaire.model_validate(written({"sales": "a"}) | {"texts": {"de": {"name": "Beispiel"}}})
    (said,) = notices(score(spoken, {"sales.a": "4"}), Words(spoken, "de"))
    assert said["detail"] == ENGLISH.sentences["high_without_evidence"].one.format(level=4)


def said_of(profile: Profile, questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """The sentences by code."""
    return {n["code"]: n["detail"] for n in notices(profile, Words(questionnaire, language))}


EXCLUDED_FUNCTIONS = {
    name: EXCLUDED
    for function in ("sales", "research")
    for name in SOCIAL_BUSINESS.forms["full"].function_of[function].question_ids
}
SAID = {
    "en": {
        "many_not_applicable": "In Sales and R&D, more than 20% of",
        "not_applicable_decides": "it would be “not yet socially-enabled” instead of “still open”.",
        "high_without_evidence": "One answer is at level 4 or above without a comment or evidence.",
    },
    "it": {
        "many_not_applicable": "Più del 20% delle domande risulta «non applicabile» in: Vendite e R&S.",
        "not_applicable_decides": "sarebbe «non ancora “socially-enabled”» invece di «ancora aperto».",
        "high_without_evidence": "Una risposta è al livello 4 o superiore senza commento né prova: conviene "
        "chiedere una prova.",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_sentences_have_the_words_of_the_questionnaire_and_the_numbers_of_the_language(language: str) -> None:
    definition = SOCIAL_BUSINESS.model_copy(
        update={"definition": SOCIAL_BUSINESS.definition.model_copy(update={"min_applicable": 1})}
    )
    profile = score(definition, EXCLUDED_FUNCTIONS | {"marketing.dialogue": "4"})
    said = said_of(profile, definition, language)
    for code, expected in SAID[language].items():
        assert expected in said[code]


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        (
            "en",
            "Marketing and IT are at least 2 levels apart on one question: Joint work.",
            "Marketing and IT are at least 2 levels apart on 2 questions: ",
        ),
        (
            "it",
            "In una domanda le risposte di Marketing e IT distano almeno 2 livelli: Lavoro comune.",
            "In 2 domande le risposte di Marketing e IT distano almeno 2 livelli: ",
        ),
    ],
)
def test_sides_far_apart_are_said_of_one_question_and_of_several(
    language: str, one: str, several: str
) -> None:
    low = {"collaboration.people": "0", "collaboration.process": "0"}
    for high, expected in (({"collaboration.people": "3"}, one), (dict.fromkeys(low, "3"), several)):
        said = said_of(of_two(low, high), SOCIAL_BUSINESS, language)["sides_far_apart"]
        assert said.startswith(expected)


@pytest.mark.parametrize(
    ("language", "met", "not_met"),
    [
        ("en", "definition met", "definition not met"),
        ("it", "corrisponde alla definizione", "non corrisponde alla definizione"),
    ],
)
def test_a_verdict_has_the_questionnaires_words_else_neutral_ones(
    language: str, met: str, not_met: str
) -> None:
    mapping = written({"sales": "a"}) | {"texts": {language: {"verdict": {"not_met": "not yet"}}}}
    own = verdict_words(Words(Questionnaire.model_validate(mapping), language))
    assert (own["met"], own["not_met"]) == (met, "not yet")
    mapping = written({"sales": "a"}) | {"texts": {language: {"name": "Example"}}}
    assert verdict_words(Words(Questionnaire.model_validate(mapping), language))["not_met"] == not_met


def test_numbers_are_rounded_half_up_and_written_as_the_language_does() -> None:
    assert [decimal(2.675, 2, language) for language in ("en", "it", "de", None)] == [
        "2.68",
        "2,68",
        "2.68",
        "2.68",
    ]
    assert [decimal(value, 2, "it", signed=True) for value in (0.125, -0.125)] == ["+0,13", "−0,13"]
    assert decimal(1234.5, 1, "it") == "1.234,5"
    assert (decimal(None, 1, "it"), whole(2545, "it"), percent(36, "it")) == ("–", "2.545", "36%")


def test_many_things_are_spoken_of_in_the_plural() -> None:
    said = [counted("{n} aperta|{n} aperte", n, "it") for n in (0, 1, 2)]
    assert said == ["0 aperte", "1 aperta", "2 aperte"]


@law(Once(panels()))
def test_every_notice_can_be_said_in_every_language(panel: Panel) -> None:
    for anonymous in (False, True):
        profile = replace(panel, anonymous=anonymous).score()
        for language in ("en", "it", None):
            for notice in notices(profile, Words(panel.questionnaire, language)):
                assert notice["detail"].endswith(".")
                assert "{" not in notice["detail"]


@law(Once(panels()))
def test_thresholds_change_no_score(panel: Panel) -> None:
    strict = {"not_applicable_percent": 0, "dont_know_percent": 0, "same_level_answers": 2, "high_level": 1}
    noticed = panel.written(panel.mapping | {"notices": strict})
    assert reading.everything(noticed.score()) == reading.everything(panel.score())
