"""The Dockerfile as it is written; it cannot be built everywhere."""

import json
from fnmatch import fnmatch

from tests.kit.folders import ROOT

Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """Each instruction with its arguments, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    pairs = (line.split(None, 1) for line in lines if line and not line.startswith("#"))
    return [(name.upper(), rest.strip()) for name, rest in pairs]


def stages() -> list[list[Instruction]]:
    found: list[list[Instruction]] = []
    for name, rest in instructions():
        if name == "FROM":
            found.append([])
        if found:
            found[-1].append((name, rest))
    return found


def of(stage: list[Instruction], name: str) -> list[str]:
    return [rest for instruction, rest in stage if instruction == name]


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path of the checkout out: the last line that matches decides."""
    result = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        wanted = pattern.removeprefix("!").rstrip("/")
        parents = [path.rsplit("/", depth)[0] for depth in range(path.count("/") + 1)]
        if any(fnmatch(parent, wanted) for parent in parents):
            result = not pattern.startswith("!")
    return result


def test_there_are_two_stages_on_slim_images() -> None:
    assert len(stages()) == 2
    for stage in stages():
        image = of(stage, "FROM")[0].split()[0]
        assert image.startswith("python:3.")
        assert image.endswith("-slim")


def test_the_service_does_not_run_as_root() -> None:
    last = stages()[-1]
    (user,) = of(last, "USER")
    assert user not in {"root", "0"}
    names = [name for name, _ in last]
    assert "RUN" not in names[names.index("USER") :]


def test_the_command_is_in_exec_form() -> None:
    last = stages()[-1]
    (command,) = of(last, "CMD")
    assert json.loads(command)[0] == "sbm"
    for entry in of(last, "ENTRYPOINT"):
        assert isinstance(json.loads(entry), list)


def test_the_health_check_asks_whether_the_service_is_ready() -> None:
    (check,) = of(stages()[-1], "HEALTHCHECK")
    words = json.loads(check.partition("CMD")[2].strip())
    assert any("/readyz" in word for word in words)


def test_data_lies_in_a_volume_of_its_own() -> None:
    assert any("/data" in volume for volume in of(stages()[-1], "VOLUME"))


def test_all_that_is_copied_is_there_and_let_through() -> None:
    for stage in stages():
        for copied in of(stage, "COPY"):
            words = [word for word in copied.split() if not word.startswith("--")]
            if "--from=" in copied:
                continue
            for source in words[:-1]:
                assert (ROOT / source).exists(), source
                assert not ignored(source), source


def test_nothing_else_of_the_checkout_is_let_through() -> None:
    for path in (".git", ".venv", ".env", "tests", "Makefile", "bench"):
        assert ignored(path)


def test_nothing_is_installed_that_no_lock_names() -> None:
    commands = [command for stage in stages() for command in of(stage, "RUN") if "pip " in command]
    assert commands
    for command in commands:
        assert ("--require-hashes" in command) != ("--no-deps" in command), command
        assert "--no-deps" not in command or "/build" not in command or "--no-build-isolation" in command, (
            command
        )
