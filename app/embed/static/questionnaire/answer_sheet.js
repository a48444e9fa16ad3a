/** The answers as a workbook: to be kept or filled in offline, and handed in again in place of those here. */

import { same } from "./answers.js";
import { RefusedError, UnreachableError } from "./client.js";
import { button, h, save } from "./dom.js";

const CELL = /^[A-Z]+[0-9]+$/;
const OF_THE_FILE = [400, 413, 415, 422];

/** `now`: what came of it, also where that is said in another language meanwhile. */
export function answerSheet(app, now) {
  const { say } = app;
  const told = h("p", { role: "status" });
  const fault = h("p", { class: "fault", role: "alert" });
  const more = h("div");
  const file = h("input", { type: "file", accept: ".xlsx", hidden: true, onchange: () => once(handIn) });

  function show() {
    const [lines, undo] = [now.faults && linesOf(app, now.faults), now.undo];
    told.textContent = now.told ? say(...now.told) : "";
    fault.textContent = lines ? say("sheet_faults", { count: lines.length }) : now.fault ? say(now.fault) : "";
    more.replaceChildren(
      ...(lines ? [h("ul", { class: "queue" }, lines.map(([where, what]) => h("li", {}, where && h("span", {}, where), what)))] : []),
      ...(undo ? [button(say("sheet_back"), "quiet", () => putBack(undo))] : []),
    );
  }

  function tell(what) {
    Object.assign(now, { told: null, fault: null, faults: null, undo: null }, what);
    now.show();
  }

  /** One thing at a time; what came of it stands below. */
  async function once(run) {
    if (now.isBusy) return;
    now.isBusy = true;
    tell({ told: ["one_moment"] });
    try {
      await app.saving.now();
      if (app.answers.waiting.length) throw new UnreachableError();
      tell(await run());
    } catch (error) {
      tell(await explained(error));
    }
    file.value = "";
    now.isBusy = false;
  }

  async function download() {
    const { content, name } = await app.client.answerSheet(say.language);
    save(content, name);
    return { told: ["sheet_saved", { name }] };
  }

  async function handIn() {
    const names = [...app.sheet.questions.map(({ id }) => id), ...app.sheet.ratings.map(({ name }) => name)];
    const before = new Map(names.map((name) => [name, app.answers.of(name)]));
    app.answers.load(await app.client.fillIn(file.files[0], app.answers.revision));
    const changed = names.filter((name) => !same(before.get(name), app.answers.of(name)));
    return { told: ["sheet_taken", { count: changed.length }], undo: changed.length ? { before, changed } : null };
  }

  function putBack({ before, changed }) {
    for (const name of changed) app.answers.choose(name, before.get(name));
    tell({ told: ["sheet_put_back"] });
    choose.focus();
  }

  async function explained(error) {
    if (error instanceof UnreachableError) return { fault: "sheet_unreachable" };
    if (OF_THE_FILE.includes(error.status)) return { faults: error.faults.length ? error.faults : [{ pointer: "", code: error.code }] };
    if (error.status === 412) {
      app.answers.load(await app.client.respondent());
      return { fault: "sheet_stale" };
    }
    if (error instanceof RefusedError && error.status === 409) {
      await app.refresh();
      app.render();
    } else app.fail(error);
    return {};
  }

  const choose = button(say("sheet_hand_in"), "quiet", () => now.isBusy || file.click());
  now.show = show;
  show();
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

/** All that is wrong, each thing once. */
function linesOf(app, faults) {
  const lines = faults.map((each) => faultOf(app, each));
  return [...new Map(lines.map((line) => [line.join(), line])).values()];
}

/** Where in the workbook something is wrong, and what; the whole of it is nowhere. */
function faultOf({ say, sheet }, { pointer, code }) {
  const [name, cell = ""] = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const where = CELL.test(cell) ? say("sheet_cell", { sheet: name, cell }) : (sheet.question.get(name)?.name ?? "");
  const key = code.endsWith("_out_of_range") ? "sheet_out_of_range" : `sheet_${code}`;
  return [where, say(say.has(key) ? key : "sheet_wrong")];
}
