/** What is shown instead of the questionnaire: what happened, what it means for the answers, and what to do. */

import { RefusedError } from "./client.js";
import { h } from "./dom.js";
import { answerText } from "./answer_text.js";

export function messageView(app, key) {
  const { say, respondent, answers, sheet } = app;
  const workspace = respondent?.assessment.workspace ?? "";
  const lost = sheet && answers ? answers.waiting.filter((name) => sheet.question.has(name)) : [];
  return {
    element: h(
      "main",
      { class: "page" },
      respondent && h("p", { class: "over" }, respondent.assessment.company),
      h("h1", { tabindex: "-1" }, say(key)),
      h("p", {}, say(`${key}_text`, { workspace })),
      lost.length > 0 && h("h2", { class: "lab" }, say("waiting")),
      lost.length > 0 && h("ul", { class: "queue" }, lost.map((name) => waitingItem(app, name))),
    ),
  };
}

export function refusalView(app, error) {
  const isRefused = error instanceof RefusedError && error.status === 401;
  if (!isRefused && !(error instanceof RefusedError)) console.error(error);
  const key = error.code === "already_claimed" ? "claimed" : isRefused ? "refused_link" : "went_wrong";
  return messageView(app, key);
}

export function waitingItem(app, name) {
  const question = app.sheet.question.get(name);
  if (!question) return h("li", {}, app.say(`your_${name}`, { value: app.answers.of(name) }));
  return h("li", {}, h("span", {}, question.name), answerText(app.say, question, app.answers.of(name)));
}
