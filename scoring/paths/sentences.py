"""Why there is no plan, in words."""

from collections.abc import Mapping

from scoring.paths.goals import Conflict
from scoring.presentation.formats import decimal
from scoring.questionnaire.words import Words

ENGLISH: Mapping[str, str] = {
    "gate": "{0} has to reach level {level}.",
    "index": "The index has to reach {level}.",
    "min_applicable": "At least {level} functions have to be applicable.",
    "ceiling": "{0} may rise to level {level} at most.",
    "prerequisite": "{0} has to be at level {level} before {1} can rise as far.",
}
ITALIAN: Mapping[str, str] = {
    "gate": "«{0}» deve raggiungere il livello {level}.",
    "index": "L’indice deve raggiungere {level}.",
    "min_applicable": "Devono essere applicabili almeno {level} funzioni.",
    "ceiling": "«{0}» può salire al massimo al livello {level}.",
    "prerequisite": "«{0}» deve essere al livello {level} prima che «{1}» possa salire fin lì.",
}


def conflict_sentence(conflict: Conflict, words: Words) -> str:
    """A condition in the language of the words, in English where that has no sentences."""
    sentences = ITALIAN if words.language == "it" else ENGLISH
    names = [
        words.functions[name] if name in words.functions else words.capabilities[name].name
        for name in conflict.concerns
    ]
    level = str(conflict.level)
    if conflict.code == "index":
        level = decimal(conflict.level / 10, 1, words.language)
    return sentences[conflict.code].format(*names, level=level)
