"""The questionnaire in the browser: one page, a client of `/v1/respondent` and of nothing else."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
