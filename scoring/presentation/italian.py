"""Notices in Italian."""

from scoring.presentation.language import Language, Sentence, same

ITALIAN = Language(
    code="it",
    levels="{n} livello|{n} livelli",
    points="{n} punto|{n} punti",
    open_respondents=(
        "L’unica persona invitata",
        "Una persona su {asked}",
        "{n} persone su {asked}",
    ),
    statuses={
        "met": "corrisponde alla definizione",
        "not_met": "non corrisponde alla definizione",
        "undetermined": "ancora aperto",
        "not_assessable": "non valutabile",
    },
    sentences={
        "many_not_applicable": same(
            "Più {percent:del} delle domande risulta «non applicabile» in: {names}. Queste domande restano "
            "fuori dal calcolo: conviene verificare che davvero nessuna riguardi l’azienda."
        ),
        "not_applicable_decides": same(
            "Il giudizio dipende da ciò che è stato escluso: se ogni domanda con risposta «non applicabile» "
            "contasse al livello più basso, sarebbe «{unexcluded}» invece di «{status}»."
        ),
        "many_dont_know": same(
            "A più {percent:del} delle domande si è risposto «non so» in: {names}. Gli intervalli mostrano "
            "che cosa resta aperto: conviene chiedere a chi lo sa."
        ),
        "same_level_throughout": Sentence(
            "Una persona{names_in_brackets} ha dato sempre la stessa risposta. Conviene verificare che le "
            "domande siano state lette una per una.",
            "{count} persone{names_in_brackets} hanno dato sempre la stessa risposta. Conviene verificare "
            "che le domande siano state lette una per una.",
        ),
        "high_without_evidence": Sentence(
            "Una risposta è al livello {level} o superiore senza commento né prova: conviene chiedere "
            "una prova.",
            "{count} risposte sono al livello {level} o superiore senza commento né prova: conviene chiedere "
            "le prove.",
        ),
        "self_rating_far": Sentence(
            "L’autovalutazione di {ratings} si scosta di almeno {distance_points} dal risultato calcolato, "
            "che sulla scala da 1 a 10 è {equivalent}.",
            "Le autovalutazioni di {ratings} si scostano di almeno {distance_points} dal risultato "
            "calcolato, che sulla scala da 1 a 10 è {equivalent}.",
        ),
        "importance_distance": Sentence(
            "Il voto sull’importanza per l’azienda, {ratings}, si scosta di almeno {distance_points} dal "
            "risultato calcolato, che sulla scala da 1 a 10 è {equivalent}: tra sapere e fare c’è distanza.",
            "I voti sull’importanza per l’azienda, {ratings}, si scostano di almeno {distance_points} dal "
            "risultato calcolato, che sulla scala da 1 a 10 è {equivalent}: tra sapere e fare c’è distanza.",
        ),
        "sides_far_apart": Sentence(
            "In una domanda le risposte di {sides} distano almeno {distance_levels}: {names}.",
            "In {count} domande le risposte di {sides} distano almeno {distance_levels}: {names}.",
        ),
        "too_few_raters": Sentence(
            "Una domanda su {total} ha meno di {raters} risposte, perciò non se ne indica l’accordo: "
            "con così poche, troppo spesso il caso sembra accordo.",
            "{count} domande su {total} hanno meno di {raters} risposte, perciò non se ne indica "
            "l’accordo: con così poche, troppo spesso il caso sembra accordo.",
        ),
        "too_few_to_show": Sentence(
            "La rilevazione è anonima e per una domanda le risposte note sono meno di {least}, forse "
            "nessuna: resta aperta e non se ne mostra nulla.",
            "La rilevazione è anonima e per {count} domande le risposte note sono meno di {least}, forse "
            "nessuna: restano aperte e non se ne mostra nulla.",
        ),
        "open_respondents": Sentence(
            "{open} non ha ancora risposto a tutto. Gli intervalli tengono già conto di qualunque "
            "risposta manchi.",
            "{open} non hanno ancora risposto a tutto. Gli intervalli tengono già conto di qualunque "
            "risposta manchi.",
        ),
    },
)
