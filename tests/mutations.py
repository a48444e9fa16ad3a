"""Some forty faults, each put into a copy of the tree, and whether the tests that should notice it do.

`make mutants`, or `python -m tests.mutations --only 3 17` for some of them; no part of the suite. It ends
with 1 where one survives, and with 2 where the tree no longer has what one of them changes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = ("app", "scoring", "tests", "questionnaires", "docs", "examples", "README.md", "pyproject.toml")
SECONDS = 300


class Mutation(NamedTuple):
    """A fault: what stands in a file, what is put there instead, and the tests that should notice."""

    file: str
    old: str
    new: str
    tests: str

    def apply(self, tree: Path) -> None:
        """Put it into a tree; raises `LookupError` where what it changes does not stand there once."""
        file = tree / self.file
        text = file.read_text("utf-8") if file.exists() else ""
        if text.count(self.old) != 1:
            message = f"{self.file}: {self.old!r} stands there {text.count(self.old)} times"
            raise LookupError(message)
        file.write_text(text.replace(self.old, self.new), "utf-8")


SCORING, METHOD, PEOPLE = "tests/scoring", "tests/scoring/method", "tests/scoring/respondents"
ASSESSMENTS, CORE, WHOLE = "tests/app/assessments", "tests/app/core", "tests/whole"
DATABASE = f"{CORE}/test_database.py"
ISOLATION = f"{WHOLE}/test_isolation.py"

MUTATIONS = [
    # The arithmetic and the method
    Mutation("scoring/arithmetic.py", "return -half_up(-numerator", "return half_up(-numerator", SCORING),
    Mutation("scoring/arithmetic.py", "(2 * numerator + denominator)", "(2 * numerator)", METHOD),
    Mutation("scoring/levels.py", "score.high // POINTS", "score.low // POINTS", METHOD),
    Mutation("scoring/levels.py", "100 * reached >= required", "100 * reached > required", METHOD),
    Mutation("scoring/levels.py", "least + rule.max_shortfall", "least + 1 + rule.max_shortfall", METHOD),
    Mutation("scoring/levels.py", "c.level.low < floor", "c.level.low <= floor", METHOD),
    Mutation("scoring/method/verdict.py", "level.low >= integrated", "level.high >= integrated", METHOD),
    Mutation("scoring/method/verdict.py", "max(1, min_applicable)", "min_applicable", METHOD),
    Mutation("scoring/method/gaps.py", "wanted <= value", "wanted < value", METHOD),
    Mutation("scoring/method/gaps.py", "not g.breaks_floor, ", "", METHOD),
    Mutation("scoring/method/gaps.py", "wanted - low))", "wanted - value))", METHOD),
    Mutation("scoring/method/rating.py", 'states.count("dont_know")', 'states.count("unanswered")', METHOD),
    Mutation("scoring/digests.py", '"targets": profile.targets,', "", SCORING),
    Mutation("scoring/canonical.py", "orjson.OPT_SORT_KEYS", "0", SCORING),
    # Several respondents
    Mutation("scoring/respondents/anonymity.py", "LEAST_SHOWN = 5", "LEAST_SHOWN = 4", PEOPLE),
    Mutation("scoring/respondents/anonymity.py", "hidden = others + ", "hidden = ", PEOPLE),
    Mutation("scoring/respondents/agreement.py", "n * (n - 1)", "n * n", PEOPLE),
    Mutation("scoring/respondents/consolidate.py", "known + [greatest] * waiting", "known", PEOPLE),
    Mutation("scoring/respondents/consolidate.py", "return points[0]", "return points[-1]", PEOPLE),
    Mutation("scoring/respondents/answers.py", "elif question.id in answers:", "elif False:", SCORING),
    Mutation(
        "scoring/respondents/answers.py", "if answer is not None}, []", "}, []", f"{PEOPLE}/test_merged.py"
    ),
    # Many rows at once
    Mutation(
        "scoring/method/scheme.py", "rule=self.rule or form.rule", "rule=form.rule", "tests/scoring/batch"
    ),
    # Keys, workspaces, and who may see what
    Mutation("app/workspaces/service.py", "if key.revoked_at is not None:", "if False:", ISOLATION),
    Mutation("app/workspaces/service.py", "key.expires_at <= moment", "key.expires_at > moment", ISOLATION),
    Mutation("app/workspaces/service.py", '"write": ("read", "write")', '"write": ("write",)', ISOLATION),
    Mutation("app/workspaces/service.py", "(key.is_demo and not demo)", "False", "tests/app/demo"),
    Mutation("app/workspaces/auth.py", "if not includes(key, scope):", "if False:", ISOLATION),
    Mutation("app/assessments/disclosure.py", '"open" and not assessment.anonymous', '"open"', ASSESSMENTS),
    Mutation(
        "app/assessments/participants/doors.py",
        "    refuse_answers_to_others(own.assessment)\n",
        "",
        ASSESSMENTS,
    ),
    Mutation("app/assessments/disclosure.py", "    if participant.revision:", "    if False:", ASSESSMENTS),
    Mutation(
        "app/assessments/participants/answers.py",
        "    fill_in(own.edition, own.assessment, participant, answers, rated)\n",
        "    fill_in(own.edition, own.assessment, participant, answers, rated)\n"
        "    own.assessment.changed_at = work.moment\n",
        f"{ASSESSMENTS}/test_undisclosed.py",
    ),
    # What is written and read
    Mutation("app/assessments/participants/answers.py", "if number > revision", "if False", ASSESSMENTS),
    Mutation(
        "app/assessments/participants/answers.py", "if missing and not incomplete:", "if False:", ASSESSMENTS
    ),
    Mutation("app/core/saved_answers.py", "if saved.request != attempt.request:", "if False:", CORE),
    Mutation("app/core/web/once.py", "save(work, attempt, outcome.made)", "del attempt", CORE),
    Mutation("app/core/limits.py", "if self.requests > self.per_minute:", "if False:", "tests/app"),
    Mutation("app/core/engines.py", "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys=OFF", DATABASE),
    Mutation("app/core/database.py", "query_only=ON", "query_only=OFF", DATABASE),
    Mutation("app/core/strict_json.py", "if len(value) != len(pairs):", "if False:", "tests/app/scores"),
    Mutation("app/core/web/paging.py", "if tag != _tag(listing):", "if False:", ISOLATION),
    Mutation("app/migrations/run.py", "after[name] < rows", "after[name] > rows", "tests/app/migrations"),
]


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


def is_caught(mutation: Mutation) -> bool:
    """Whether a test fails with it; one that takes too long has noticed it too."""
    with tempfile.TemporaryDirectory(prefix="sbm-mutant-") as folder:
        tree = copied(Path(folder))
        mutation.apply(tree)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", mutation.tests]
        # The copy stands before the project that is installed.
        environment = os.environ | {"PYTHONPATH": str(tree)}
        try:
            run = subprocess.run(  # noqa: S603 -- our own command
                command, cwd=tree, env=environment, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return True
    if run.returncode not in {0, 1}:  # neither passed nor failed: there was nothing to run
        sys.exit(run.stdout.decode() + run.stderr.decode())
    return run.returncode == 1


def check_all(chosen: list[int]) -> None:
    """Stop where the tree no longer has what one of them changes."""
    with tempfile.TemporaryDirectory(prefix="sbm-mutant-") as folder:
        tree = copied(Path(folder))
        for number in chosen:
            mutation, file = MUTATIONS[number - 1], ROOT / MUTATIONS[number - 1].file
            try:
                mutation.apply(tree)
            except LookupError as error:
                print(f"{number}: {error}", file=sys.stderr)  # noqa: T201 -- a command prints
                sys.exit(2)
            shutil.copy2(file, tree / mutation.file)


def main() -> None:
    """Try them one after another, and print what became of each."""
    parser = argparse.ArgumentParser(description="faults that the tests should notice")
    parser.add_argument("--only", type=int, nargs="+", default=list(range(1, len(MUTATIONS) + 1)))
    parser.add_argument("--check", action="store_true", help="only whether the tree has what each changes")
    arguments = parser.parse_args()
    chosen = arguments.only
    check_all(chosen)
    if arguments.check:
        return
    survived = 0
    for number in chosen:
        mutation = MUTATIONS[number - 1]
        caught = is_caught(mutation)
        survived += not caught
        said = "caught  " if caught else "survived"
        print(f"{number:2} {said} {mutation.file}: {mutation.old.strip()!r}", flush=True)  # noqa: T201 -- the same
    sys.exit(1 if survived else 0)


if __name__ == "__main__":
    main()
