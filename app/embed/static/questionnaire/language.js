/** One button for each other language that the page and the questionnaire speak. */

import { button, h } from "./dom.js";
import { LANGUAGES, nameOf } from "./words.js";

export function languageButtons(app) {
  const others = LANGUAGES.filter((name) => name !== app.say.language && app.sheet.languages.includes(name));
  return h(
    "p",
    { class: "languages" },
    others.map((name) => button(nameOf(name), "quiet language", () => app.changeLanguage(name), { lang: name })),
  );
}
