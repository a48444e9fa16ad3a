"""The page that a questionnaire is answered on, as HTML."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.core.json_text import encoded
from app.core.words import SPOKEN, Sentences
from app.embed import STATIC
from app.embed.words import playground_words_of, trial_words_of, words_of

PATH = "/embed/v1"
# A page names its main module itself; others come when they are needed.
NOT_AT_ONCE = ("main", "answer_sheet", "profile", "place")

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
)


class Tried(NamedTuple):
    """What is tried: a questionnaire's version and tier."""

    questionnaire: str
    version: str
    tier: str


def questionnaire_page(language: str) -> str:
    """The page with its words in every language, so that changing the language asks for no further words."""
    return _page(language, words_of, "questionnaire", None)


def trial_page(language: str, tried: Tried) -> str:
    """The same, to be tried without an account: nothing is kept."""
    return _page(language, trial_words_of, "trial", tried)


def _page(language: str, words_in: Callable[[str], Sentences], main: str, tried: Tried | None) -> str:
    scripts = (STATIC / "questionnaire").glob("*.js")
    return _templates.get_template("questionnaire.html").render(
        language=language,
        say=words_in(language),
        path=f"{PATH}/questionnaire",
        main=f"{PATH}/{main}/main.js",
        modules=sorted(file.name for file in scripts if file.stem not in NOT_AT_ONCE),
        words=_in_script({spoken: words_in(spoken) for spoken in SPOKEN}),
        tried=tried,
    )


def frame_page(language: str, origins: list[str]) -> str:
    """The page inside a portal's page, for pages of these origins alone."""
    return _templates.get_template("frame.html").render(
        language=language,
        say=words_of(language),
        path=PATH,
        words=_in_script({spoken: words_of(spoken) for spoken in SPOKEN}),
        origins=_in_script(origins),
    )


def playground_page(language: str, key: str) -> str:
    """The page to try embedding on, with the demonstration's key."""
    say = playground_words_of(language)
    return _templates.get_template("playground.html").render(language=language, say=say, path=PATH, key=key)


LOADER = (STATIC / "loader.js").read_bytes()
TYPES = (STATIC / "loader.d.ts").read_bytes()
# A file of this name never changes: a page that names it asks for it once.
LOADER_NAME = f"loader-{sha256(LOADER).hexdigest()[:12]}.js"


def _in_script(content: object) -> str:
    """JSON that cannot end the element that it stands in."""
    return encoded(content).decode().replace("<", "\\u003c")
