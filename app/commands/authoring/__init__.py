"""What an author does with a folder of a questionnaire: test it, translate it, release it."""

from pathlib import Path

from app.core.mendable import MendableError

STRUCTURE = "questionnaire.toml"


class AuthoringError(MendableError):
    """Something about the folder is not as it should be."""


def structure_in(path: Path) -> Path:
    """The `questionnaire.toml` of a folder, or the file itself; raises `AuthoringError`."""
    if not path.is_dir() or (path / STRUCTURE).is_file():
        return path / STRUCTURE if path.is_dir() else path
    below = [str(file.parent) for file in sorted(path.glob(f"**/{STRUCTURE}"))]
    known = f"; there is one in {', '.join(below[:9])}" if below else ""
    raise AuthoringError(f"{path}: there is no {STRUCTURE}{known}")
