"""What an author is told of faults: file, line and place, what is wanted, and like ones once."""

import shutil
from pathlib import Path

import pytest

from tests.kit.commands import refused, sbm
from tests.kit.folders import QUESTIONNAIRES

TOP = 'id = "x"\nversion = "1"\nmax_level = 3\n'
SCALE = "step_efforts = [1, 2, 3]\ndefinition = { level = 2, min_applicable = 1 }\n"
PRACTICES = "".join(
    f"""
[[functions]]
id = "F{f}"
[[functions.capabilities]]
id = "a"
options = [{{ id = "no", points = 0 }}, {{ id = "half", points = .5 }}, {{ id = "yes", points = 1 }}]
""".replace(".5", "0.5")
    for f in range(5)
)
TEXTS = "".join(f'[capabilities."F{f}.a"]\nname = "A"\noptions.no = false\n' for f in range(5))


def lint(folder: Path, structure: str, *options: str, **texts: str) -> list[str]:
    """What is said of a faulty questionnaire, line by line, from the file's name on."""
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "questionnaire.toml").write_text(structure, "utf-8")
    for language, text in texts.items():
        (folder / "texts" / f"{language}.toml").write_text(text, "utf-8")
    lines = refused("app", "questionnaires", "lint", folder, *options).splitlines()
    assert all(line.startswith(f"sbm: {folder}/") for line in lines)
    return [line.removeprefix(f"sbm: {folder}/") for line in lines]


def of_one(options: str) -> str:
    head = f'{TOP}{SCALE}[[functions]]\nid = "f"\n[[functions.capabilities]]\nid = "c"\n'
    return head + options


def test_the_scale_comes_first_and_like_faults_are_counted(tmp_path: Path) -> None:
    lines = lint(tmp_path, TOP + PRACTICES, en=TEXTS)
    starts = (
        "questionnaire.toml: definition / level: ",
        "questionnaire.toml: step_efforts: there have to be 3 step efforts",
        "questionnaire.toml:6: functions[0] F0 / id: ",
        "questionnaire.toml:9: functions[0] F0 / capabilities[0] a / options[1] half / points: ",
        "texts/en.toml:3: capabilities / F0.a / options / no: this has to be a text, not false (and 4 more",
    )
    assert all(any(line.startswith(start) for line in lines) for start in starts), lines
    assert lines[0].startswith(("questionnaire.toml: definition", "questionnaire.toml: step_efforts"))
    assert lines[2].endswith('digit, not "F0" (and 4 more like it)')
    assert len(lines) <= 6


def test_everything_is_told_on_request(tmp_path: Path) -> None:
    few = lint(tmp_path, TOP + PRACTICES, en=TEXTS)
    assert len(lint(tmp_path, TOP + PRACTICES, "--all", en=TEXTS)) >= len(few) + 3 * 4


def test_faults_of_two_languages_are_told_apart(tmp_path: Path) -> None:
    wrong = "[functions.f]\nname = 1\n"
    lines = lint(tmp_path, of_one(""), en=wrong, de=wrong)
    assert [line.split(":")[0] for line in lines] == ["texts/de.toml", "texts/en.toml"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("wieght = 2", "wieght: there is no such key; did you mean weight?"),
        ('name = "Presence"', "name: there is no such key; words stand in texts/<language>.toml"),
        ("colour = 1", "colour: there is no such key; the keys are id, weight, scored, "),
        ('weight = "2"', 'weight: this has to be a whole number, without quotes, not "2"'),
        ("weight = 0", "weight: at least 1, not 0"),
        ('lens = "people"', "lens: there is no lens 'people'"),
        (
            'options = [{ id = "a", points = 0.25 }]',
            "points are whole thousandths of a level; one option is worth 0, one 3000, none more, not 0.25",
        ),
        (f'id2 = "{"x" * 99}"', "id2: there is no such key; did you mean id?"),
        ('questions = [{ id = "A1" }]', 'beginning with a letter or a digit, not "A1"'),
    ],
)
def test_what_is_wanted_is_said(tmp_path: Path, written: str, told: str) -> None:
    lines = lint(tmp_path, of_one(written))
    (line,) = (line for line in lines if told in line)
    assert line.startswith("questionnaire.toml:10: functions[0] f / capabilities[0] c / ")


def test_a_long_value_is_cut_short(tmp_path: Path) -> None:
    (line,) = lint(tmp_path, of_one(f'weight = "{"9" * 99}"'))
    assert line.endswith("999…")
    assert len(line) < 200


def test_every_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    lines = lint(tmp_path, "id = ", en="name")
    assert [line.split(":")[0] for line in lines] == ["questionnaire.toml", "texts/en.toml"]


def test_a_new_questionnaire_needs_no_advice(tmp_path: Path) -> None:
    sbm("questionnaires", "new", "mine", "--folder", tmp_path)
    folder = tmp_path / "mine" / "0.1.0"
    (line,) = sbm("questionnaires", "lint", folder).splitlines()
    assert line.startswith("mine@0.1.0 is sound: sha256:")
    sbm("questionnaires", "translate", "de", folder)
    assert sbm("questionnaires", "lint", folder).count("\n") == 1


def test_a_translation_gets_one_line_of_advice(tmp_path: Path) -> None:
    folder = tmp_path / "1.1.0"
    shutil.copytree(QUESTIONNAIRES / "social-business" / "1.1.0", folder)
    before = sbm("questionnaires", "lint", folder)
    (folder / "texts" / "de.toml").write_text('name = "Social Business"\n', "utf-8")
    after = [line for line in sbm("questionnaires", "lint", folder).splitlines() if "advice" in line]
    assert len(after) == before.count("advice") + 1
    assert any("texts of en are missing: sbm questionnaires translate de" in line for line in after)


def test_evidence_of_each_question_is_evidence_enough(tmp_path: Path) -> None:
    sbm("questionnaires", "new", "mine", "--folder", tmp_path)
    folder = tmp_path / "mine" / "0.1.0"
    structure, texts = folder / "questionnaire.toml", folder / "texts" / "en.toml"
    text = structure.read_text("utf-8")
    structure.write_text(text + 'questions = [{ id = "a" }, { id = "b" }]\n', "utf-8")
    words = texts.read_text("utf-8").replace('evidence = "Last month’s times of answers."\n', "")
    for name in "ab":
        words += f'\n[questions."service.reply_time.{name}"]\nquestion = "How?"\nevidence = "A list."\n'
    texts.write_text(words, "utf-8")
    assert "advice" not in sbm("questionnaires", "lint", folder)
    texts.write_text(words.replace('evidence = "A list."\n', "", 1), "utf-8")
    said = sbm("questionnaires", "lint", folder)
    assert "capabilities / service.reply_time / evidence: the text is missing" in said
