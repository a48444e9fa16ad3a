"""`questionnaires/README.md` is true: its example runs, and its tables name every key there is."""

import json
import re
import shlex
from pathlib import Path

import pytest
from pydantic import BaseModel

from app.catalog.service import load_catalog
from scoring import __main__ as command
from scoring.cases import Case, differences, profile_of, read_case
from scoring.questionnaire import entries, texts
from scoring.questionnaire import faults as checks
from scoring.questionnaire import mapping as mapping_checks
from scoring.questionnaire import text_faults as text_checks
from tests.kit.commands import sbm
from tests.kit.folders import QUESTIONNAIRES, load

README = (QUESTIONNAIRES / "README.md").read_text("utf-8")
NAMED_BLOCK = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…\n"
PROSE = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)

TABLES: dict[str, type[BaseModel]] = {
    "Top of the file": entries.Structure,
    "`level_rule`": entries.LevelRuleEntry,
    "`definition`": entries.DefinitionEntry,
    "`[tiers.ID]`": entries.TierEntry,
    "`[[functions]]`": entries.FunctionEntry,
    "`[[functions.capabilities]]`": entries.CapabilityEntry,
    "`questions` of a capability": entries.QuestionEntry,
    "`options`": entries.OptionEntry,
    "`[[prerequisites]]`": entries.PrerequisiteEntry,
    "`[[roles]]`": entries.RoleEntry,
    "`[importance]`": entries.ImportanceEntry,
    "`[self_rating]`": entries.SelfRatingEntry,
    "`bands`": entries.BandEntry,
    "`[[benchmarks]]`": entries.BenchmarkEntry,
    "`[notices]`": entries.NoticesEntry,
    "`figures`": entries.FigureEntry,
    "mapping.toml": entries.MappingEntry,
    "Top of the texts": texts.Texts,
    "`levels`": texts.LevelTexts,
    "`[verdict]`": texts.VerdictTexts,
    "`[functions.ID]`": texts.FunctionTexts,
    '`[capabilities."function.capability"]`': texts.CapabilityTexts,
    '`[questions."function.capability.question"]`': texts.QuestionTexts,
    "`[importance]` in the texts": texts.RatingTexts,
    "`[self_rating]` in the texts": texts.SelfRatingTexts,
    "`[benchmarks.ID]`": texts.BenchmarkTexts,
}
DEFAULTS = [heading for heading, model in TABLES.items() if issubclass(model, entries.Entry)]


def section(heading: str) -> str:
    """What stands under a heading, up to the next one."""
    after = re.split(rf"^#+ {re.escape(heading)}\n", PROSE, flags=re.MULTILINE)
    assert len(after) == 2, f"one heading {heading!r} expected"
    return re.split(r"^#+ ", after[1], flags=re.MULTILINE)[0]


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of a section's table, by the name in their first column."""
    cells = [line.strip("|").split("|") for line in section(heading).splitlines() if line.startswith("| `")]
    return {first.strip(" `"): [cell.strip() for cell in rest] for first, *rest in cells}


def block_after(words: str) -> str:
    """The first fenced block after these words."""
    found = re.search(r"^```\w+\n(.*?)^```$", README[README.index(words) :], re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a reader has who copied every file of the page."""
    for name, content in NAMED_BLOCK.findall(README):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("example")
def test_the_command_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = shlex.split(block_after("Score them:"))[1:]
    assert (program, arguments.pop(0)) == ("-m", "scoring")
    assert command.main(arguments) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["questionnaire"]["id"] == "cycle-shop"
    shown = block_after("This prints the profile").split(LEFT_OUT)
    for part in filter(None, shown):
        before, found, printed = printed.partition(part)
        assert found == part, f"not printed, or not in this order: {part}"
        assert before == "" or before.endswith("\n")


def test_the_case_on_the_page_comes_out_as_expected(example: Path) -> None:
    folder = example / "cycle-shop" / "1.0.0"
    case = read_case(folder / "cases" / "half_way.toml")
    assert case.expected
    assert differences(case.expected, profile_of(load(folder), case.request)) == []


def test_the_commands_of_an_author_run_as_they_stand(example: Path) -> None:
    folder = example / "cycle-shop" / "1.0.0"
    lines = block_after("These go with you").splitlines()
    assert {shlex.split(line)[2] for line in lines} == set(rows("A complete small example"))
    for line in lines:
        program, *arguments = shlex.split(line.replace("cycle-shop/1.0.0", str(folder)))
        assert program == "sbm"
        printed = sbm(*arguments)
        assert "advice:" not in printed
    assert (folder / "texts" / "de.toml").exists()
    assert load_catalog([example]).find("cycle-shop", None).released


@pytest.mark.parametrize(
    ("done", "reached"),
    [("000", []), ("100", ["first"]), ("110", ["first", "second"]), ("111", ["first", "second", "full"])],
)
def test_cumulative_levels_are_tiers(example: Path, done: str, reached: list[str]) -> None:
    questionnaire = load(example / "ladder" / "1.0.0")
    answers = dict(zip((q.id for q in questionnaire.forms["full"].questions), done, strict=True))
    met = []
    for tier in ("first", "second", "full"):
        asked = {q.id: answers[q.id] for q in questionnaire.forms[tier].questions}
        profile = profile_of(questionnaire, {"tier": tier, "answers": asked})
        if profile["verdict"]["status"] == "met":
            met.append(tier)
    assert met == reached


def test_low_is_what_counts_an_open_answer_as_0(example: Path) -> None:
    questionnaire = load(example / "cycle-shop" / "1.0.0")
    answers = {"repairs.booking": "2", "repairs.records": "paper"}
    low = profile_of(questionnaire, {"answers": answers})
    zero = profile_of(questionnaire, {"answers": answers | {"shop.advice": "0"}})
    assert low["overall"]["score"]["low"] == zero["overall"]["score"]["value"]
    assert [f["level"] and f["level"]["low"] for f in low["functions"]] == [
        f["level"] and f["level"]["low"] for f in zero["functions"]
    ]
    assert low["overall"]["score"]["value"] != zero["overall"]["score"]["value"]


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_names_exactly_the_keys_there_are(heading: str) -> None:
    assert set(rows(heading)) == set(TABLES[heading].model_fields) - {"texts"}


@pytest.mark.parametrize("heading", DEFAULTS)
def test_a_table_gives_the_defaults_there_are(heading: str) -> None:
    said = {key: cells[0] for key, cells in rows(heading).items()}
    for key, default in said.items():
        field = TABLES[heading].model_fields[key]
        assert (default == "required") == field.is_required(), key
        if isinstance(field.default, int):
            assert default == f"`{json.dumps(field.default)}`", key


def test_the_keys_of_a_case_are_named() -> None:
    assert {key.strip("[]") for key in rows("Cases")} == set(Case.model_fields)


def test_the_codes_of_all_faults_are_named() -> None:
    source = "".join(
        Path(module.__file__ or "").read_text("utf-8") for module in (checks, text_checks, mapping_checks)
    )
    faults = re.findall(r'Fault\((?:[^()]|\([^()]*\))*?, "([a-z_]+)",', source)
    assert set(rows("What is refused")) == set(faults)


def test_links_within_the_page_lead_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.*)$", PROSE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert {link for link in re.findall(r"\]\(#([^)]+)\)", README) if link not in anchors} == set()
