/** While nothing reaches the service: what is only here, when it is tried again, and a way to try now. */

import { button, h } from "./dom.js";
import { waitingItem } from "./refusal.js";

export function waitingNote(app) {
  const { say, answers, saving } = app;
  const text = h("p");
  const again = h("span", { class: "small" });
  const list = h("ul", { class: "queue" });
  const note = h(
    "div",
    { class: "note" },
    h("b", {}, say("offline")),
    text,
    h("div", { class: "acts" }, again, button(say("retry_now"), "quiet", () => saving.now())),
  );
  const element = h("div", { class: "offline", hidden: true }, note, h("h2", { class: "lab" }, say("waiting")), list);
  let isShown = false;
  let names = "";

  function tick() {
    const count = Math.max(0, Math.ceil((saving.retryAt - Date.now()) / 1000));
    again.textContent = count && saving.state === "waiting" ? say("retry_in", { count }) : say("retrying");
  }
  const timer = setInterval(tick, 1000);

  function update() {
    const { waiting } = answers;
    if (saving.state === "waiting") isShown = true;
    if (saving.state === "saved") isShown = false; // while it is tried again, the note stays
    element.hidden = !isShown || !waiting.length;
    if (element.hidden) return;
    text.textContent = say("offline_text", { count: waiting.length });
    const now = waiting.map((name) => `${name}=${JSON.stringify(answers.of(name))}`).join();
    if (now !== names) list.replaceChildren(...waiting.map((name) => waitingItem(app, name)));
    names = now;
    tick();
  }

  update();
  return { element, update, end: () => clearInterval(timer) };
}
