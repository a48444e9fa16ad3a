"""The page that a questionnaire is answered on, as HTML."""

from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.core.json_text import encoded
from app.core.words import SPOKEN
from app.embed import STATIC
from app.embed.words import words_of

PATH = "/embed/v1"

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
)


def questionnaire_page(language: str) -> str:
    """The page with its words in every language, so that changing the language asks for no further words."""
    folder = STATIC / "questionnaire"
    return _templates.get_template("questionnaire.html").render(
        language=language,
        say=words_of(language),
        path=f"{PATH}/questionnaire",
        modules=sorted(file.name for file in folder.glob("*.js")),
        words=_in_script({spoken: words_of(spoken) for spoken in SPOKEN}),
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


LOADER = (STATIC / "loader.js").read_bytes()
# A file of this name never changes: a page that names it asks for it once.
LOADER_NAME = f"loader-{sha256(LOADER).hexdigest()[:12]}.js"


def _in_script(content: object) -> str:
    """JSON that cannot end the element that it stands in."""
    return encoded(content).decode().replace("<", "\\u003c")
