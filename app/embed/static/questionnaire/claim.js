/** An anonymous assessment: the invitation is exchanged for a link of one's own, which is then shown to be kept. */

import { RefusedError } from "./client.js";
import { button, h } from "./dom.js";

export function claimView(app, { assessment }) {
  const { say } = app;
  const { workspace, company } = assessment;
  const fault = h("p", { class: "fault", role: "alert" });
  const begin = button(say("claim"), "btn wide", run);

  async function run() {
    if (begin.ariaDisabled === "true") return; // a second exchange would find the first
    begin.ariaDisabled = "true";
    fault.textContent = "";
    try {
      await app.claim();
    } catch (error) {
      if (error instanceof RefusedError) return app.fail(error);
      fault.textContent = say("not_claimed");
    }
    begin.ariaDisabled = "false";
  }

  const element = h(
    "main",
    { class: "page" },
    h("p", { class: "over" }, say("asks", { workspace, company })),
    h("h1", { tabindex: "-1" }, say("claim_heading")),
    h("p", {}, say("claim_lead")),
    h("p", {}, say("sees_anonymous", { workspace })),
    h("div", { class: "onward" }, begin, fault),
  );
  return { element };
}

/** The link of one's own, to be kept. */
export function ownLink(app) {
  const { say } = app;
  const told = h("span", { class: "small", role: "status" });
  const address = `${location.origin}${location.pathname}#${app.token}`;
  const field = h("input", { class: "field", readonly: true, value: address, "aria-label": say("own_link") });
  field.addEventListener("focus", () => field.select());

  async function copy() {
    field.select();
    try {
      await navigator.clipboard.writeText(address);
      told.textContent = say("copied");
    } catch {
      field.focus(); // what is selected can be copied by hand
    }
  }

  return h(
    "section",
    { class: "note own" },
    h("h2", { class: "lab" }, say("own_link")),
    h("p", {}, say("own_link_text")),
    field,
    h("div", { class: "acts" }, button(say("copy"), "quiet", copy), told),
  );
}
