"""Notices: each stands from its threshold on, says what it is about, and changes no score."""

import re
from dataclasses import replace
from typing import Any

import pytest

from scoring import Profile, Questionnaire, Response, score
from scoring.engine import score_responses
from scoring.presentation.english import ENGLISH
from scoring.presentation.notices import Notice, find_notices, notices
from scoring.presentation.sentences import LANGUAGES
from scoring.questionnaire.words import Words
from scoring.respondents.consolidate import Consolidation
from tests.kit import profiles as reading
from tests.kit.examples import written
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels

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


def test_a_comment_or_evidence_stands_behind_a_high_answer() -> None:
    said = {
        "sales.a": {"option": "4", "comment": "The reply log of May."},
        "sales.b": {"option": "5", "evidence": ["https://intranet.example/log"]},
        "sales.c": {"option": "5"},
        "sales.d": "4",
    }
    assert found(score(form(), said))["high_without_evidence"].concerns == ("sales.c", "sales.d")


@pytest.mark.parametrize(("rating", "is_far"), [(4, False), (3, True), (7, False), (8, True)])
def test_a_self_rating_two_away_from_the_scored_result_is_far(rating: int, *, is_far: bool) -> None:
    # 2500 points are 1000 + 9 * 2500 / 5 = 5500 thousandths: 4 lies 1.5 below, 3 lies 2.5 below.
    profile = score(form({"sales": "a b"}), answers("23"), self_rating=rating)
    assert ("self_rating_far" in found(profile)) == is_far


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
    assert found(profile)["too_few_raters"].number == 40
    assert found(profile)["open_respondents"].number == 2
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
    assert set(found(profile)) == {"too_few_raters", "too_few_to_show"}
    assert found(profile)["too_few_to_show"].number == 10


def test_all_codes_have_sentences_in_every_language() -> None:
    codes = {
        "many_not_applicable",
        "not_applicable_decides",
        "many_dont_know",
        "same_level_throughout",
        "high_without_evidence",
        "self_rating_far",
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
        ("en", "The self-rating of 9 is at least 2 away from the scored result, which is 5.5 on the scale "),
        (
            "it",
            "L’autovalutazione di 9 dista almeno 2 dal risultato calcolato, che sulla scala da 1 a 10 è 5,5",
        ),
    ],
)
def test_a_sentence_is_in_the_language_of_the_profile(language: str, expected: str) -> None:
    scored = [q for q in SOCIAL_BUSINESS.forms["full"].questions if not q.id.startswith("collaboration")]
    said = {q.id: "2" if place % 2 else "3" for place, q in enumerate(scored)}
    profile = score(SOCIAL_BUSINESS, said, self_rating=9)
    shown = {n["code"]: n["detail"] for n in notices(profile, Words(SOCIAL_BUSINESS, language))}
    assert shown["self_rating_far"].startswith(expected)


def test_a_language_without_sentences_gets_english_ones() -> None:
    spoken = Questionnaire.model_validate(written({"sales": "a"}) | {"texts": {"de": {"name": "Beispiel"}}})
    (said,) = notices(score(spoken, {"sales.a": "4"}), Words(spoken, "de"))
    assert said["detail"] == ENGLISH.sentences["high_without_evidence"].one.format(level=4)


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
