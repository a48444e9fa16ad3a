"""Score a file of answers by a questionnaire: `python -m scoring QUESTIONNAIRE.toml ANSWERS.json`."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from scoring.errors import ScoringError, faults_of
from scoring.presentation.document import present
from scoring.questionnaire.source import parse
from scoring.questionnaire.telling import Sources, tell
from scoring.questionnaire.words import Words, language_of
from scoring.request import read, score_request


def main(arguments: list[str] | None = None) -> int:
    """Print the profile as JSON; faults go to standard error, one a line, and give status 1."""
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    parser.add_argument("questionnaire", type=Path, help="questionnaire.toml; texts/ beside it is read")
    parser.add_argument("answers", type=Path, help="the body of POST /v1/score, as JSON")
    parser.add_argument("--lang", default="en", help="language of the texts (default: en)")
    given = parser.parse_args(arguments)
    try:
        faulty = given.questionnaire
        texts = {file.stem: file.read_text("utf-8") for file in faulty.parent.glob("texts/*.toml")}
        questionnaire = parse(faulty.read_text("utf-8"), texts)
        faulty = given.answers
        request, faults = read(json.loads(faulty.read_text("utf-8")))
        profile = score_request(questionnaire, request, faults)
    except ValidationError as error:
        sources = Sources(faulty.read_text("utf-8"), texts)
        return _refuse(f"{faulty.parent / line}" for line in tell(faults_of(error), sources))
    except ScoringError as error:
        return _refuse(f"{faulty}: {fault.pointer}: {fault.detail}" for fault in error.faults)
    except (OSError, ValueError, RecursionError) as error:
        return _refuse([f"{faulty}: {error}"])
    words = Words(questionnaire, language_of(questionnaire, given.lang))
    print(json.dumps(present(profile, words), ensure_ascii=False, indent=2))
    return 0


def _refuse(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
