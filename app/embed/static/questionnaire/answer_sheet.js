/** The answers as a workbook: to be kept or filled in offline, and handed in again in place of those here. */

import { same } from "./answers.js";
import { RefusedError, UnreachableError } from "./client.js";
import { button, h, save } from "./dom.js";

const CELL = /^[A-Z]+[0-9]+$/;
const OF_THE_FILE = [400, 413, 415, 422];

export function answerSheet(app) {
  const { say } = app;
  const told = h("p", { role: "status" });
  const fault = h("p", { class: "fault", role: "alert" });
  const more = h("div");
  const file = h("input", { type: "file", accept: ".xlsx", hidden: true, onchange: () => once(handIn) });
  let isBusy = false;

  /** One thing at a time; what came of it stands below. */
  async function once(run) {
    if (isBusy) return;
    isBusy = true;
    fault.textContent = "";
    told.textContent = say("one_moment");
    more.replaceChildren();
    try {
      await app.saving.now();
      if (app.answers.waiting.length) throw new UnreachableError();
      told.textContent = await run();
    } catch (error) {
      told.textContent = "";
      await explain(error);
    }
    file.value = "";
    isBusy = false;
  }

  async function download() {
    const { content, name } = await app.client.answerSheet(say.language);
    save(content, name);
    return say("sheet_saved", { name });
  }

  async function handIn() {
    const names = [...app.sheet.questions.map(({ id }) => id), ...app.sheet.ratings.map(({ name }) => name)];
    const before = new Map(names.map((name) => [name, app.answers.of(name)]));
    app.answers.load(await app.client.fillIn(file.files[0], app.answers.revision));
    const changed = names.filter((name) => !same(before.get(name), app.answers.of(name)));
    if (changed.length) more.append(button(say("sheet_back"), "quiet", () => putBack(before, changed)));
    return say("sheet_taken", { count: changed.length });
  }

  function putBack(before, changed) {
    for (const name of changed) app.answers.choose(name, before.get(name));
    more.replaceChildren();
    told.textContent = say("sheet_put_back");
    choose.focus();
  }

  async function explain(error) {
    if (error instanceof UnreachableError) fault.textContent = say("sheet_unreachable");
    else if (OF_THE_FILE.includes(error.status)) list(error);
    else if (error.status === 412) {
      app.answers.load(await app.client.respondent());
      fault.textContent = say("sheet_stale");
    } else if (error instanceof RefusedError && error.status === 409) {
      await app.refresh();
      app.render();
    } else app.fail(error);
  }

  function list({ code, faults }) {
    const all = (faults.length ? faults : [{ pointer: "", code }]).map((each) => faultOf(app, each));
    const lines = new Map(all.map((line) => [line.join(), line]));
    fault.textContent = say("sheet_faults", { count: lines.size });
    more.append(h("ul", { class: "queue" }, [...lines.values()].map(([where, what]) => h("li", {}, where && h("span", {}, where), what))));
  }

  const choose = button(say("sheet_hand_in"), "quiet", () => isBusy || file.click());
  return h(
    "section",
    { class: "group" },
    h("h2", {}, say("sheet")),
    h("p", { class: "hint" }, say("sheet_text")),
    h("p", { class: "ways" }, button(say("sheet_download"), "quiet", () => once(download)), choose, file),
    told,
    fault,
    more,
  );
}

/** Where in the workbook something is wrong, and what; the whole of it is nowhere. */
function faultOf({ say, sheet }, { pointer, code }) {
  const [name, cell = ""] = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const where = CELL.test(cell) ? say("sheet_cell", { sheet: name, cell }) : (sheet.question.get(name)?.name ?? "");
  const key = code.endsWith("_out_of_range") ? "sheet_out_of_range" : `sheet_${code}`;
  return [where, say(say.has(key) ? key : "sheet_wrong")];
}
