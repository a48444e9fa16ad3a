"""The questionnaires that the service scores by: which version is meant, and their words by language."""

from collections.abc import Iterable, Mapping, Sequence

import orjson

from app.core.errors import INVALID, RefusalError
from app.core.mendable import MendableError
from scoring import Fault, Questionnaire
from scoring.presentation.prepared import Prepared
from scoring.questionnaire.duration import Duration
from scoring.questionnaire.words import Words, language_of


class QuestionnaireFolderError(MendableError):
    """A questionnaire in the folder cannot be used."""


class UnknownQuestionnaireError(RefusalError):
    """There is no such questionnaire, or no such version of it."""

    def __init__(self, *, field: str, detail: str) -> None:
        """`field` is what names nothing: `questionnaire` or `version`."""
        fault = Fault((field,), f"unknown_{field}", detail)
        super().__init__("invalid_request", INVALID, [fault])
        self.field = field
        self.reason = detail

    @property
    def lines(self) -> Sequence[str]:
        """What names nothing, and what there is."""
        return (f"unknown {self.field}: {self.reason}",)


class Edition:
    """A version of a questionnaire with its words; a released one never changes."""

    def __init__(self, questionnaire: Questionnaire, *, released: bool) -> None:
        """Prepare the words in every language that it has, in none where it has no texts."""
        self.questionnaire = questionnaire
        self.released = released
        self.key = f"{questionnaire.id}@{questionnaire.version}"
        languages = questionnaire.languages or (None,)
        self._words = {language: Words(questionnaire, language) for language in languages}
        self._durations = {language: Duration(questionnaire, language) for language in languages}
        self._prepared = {language: Prepared(_encoded) for language in languages}

    @property
    def all_words(self) -> list[Words]:
        """The words in every language that it has."""
        return list(self._words.values())

    def words(self, language: str) -> Words:
        """The words in the wanted language, else in one that there is."""
        return self._words[language_of(self.questionnaire, language)]

    def duration(self, language: str) -> Duration:
        """How long it takes in that language."""
        return self._durations[language_of(self.questionnaire, language)]

    def prepared(self, language: str) -> Prepared:
        """The recurring parts of profiles in that language, for `orjson`."""
        return self._prepared[language_of(self.questionnaire, language)]


def _encoded(part: object) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(part))


class Catalog:
    """All questionnaires that the service scores by, in the order of id and version."""

    def __init__(self, questionnaires: Iterable[Questionnaire], released: Mapping[str, str]) -> None:
        """Order the editions; refuses a released one that has changed or is missing."""
        editions = [Edition(q, released=f"{q.id}@{q.version}" in released) for q in questionnaires]
        self.editions = {edition.key: edition for edition in sorted(editions, key=_order)}
        for key, digest in released.items():
            edition = self.editions.get(key)
            if edition is None or edition.questionnaire.digest != digest:
                message = f"{key} is released but no longer what was released: a correction is a new version"
                raise QuestionnaireFolderError(message)

    def versions_of(self, questionnaire: str) -> list[Questionnaire]:
        """All versions of a questionnaire, the oldest first."""
        editions = self.editions.values()
        return [e.questionnaire for e in editions if e.questionnaire.id == questionnaire]

    def find(self, questionnaire: str, version: str | None) -> Edition:
        """A questionnaire in the given version, else in its latest released one."""
        editions = [e for e in self.editions.values() if e.questionnaire.id == questionnaire]
        if not editions:
            known = ", ".join(dict.fromkeys(e.questionnaire.id for e in self.editions.values()))
            raise UnknownQuestionnaireError(field="questionnaire", detail=f"the questionnaires are {known}")
        for edition in reversed(editions):
            if edition.released if version is None else edition.questionnaire.version == version:
                return edition
        known = ", ".join(e.questionnaire.version for e in editions)
        hint = "no version is released; " if version is None else ""
        raise UnknownQuestionnaireError(field="version", detail=f"{hint}the versions are {known}")


def _order(edition: Edition) -> tuple[str, list[tuple[bool, int, str]]]:
    """By id, then by version: number by number, and pre-releases before what they lead to."""
    main, _, pre = edition.questionnaire.version.partition("-")
    parts = [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in main.split(".")]
    return edition.questionnaire.id, [*parts, (not pre, 0, pre)]
