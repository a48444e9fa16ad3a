"""The words of the pages in English and Italian."""

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Social-Business Maturity",
        "demo": "demonstration: nothing is stored, no key is needed",
        "other_language": "it",
        "other_language_name": "Italiano",
        "headline": "How socially-enabled is a company, and what should it do next?",
        "lead": "Answers go in, a maturity profile with gaps comes out: whether the definition is met, how far "
        "each function has come, what unanswered questions still leave possible, and which gaps to close "
        "first. Every number can be traced to the answers that it comes from.",
        "example": "An example: a maker of machines",
        "verdict": "Not yet socially-enabled: {met} of {total} functions are integrated. {functions} hold it back.",
        "and": "and",
        "to": "to",
        "how_to_read": "Each dot is a capability on the scale from 0 to 5. A function is integrated when enough "
        "of its dots reach the solid line and none lies left of the dotted one. The mean is shown, but it "
        "does not decide; where a question is open, it stands with what is still possible.",
        "function": "Function",
        "capabilities": "Capabilities, 0 to 5",
        "level": "Level",
        "mean": "Mean",
        "at_the_line": "{reached} of {total} capabilities are integrated",
        "not_applicable": "not applicable",
        "first_gap": "What to do first:",
        "use_it": "Use it",
        "docs": "Try the API",
        "docs_text": "Every operation with a ready example.",
        "openapi_text": "The complete description, for generating clients.",
        "questionnaire": "The questionnaire",
        "questionnaire_text": "Questions, levels, weights and rules as JSON.",
        "decimal": ".",
    },
    "it": {
        "title": "Maturità social dell’impresa",
        "demo": "dimostrazione: non si salva nulla, non serve alcuna chiave",
        "other_language": "en",
        "other_language_name": "English",
        "headline": "Quanto è «socially-enabled» un’azienda, e da dove conviene cominciare?",
        "lead": "Entrano le risposte, esce un profilo di maturità con le lacune: se la definizione è "
        "raggiunta, a che punto è ogni funzione, che cosa lasciano ancora aperto le domande senza "
        "risposta e quali lacune colmare per prime. Ogni numero si può ricondurre alle risposte da cui nasce.",
        "example": "Un esempio: un costruttore di macchine",
        "verdict": "Non ancora «socially-enabled»: {met} funzioni su {total} sono integrate. "
        "A frenare: {functions}.",
        "and": "e",
        "to": "o",
        "how_to_read": "Ogni punto è una capacità sulla scala da 0 a 5. Una funzione è integrata quando un numero "
        "sufficiente di punti raggiunge la linea continua e nessuno sta a sinistra di quella tratteggiata. "
        "La media si vede, ma non decide; dove una domanda è aperta, accanto c’è ciò che resta possibile.",
        "function": "Funzione",
        "capabilities": "Capacità, da 0 a 5",
        "level": "Livello",
        "mean": "Media",
        "at_the_line": "{reached} capacità su {total} sono integrate",
        "not_applicable": "non applicabile",
        "first_gap": "Da fare per primo:",
        "use_it": "Come si usa",
        "docs": "Provate l’API",
        "docs_text": "Ogni operazione con un esempio pronto.",
        "openapi_text": "La descrizione completa, per generare i client.",
        "questionnaire": "Il questionario",
        "questionnaire_text": "Domande, livelli, pesi e regole in JSON.",
        "decimal": ",",
    },
}
