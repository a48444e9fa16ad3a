"""The start of a questionnaire of one's own: small, sound, and ready to be scored."""

import re
from pathlib import Path

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
VERSION = "0.1.0"

STRUCTURE = """\
# What is asked and how it is weighed. Words stand in texts/. How to go on: questionnaires/README.md.
id = "{identifier}"
version = "{version}"
definition = {{ level = 4, min_applicable = 2 }}
lenses = ["people", "process"]

[[functions]]
id = "sales"

[[functions.capabilities]]
id = "presence"
lens = "people"

[[functions.capabilities]]
id = "understanding"
lens = "process"

[[functions]]
id = "service"

[[functions.capabilities]]
id = "reply_time"
lens = "process"
"""

TEXTS = """\
name = "{identifier}"

[lenses]
people = "People"
process = "Process"

[functions.sales]
name = "Sales"

[functions.service]
name = "Customer service"

[capabilities."sales.presence"]
name = "Presence"
question = "How do your sellers present themselves where buyers look?"

[capabilities."sales.understanding"]
name = "Understanding buyers"
question = "How do you learn what a buyer needs before you call?"

[capabilities."service.reply_time"]
name = "Reply time"
question = "How soon do you answer customers in public channels?"
"""

ANSWERS = """\
{"answers": {"sales.presence": "4", "sales.understanding": "3", "service.reply_time": "dont_know"}}
"""


class DraftError(Exception):
    """The draft cannot be written."""


def write(identifier: str, folder: Path) -> Path:
    """Write `<id>/0.1.0/` with structure, English texts and answers to try; never over something."""
    if not IDENTIFIER.fullmatch(identifier):
        message = "an id is made of a-z, 0-9, - and _, at most 64 characters"
        raise DraftError(message)
    target = folder / identifier / VERSION
    if target.exists():
        message = f"{target} exists already"
        raise DraftError(message)
    (target / "texts").mkdir(parents=True)
    file = target / "questionnaire.toml"
    file.write_text(STRUCTURE.format(identifier=identifier, version=VERSION), "utf-8")
    (target / "texts" / "en.toml").write_text(TEXTS.format(identifier=identifier), "utf-8")
    (target / "answers.json").write_text(ANSWERS, "utf-8")
    return file
