"""Workspaces and names as they are given on the terminal."""

from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from app.core.mendable import MendableError
from app.workspaces.models import Workspace
from app.workspaces.schemas import Language, Name
from scoring.errors import faults_of


class GivenError(MendableError):
    """An argument is none that there can be."""


def checked_name(given: str) -> str:
    """A name as the API takes it; raises `GivenError` for what is none."""
    try:
        return TypeAdapter(Name).validate_python(given)
    except ValidationError as error:
        raise GivenError(f"the name: {faults_of(error)[0].detail}") from None


def checked_language(given: str) -> str:
    """A language as the API takes it; raises `GivenError` for what is none."""
    try:
        return TypeAdapter(Language).validate_python(given)
    except ValidationError:
        raise GivenError(f"the language is a code such as en or it, not {given}") from None


def chosen(workspaces: Sequence[Workspace], wanted: str | None) -> Workspace:
    """The workspace that is named, or the only one that is no demonstration."""
    own = [w for w in workspaces if (w.id == wanted if wanted else not w.is_demo)]
    if len(own) == 1:
        return own[0]
    if not workspaces:
        raise GivenError("there is no workspace yet: sbm init NAME")
    known = ", ".join(f"{w.id} ({w.name})" for w in workspaces)
    raise GivenError(f"say which --workspace: {known}")
