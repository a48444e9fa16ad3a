"""The reading sheets of `docs` say what the questionnaire says."""

import pytest

from scoring.questionnaire.texts import Texts
from tests.kit.folders import load
from tests.kit.reading_sheets import COMMAND, SHEETS, VERSION, sheet_text


@pytest.mark.parametrize("language", SHEETS)
def test_a_reading_sheet_is_up_to_date(language: str) -> None:
    written = SHEETS[language].read_text("utf-8")
    assert written == sheet_text(language), f"the texts have changed: {COMMAND}"


@pytest.mark.parametrize("language", SHEETS)
def test_a_reading_sheet_has_everything_that_somebody_is_asked_or_advised(language: str) -> None:
    texts: Texts = load(VERSION).texts[language]
    sheet = sheet_text(language)
    said = [
        text
        for words in texts.capabilities.values()
        for text in (
            words.name,
            words.question,
            words.why,
            words.evidence,
            *(words.levels or words.options.values()),
            *(words.actions or ()),
        )
    ]
    assert [text for text in said if not text or text not in sheet] == []
