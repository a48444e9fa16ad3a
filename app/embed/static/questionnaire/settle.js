/** Two versions of one answer, side by side, until one is chosen. */

import { parts } from "./answers.js";
import { answerText } from "./answer_text.js";
import { button, h } from "./dom.js";

export function settleView(app, question, onSettled) {
  return h(
    "section",
    { class: "open" },
    h("p", { class: "nm" }, question.name),
    h("h2", { class: "lg" }, question.text),
    versions(app, question.id, (answer) => answerText(app.say, question, answer), onSettled),
  );
}

/** Both versions with a button each; `textOf` says an answer. */
export function versions({ say, answers }, name, textOf, onSettled) {
  const { mine, at } = answers.conflict(name);
  const settle = (isMine) => {
    answers.settle(name, isMine);
    onSettled();
  };
  return [
    h("div", { class: "note" }, h("b", {}, say("conflict")), h("p", {}, say("conflict_text"))),
    h(
      "div",
      { class: "versions" },
      version(say("mine", { time: say.clock(at) }), mine, "mine", button(say("keep_mine"), "btn wide", () => settle(true))),
      version(say("theirs"), answers.saved(name), "", button(say("keep_theirs"), "btn second wide", () => settle(false))),
    ),
    h("p", { class: "hint" }, say("conflict_hint")),
  ];

  function version(who, answer, kind, choice) {
    const { comment, evidence = [] } = parts(answer);
    return h(
      "div",
      { class: `version ${kind}` },
      h("p", { class: "who" }, who),
      h("p", { class: "sentence" }, textOf(answer)),
      comment && h("blockquote", {}, comment),
      evidence.map((address) => h("p", { class: "hint address" }, address)),
      choice,
    );
  }
}
