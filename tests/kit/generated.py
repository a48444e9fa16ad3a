"""`questionnaires/schema.json`, made from the definition, and the reading sheets of `docs`, from the texts.

`python -m tests.kit.generated` rewrites them.

An editor checks a `questionnaire.toml` against the schema while it is written. It knows shapes and values;
what only the parts together show, such as a dangling reference, is found when a questionnaire is built.
Nothing is added to `released.toml`: a release is somebody's decision.
"""

import json

from scoring.questionnaire.definition import Questionnaire
from tests.kit.folders import QUESTIONNAIRES
from tests.kit.reading_sheets import SHEETS, sheet_text

COMMAND = "python -m tests.kit.generated"
SCHEMA = QUESTIONNAIRES / "schema.json"


def schema_text() -> str:
    """The JSON Schema of a questionnaire as the file has it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Questionnaire.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), "utf-8")
    for language, file in SHEETS.items():
        file.write_text(sheet_text(language), "utf-8")
