/** Sentences, numbers and times in one language. */

const ALL = JSON.parse(document.getElementById("words").textContent);

export const LANGUAGES = Object.keys(ALL);

/** Where the language alone leaves open how times are written: as the words are, British. */
const LOCALES = { en: "en-GB" };

/** What begins small within a sentence: never a name. */
const OPENINGS = /^(?:An?|The|One|Ten|Three|Examples|Minutes|Il|Lo|La|L|I|Gli|Le|Un[ao]?|Tre|Dieci|Esempi)(?=[\s’])/;

/** A function that says sentences by key; `count` picks the plural, `count` and `total` are written as numbers. */
export function wordsOf(language) {
  const sentences = ALL[language] ?? ALL.en;
  const locale = LOCALES[language] ?? language;
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const day = { day: "numeric", month: "long", year: "numeric" };
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const dates = new Intl.DateTimeFormat(locale, { ...day, timeZone: "UTC" });
  const moments = new Intl.DateTimeFormat(locale, { weekday: "long", ...day, hour: "2-digit", minute: "2-digit" });

  function sentence(key, count) {
    if (count === 0 && `${key}_zero` in sentences) return sentences[`${key}_zero`];
    const plural = `${key}_${plurals.select(count ?? 0)}`;
    return sentences[key] ?? sentences[plural] ?? sentences[`${key}_other`];
  }

  function say(key, values = {}) {
    const written = (name) => (typeof values[name] === "number" ? numbers.format(values[name]) : values[name]);
    return sentence(key, values.count).replaceAll(/\{(\w+)\}/g, (_, name) => written(name));
  }

  return Object.assign(say, {
    language,
    has: (key) => key in sentences,
    within: (text) => text.replace(OPENINGS, (word) => word.toLowerCase()),
    clock: (date) => clock.format(date),
    day: (date) => dates.format(date),
    moment: (date) => moments.format(date),
  });
}

/** A language's own name, as a button says it. */
export function nameOf(language) {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
