/** Before submitting: what is open, part by part, each a way there. */

import { parts as partsOf } from "./answers.js";
import { stateOf } from "./bar.js";
import { newKey, RefusedError } from "./client.js";
import { button, h } from "./dom.js";
import { languageButtons } from "./language.js";
import { waitingNote } from "./waiting.js";

export function reviewView(app, state = { submission: { key: newKey() }, sheet: {} }) {
  const { say, sheet, respondent } = app;
  const saved = h("span");
  const body = h("div");
  const waiting = waitingNote(app);
  const submitting = submission(app, state.submission);
  const sheetPlace = h("div");
  if (app.client.answerSheet) addSheet();

  /** Its script comes with the review; where it cannot be got, there is no connection for a sheet either. */
  async function addSheet() {
    if (!state.answerSheet) Object.assign(state, await import("./answer_sheet.js").catch(() => ({})));
    if (state.answerSheet) sheetPlace.append(state.answerSheet(app, state.sheet));
  }

  function update() {
    const [text, isBad] = stateOf(app);
    saved.textContent = text === say("saved") ? say("all_saved") : text;
    saved.classList.toggle("bad", isBad);
    waiting.update();
    submitting.update();
    if (!body.contains(document.activeElement)) body.replaceChildren(...listed(app));
  }

  const element = h(
    "main",
    { class: "page" },
    h("p", { class: "over between" }, h("span", {}, respondent.assessment.company), saved),
    h("h1", { tabindex: "-1" }, say("before_submitting")),
    waiting.element,
    body,
    submitting.element,
    sheetPlace,
    h("nav", { "aria-label": say("parts_heading") }, h("ul", { class: "ways" }, sheet.parts.map((part) => h("li", {}, button(part.name, "quiet", () => app.go(part.id)))))),
    languageButtons(app),
  );
  update();
  return { element, update, state, end: waiting.end };
}

function listed(app) {
  const { say, sheet } = app;
  const open = app.openQuestions.length;
  const unknown = sheet.questions.filter((question) => isUnknown(app, question)).length;
  const lead = [
    say("review_lead", { count: app.answeredCount, total: sheet.questions.length }),
    say("open_count", { count: open }),
    unknown ? say("dont_know_count", { count: unknown }) : "",
  ];
  const groups = sheet.parts.map((part) => [part, part.questions.map((question) => [question, whatIsOpen(app, question)]).filter(([, why]) => why)]);
  return [
    h("p", {}, lead.filter(Boolean).join(" ")),
    ...sheet.ratings
      .filter(({ name }) => app.answers.conflict(name))
      .map(({ question }) => h("ul", { class: "group" }, h("li", {}, way(question, say("settle_this"), () => app.go("start"))))),
    ...groups.filter(([, questions]) => questions.length).map(([part, questions]) => group(app, part, questions)),
    h("div", { class: "complete" }, groups.filter(([, questions]) => !questions.length).map(([part]) => group(app, part, []))),
  ].filter(Boolean);
}

function group(app, part, questions) {
  const count = part.questions.filter((question) => app.answers.of(question.id) !== undefined).length;
  const rows = questions.map(([question, why]) => h("li", {}, way(question.name, why, () => app.go(part.id, question.id))));
  return h(
    "section",
    { class: questions.length ? "group" : "group full" },
    h("h2", {}, part.name, " ", h("span", {}, app.say("part_count", { count, total: part.questions.length }))),
    rows.length > 0 && h("ul", {}, rows),
  );
}

const way = (name, why, go) => button([h("span", { class: "to" }, name), h("span", { class: "small" }, why)], "link", go);

const isUnknown = (app, question) => partsOf(app.answers.of(question.id)).option === "dont_know";

function whatIsOpen(app, question) {
  if (app.answers.conflict(question.id)) return app.say("settle_this");
  if (app.answers.of(question.id) === undefined) return app.say("open");
  return isUnknown(app, question) ? app.say("who_could_know") : null;
}

/** `now`: whether it is being sent and what came of it, also where that is said in another language meanwhile. */
function submission(app, now) {
  const { say, sheet } = app;
  const fault = h("p", { class: "fault", role: "alert" });
  const submit = button("", "btn wide", run);
  const hint = h("p", {}, say("submit_open_hint"));
  const first = button(say("first_open"), "quiet", () => {
    const [question] = app.openQuestions;
    app.go(app.sheet.partOf.get(question.id).id, question.id);
  });

  function update() {
    const count = app.answeredCount;
    const isWhole = count === sheet.questions.length;
    const what = isWhole ? say("submit_all") : say("submit_some", { count, total: sheet.questions.length });
    submit.textContent = now.isBusy ? say("submitting") : what;
    submit.ariaDisabled = String(Boolean(now.isBusy));
    fault.textContent = now.fault ? say(now.fault) : "";
    hint.hidden = first.hidden = isWhole;
  }

  async function run() {
    if (now.isBusy) return;
    tell({ isBusy: true, fault: null });
    try {
      await app.saving.now();
      if (app.answers.waiting.length) now.fault = "not_submitted_waiting";
      else await handIn();
    } catch (error) {
      if (error instanceof RefusedError) return app.fail(error);
      now.fault = "not_submitted";
    } finally {
      tell({ isBusy: false });
    }
  }

  function tell(what) {
    Object.assign(now, what);
    now.update();
  }

  async function handIn() {
    try {
      await app.client.submit(now.key);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 409) throw error; // handed in, or closed, elsewhere
    }
    await app.refresh();
    app.go("end");
  }

  now.update = update;
  const element = h("div", { class: "submission" }, hint, submit, fault, h("p", { class: "center" }, first), h("p", { class: "hint" }, say("after_submitting")));
  return { element, update };
}
