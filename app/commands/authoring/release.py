"""`sbm questionnaires release`: from then on the version never changes."""

from pathlib import Path

from app.catalog.store import read_released
from app.commands.authoring import AuthoringError
from scoring import Questionnaire


def release(questionnaire: Questionnaire, file: Path) -> Path:
    """Write the digest into the `released.toml` of the folder of questionnaires, which is returned.

    Raises `AuthoringError` where the version stands elsewhere than under its id and version, or is released
    with another digest: a correction is a new version.
    """
    version = file.resolve().parent
    key = f"{questionnaire.id}@{questionnaire.version}"
    if (version.parent.name, version.name) != (questionnaire.id, questionnaire.version):
        expected = f"{questionnaire.id}/{questionnaire.version}"
        raise AuthoringError(f"{file}: the folder has to be {expected}, as its id and version say")
    target = version.parents[1] / "released.toml"
    released = read_released(target.parent).get(key)
    if released is None:
        before = target.read_text("utf-8") if target.is_file() else ""
        separator = "" if not before or before.endswith("\n") else "\n"
        target.write_text(f'{before}{separator}"{key}" = "{questionnaire.digest}"\n', "utf-8")
    elif released != questionnaire.digest:
        raise AuthoringError(f"{key} is released and was something else: a correction is a new version")
    return target
