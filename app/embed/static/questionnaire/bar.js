/** Above a part: its name, whether all is saved, how far one is, and how long it still takes. */

import { h } from "./dom.js";

export function bar(app, part) {
  const { say, sheet, answers } = app;
  const state = h("p", { class: "state" });
  const fills = sheet.parts.map(() => h("b"));
  const segments = sheet.parts.map((each, place) => {
    const segment = h("i", { class: each === part ? "now" : "" }, fills[place]);
    segment.style.flexGrow = each.questions.length;
    return segment;
  });
  const progress = h("div", { class: "progress", role: "img" }, segments);
  const count = h("span");
  const left = h("span");
  const top = h("div", { class: "top" }, h("h1", { tabindex: "-1" }, part.name), state);

  function update() {
    const [text, isBad] = stateOf(app);
    state.textContent = text;
    state.classList.toggle("bad", isBad);
    sheet.parts.forEach((each, place) => {
      const answered = each.questions.filter((question) => answers.of(question.id) !== undefined).length;
      fills[place].style.width = `${(100 * answered) / each.questions.length}%`;
    });
    const total = sheet.questions.length;
    count.textContent = say("answered", { count: app.answeredCount, total });
    progress.setAttribute("aria-label", count.textContent);
    const minutes = app.pace.minutes(app.openQuestions.length);
    left.textContent = minutes ? say("minutes_left", { count: minutes }) : "";
  }

  update();
  return { top, element: h("div", { class: "bar" }, progress, h("p", { class: "counts" }, count, left)), update };
}

/** What stands for the state of saving, and whether it is a bad one. */
export function stateOf({ say, saving, answers }) {
  if (saving.state === "waiting") return [say("not_saved"), true];
  if (answers.refused.length) return [say("not_saved_now"), true];
  if (answers.conflicts.length) return [say("to_settle", { count: answers.conflicts.length }), true];
  return [say(saving.state === "saving" ? "saving" : "saved"), false];
}
