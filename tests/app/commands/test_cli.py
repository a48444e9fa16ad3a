import json
import re
from pathlib import Path

import pytest

from app.scores.example import REQUEST
from tests.kit.commands import refusal_in, refused, run, run_alone, sbm
from tests.kit.folders import QUESTIONNAIRES, ROOT
from tests.kit.reading import Json, example

SHIPPED = QUESTIONNAIRES / "social-business" / "2.0.0" / "questionnaire.toml"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return written(tmp_path, REQUEST)


def written(folder: Path, body: object) -> Path:
    file = folder / "answers.json"
    file.write_text(body if isinstance(body, str) else json.dumps(body), "utf-8")
    return file


def test_score_shows_verdict_functions_and_gaps(answers: Path) -> None:
    shown = sbm("score", answers)
    for words in ("Marketing", "Sales", "◆", "█"):
        assert words in shown


def test_as_processes_they_do_the_same(answers: Path, tmp_path: Path) -> None:
    arguments = ("score", answers, "--json")
    assert run_alone("app", *arguments) == run("app", *arguments)
    (tmp_path / "alone").mkdir()
    file = written(tmp_path / "alone", {"answers": REQUEST["answers"]})
    assert run_alone("scoring", SHIPPED, file) == run("scoring", SHIPPED, file)
    missing = tmp_path / "missing"
    for module, others in (("app", ("score",)), ("scoring", (SHIPPED,))):
        assert refusal_in(run_alone(module, *others, missing)) == refused(module, *others, missing)


def test_score_as_json_is_the_profile_of_the_library(answers: Path, tmp_path: Path) -> None:
    body: Json = {key: value for key, value in REQUEST.items() if key not in {"questionnaire", "version"}}
    alone = run("scoring", SHIPPED, written(tmp_path, body))
    assert alone.code == 0, alone.stderr
    written(tmp_path, REQUEST)
    assert json.loads(sbm("score", answers, "--json")) == json.loads(alone.stdout)


def test_score_speaks_italian(answers: Path) -> None:
    english = json.loads(sbm("score", answers, "--json"))
    italian = json.loads(sbm("score", answers, "--json", "--lang", "it"))
    assert english["digests"] == italian["digests"]
    assert english["gaps"][0]["next_step"] != italian["gaps"][0]["next_step"]
    assert sbm("score", answers, "--lang", "it") != sbm("score", answers)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            (
                "Verdict: not yet socially-enabled",
                "index 68.7 (63.6–70.9) · 40 answered, 2 “I don’t know”, 1 open, 1 not applicable",
                "The overall level is that of the weakest function.",
                "Gain on the",
                "+0.07",
                "▼ by itself keeps its function from level 4, integrated.",
            ),
        ),
        (
            "it",
            (
                "Giudizio: non ancora «socially-enabled»",
                "indice 68,7 (63,6–70,9) · 40 risposte, 2 «non so», 1 aperta, 1 non applicabile",
                "Nel complesso vale il livello della funzione più debole.",
                "Guadagno sul",
                "+0,07",
                "▼ da sola impedisce alla funzione di raggiungere il livello 4, integrato.",
            ),
        ),
    ],
)
def test_tables_write_numbers_and_plurals_as_the_language_does(
    answers: Path, language: str, lines: tuple[str, ...]
) -> None:
    shown = sbm("score", answers, "--lang", language)
    for line in lines:
        assert line in shown
    assert bool(re.search(r"\d\.\d", shown)) == (language == "en")
    assert bool(re.search(r"\d,\d", shown)) == (language == "it")


def test_both_sides_and_the_study_are_written_as_in_italian() -> None:
    shown = sbm("score", ROOT / "examples" / "cmo-and-cio.json", "--lang", "it")
    assert "36% (32–40), n 662" in shown
    assert "+3,00" in shown
    assert "Tra parentesi: intervallo calcolato da noi." in shown
    assert not re.search(r"\d\.\d", shown)


def test_another_questionnaire_is_not_called_socially_enabled(tmp_path: Path) -> None:
    sbm("questionnaires", "new", "mine", "--folder", tmp_path)
    folder = tmp_path / "mine" / "0.1.0"
    shown = sbm("score", folder / "answers.json", "--questionnaire", folder / "questionnaire.toml")
    assert "Verdict: definition" in shown or "Verdict: still open" in shown
    assert "socially" not in shown


