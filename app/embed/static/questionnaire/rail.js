/** The parts of the questionnaire, how far each is, and the way to the end. */

import { button, h } from "./dom.js";
import { languageButtons } from "./language.js";

export function rail(app, now) {
  const { say, sheet, respondent, answers } = app;
  const counts = sheet.parts.map(() => h("span"));
  const items = sheet.parts.map((part, place) => {
    const current = part === now ? { "aria-current": "page" } : {};
    return h("li", {}, button([h("span", {}, part.name), counts[place]], "part", () => app.go(part.id), current));
  });

  function update() {
    sheet.parts.forEach((part, place) => {
      const count = part.questions.filter((question) => answers.of(question.id) !== undefined).length;
      counts[place].textContent = say("part_count", { count, total: part.questions.length });
    });
  }

  update();
  const element = h(
    "nav",
    { class: "rail", "aria-label": say("parts_heading") },
    h("p", { class: "over" }, sheet.title, h("br"), respondent.assessment.company),
    h("ul", {}, items),
    h("p", {}, button(say("review"), "quiet", () => app.go("review"))),
    h("p", {}, button(say("back_to_start"), "quiet", () => app.go("start"))),
    languageButtons(app),
  );
  return { element, update };
}
