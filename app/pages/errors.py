"""Every code of an error, what it means and what to do: for `/docs/errors` and docs/errors.md."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

FILE = Path(__file__).parent / "errors.toml"

INTRODUCTION = (
    "Errors are `application/problem+json` (RFC 9457): `type` is the address of what is said below of its "
    "`code`, `detail` a sentence for people, `request_id` what finds it in the log. `errors` lists all "
    "faults, each with a JSON `pointer` to where it stands, a `code` and a sentence. Codes stay within "
    "`/v1`; sentences may be worded better. None repeats what was sent."
)


class Explained(NamedTuple):
    """A code and what is said of it; `statuses` are those of HTTP, empty for a fault."""

    code: str
    anchor: str
    means: str
    remedy: str
    statuses: tuple[int, ...] = ()


class Section(NamedTuple):
    """Codes of one kind."""

    heading: str
    codes: tuple[Explained, ...]


@cache
def sections() -> tuple[Section, ...]:
    """All codes: those of problems first, then those of faults by what they are about."""
    written = tomllib.loads(FILE.read_text("utf-8"))
    problems = tuple(
        Explained(code, code, said["means"], said["remedy"], tuple(said["status"]))
        for code, said in written["problems"].items()
    )
    return (
        Section("Problems: `code`", problems),
        *(
            Section(f"Faults, `errors[].code`: {written['headings'][kind]}", _faults(codes))
            for kind, codes in written["faults"].items()
        ),
    )


def _faults(codes: Mapping[str, Mapping[str, str]]) -> tuple[Explained, ...]:
    return tuple(
        Explained(code, f"fault-{code}", said["means"], said["remedy"]) for code, said in codes.items()
    )


def html(text: str) -> Markup:
    """A text with what stands between back-ticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S704 -- escaped right there


def markdown() -> str:
    """The page as it stands in docs/errors.md."""
    return "\n\n".join(["# Errors", INTRODUCTION, *map(_section, sections())]) + "\n"


def _section(section: Section) -> str:
    is_of_problems = bool(section.codes[0].statuses)
    first, line = ("| status ", "|---") if is_of_problems else ("", "")
    rows = [
        "".join(
            [
                f"| {', '.join(map(str, code.statuses))} " if is_of_problems else "",
                f'| <a id="{code.anchor}"></a>`{code.code}` | {code.means} | {code.remedy} |',
            ]
        )
        for code in section.codes
    ]
    header = f"{first}| code | means | what to do |"
    return "\n".join([f"## {section.heading}", "", header, f"{line}|---|---|---|", *rows])


if __name__ == "__main__":
    (Path(__file__).parents[2] / "docs" / "errors.md").write_text(markdown(), "utf-8")