def test_questionnaires_are_listed_and_shown() -> None:
    assert "social-business" in sbm("questionnaires", "list")
    shown = sbm("questionnaires", "show", "social-business@2.0.0")
    assert "sales.crm_link" in shown
    assert sbm("questionnaires", "show", "social-business", "--lang", "it") != shown
    assert re.search(r"everything +│ \d+–\d+ +│ \d+–\d+", shown)
    assert re.search(r"Head of sales +│ \d[–\d]* +│ \d", shown)


def test_the_shipped_questionnaire_is_sound() -> None:
    assert "is sound" in sbm("questionnaires", "lint", SHIPPED)


def test_a_new_questionnaire_is_sound_and_scored_at_once(tmp_path: Path) -> None:
    sbm("questionnaires", "new", "my-own", "--folder", tmp_path)
    folder = tmp_path / "my-own" / "0.1.0"
    file = folder / "questionnaire.toml"
    assert "my-own@0.1.0 is sound" in sbm("questionnaires", "lint", file)
    profile = json.loads(sbm("score", folder / "answers.json", "--questionnaire", file, "--json"))
    assert profile["questionnaire"]["id"] == "my-own"
    assert profile["counts"]["total"] == 3
    assert "Sales" in sbm("score", folder / "answers.json", "--questionnaire", file)
    alone = run("scoring", file, folder / "answers.json")
    assert json.loads(alone.stdout) == profile


def test_a_new_questionnaire_never_goes_over_another(tmp_path: Path) -> None:
    sbm("questionnaires", "new", "mine", "--folder", tmp_path)
    file = tmp_path / "mine" / "0.1.0" / "questionnaire.toml"
    file.write_text("mine", "utf-8")
    assert "exists already" in refused("app", "questionnaires", "new", "mine", "--folder", tmp_path)
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize("identifier", ["", "../up", "A b", "x/y", "-x", 65 * "x"])
def test_a_new_questionnaire_needs_a_plain_id(tmp_path: Path, identifier: str) -> None:
    refused("app", "questionnaires", "new", "--folder", tmp_path, "--", identifier)
    assert list(tmp_path.iterdir()) == []


def test_all_faults_of_answers_are_lines(tmp_path: Path) -> None:
    file = written(tmp_path, {"answers": {"sales.presence": "9", "nowhere": "1"}, "self_rating": 11})
    for said in (refused("app", "score", file), refused("scoring", SHIPPED, file)):
        for pointer in ("/answers/sales.presence", "/answers/nowhere", "/self_rating"):
            assert pointer in said
        assert len(said.splitlines()) == 3


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "NaN", '{"answers": {"sales.presence": "\\ud800"}}', 100_000 * "["]
)
def test_a_file_that_is_no_request_is_refused_in_lines(tmp_path: Path, content: str) -> None:
    file = written(tmp_path, content)
    refused("app", "score", file)
    refused("scoring", SHIPPED, file)


def test_a_file_that_is_no_text_is_refused_in_lines(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(b"\xff\xfe\x00")
    refused("app", "score", file)
    refused("scoring", SHIPPED, file)
    refused("app", "questionnaires", "lint", file)


def test_a_missing_file_is_named(tmp_path: Path, answers: Path) -> None:
    missing = tmp_path / "missing"
    assert "missing" in refused("app", "score", missing)
    assert "missing" in refused("app", "score", answers, "--questionnaire", missing)
    assert "missing" in refused("app", "questionnaires", "lint", missing)
    assert "missing" in refused("scoring", missing, answers)
    assert "missing" in refused("scoring", SHIPPED, missing)


def test_a_faulty_questionnaire_is_refused_with_all_its_faults(tmp_path: Path, answers: Path) -> None:
    file = tmp_path / "questionnaire.toml"
    file.write_text('id = "x"\nversion = "1.0.0"\ncolour = 1\nfunctions = []\n', "utf-8")
    said = refused("app", "questionnaires", "lint", file)
    assert ": colour: there is no such key" in said
    assert f"{file}:4: functions: " in said
    assert refused("scoring", file, answers) == said.replace("sbm: ", "")
    file.write_text("not TOML", "utf-8")
    refused("app", "questionnaires", "lint", file)
    refused("scoring", file, answers)


def test_an_unknown_questionnaire_is_refused(tmp_path: Path) -> None:
    refused("app", "questionnaires", "show", "nowhere")
    refused("app", "questionnaires", "show", "social-business@9.9.9")
    refused("app", "score", written(tmp_path, example(questionnaire="nowhere")))


PORTFOLIO = "company,sales.presence,sales.crm_link\nRossi,3,dont_know\nBianchi,9,1\n"


def portfolio_in(folder: Path, text: str = PORTFOLIO) -> Path:
    file = folder / "portfolio.csv"
    file.write_text(text, "utf-8")
    return file


def test_a_portfolio_is_made_and_scored(tmp_path: Path) -> None:
    portfolio, profiles = tmp_path / "portfolio.parquet", tmp_path / "profiles.csv"
    assert str(portfolio) in sbm("demo-portfolio", "--rows", 30, "-o", portfolio)
    done = run("app", "score", portfolio, "-o", profiles, "--columns", "verdict")
    assert done.code == 0, done.stderr
    assert "30/30" in done.stderr
    assert len(profiles.read_text("utf-8").splitlines()) == 31


def test_a_row_that_cannot_be_scored_stops_or_is_listed(tmp_path: Path) -> None:
    portfolio, profiles = portfolio_in(tmp_path), tmp_path / "profiles.csv"
    assert "row 3, column sales.presence: '9' is no answer" in refused(
        "app", "score", portfolio, "-o", profiles
    )
    assert not profiles.exists()
    said = sbm(
        "score", portfolio, "-o", profiles, "--on-error", "skip", "--tier", "express", "--target", "sales=5"
    )
    assert "profiles.csv.rejected.csv" in said
    assert "Passed through: company." in said
    assert profiles.read_text("utf-8").count("\n") == 2


def test_a_row_of_a_portfolio_is_explained(tmp_path: Path) -> None:
    portfolio = portfolio_in(tmp_path)
    explained = json.loads(sbm("score", portfolio, "--explain", 2, "--json", "--tier", "express"))
    body = {"tier": "express", "answers": {"sales.presence": "3", "sales.crm_link": "dont_know"}}
    assert explained == json.loads(sbm("score", written(tmp_path, body), "--json"))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("-o", "profiles.ods"),
        ("-o", "profiles.csv", "--columns", "mood"),
        ("-o", "profiles.csv", "--target", "sales"),
        ("-o", "profiles.csv", "--tier", "tiny"),
        ("--explain", 99),
    ],
    ids=str,
)
def test_what_cannot_be_done_with_a_portfolio_is_said_in_a_line(
    tmp_path: Path, arguments: tuple[object, ...]
) -> None:
    *_, said = refused("app", "score", portfolio_in(tmp_path), *arguments).splitlines()
    assert said.startswith("sbm: ")


def test_a_table_of_a_spreadsheet_is_scored_and_what_was_found_is_said(tmp_path: Path) -> None:
    portfolio = portfolio_in(tmp_path, "sep=;\ncompany;sales.presence;sales.enablement\nRossi;3,0;1\n")
    profiles = tmp_path / "profiles.csv"
    how = ("-o", profiles, "--columns", "sales.presence.score.value", "--columns", "mood", "--decimal", ",")
    ignored = ("--tier", "express", "--ignore", "unasked", "--ignore", "unmatched")
    done = run("app", "score", portfolio, *how, *ignored)
    assert done.code == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"{profiles} written.",
        "Read as UTF-8, cells between semicolons.",
        "Passed through: company.",
        "Not asked: sales.enablement.",
    ]
    assert "1/1" in done.stderr
    assert profiles.read_text("utf-8-sig") == "company;sales.presence.score.value\nRossi;3,0\n"
    assert "--columns mood: there is no column mood; the nearest is" in refused(
        "app", "score", portfolio, *how
    )


def test_a_mistyped_column_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    portfolio = portfolio_in(tmp_path, "company,sales.presense,sales.crm_link\nRossi,3,1\n")
    said = refused("app", "score", portfolio, "-o", tmp_path / "profiles.csv")
    assert "column sales.presense: there is no such question; the nearest is sales.presence" in said
    assert "--ignore" not in said
    assert not (tmp_path / "profiles.csv").exists()


def test_columns_that_a_tier_does_not_ask_are_refused_with_what_leaves_them_out(tmp_path: Path) -> None:
    portfolio = portfolio_in(tmp_path, "company,sales.presence,sales.enablement\nRossi,3,1\n")
    said = refused("app", "score", portfolio, "-o", tmp_path / "profiles.csv", "--tier", "express")
    assert "column sales.enablement: the tier 'express' has no such question" in said
    assert "--ignore unasked" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--delimiter", ",", "--decimal", ","), "not both"),
        (("--ignore", "everything"), "--ignore everything: what can be ignored is unasked or unmatched"),
        (("--target", "mood=3"), "--target mood: "),
        (("--target", "mood"), "--target mood: write a target as sales=3"),
    ],
    ids=str,
)
def test_options_that_cannot_be_used_are_named(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    assert said in refused("app", "score", portfolio_in(tmp_path), "-o", tmp_path / "p.csv", *options)
