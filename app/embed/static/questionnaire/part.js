/** One part of the questionnaire: a short list that is unfolded where one is. */

import { parts as partsOf, same } from "./answers.js";
import { answerText } from "./answer_text.js";
import { bar } from "./bar.js";
import { button, h } from "./dom.js";
import { Draft } from "./draft.js";
import { QuestionView } from "./question.js";
import { rail } from "./rail.js";
import { settleView } from "./settle.js";
import { waitingNote } from "./waiting.js";

export class PartView {
  #items = new Map(); // question -> its item in the list
  #shown = new Map(); // question -> what its item shows, to see whether it has to change
  #open; // the id of the open question, or null
  #question = null; // its view

  constructor(app, part, { open } = {}) {
    Object.assign(this, { app, part });
    this.#open = open ?? this.#firstToOpen();
    for (const question of part.questions) this.#items.set(question.id, h("li"));
    for (const question of part.questions) this.#fill(question);
    this.bar = bar(app, part);
    this.rail = rail(app, part);
    this.waiting = waitingNote(app);
    this.onward = h("div", { class: "onward" });
    this.#fillOnward();
    const list = h("ol", { class: "list" }, [...this.#items.values()]);
    const about = part.description && h("p", { class: "soft about" }, part.description);
    const main = h("main", { class: "part-page" }, this.bar.top, about, this.bar.element, this.waiting.element, list, this.onward);
    this.element = h("div", { class: "columns" }, main, this.rail.element);
    main.addEventListener("focusin", (event) => this.#onFocus(event));
    app.pace.begin();
  }

  /** Show these answers as they are now; `isElsewhere` where they were changed by somebody else. */
  update(names, isElsewhere) {
    for (const name of new Set([...names, ...this.app.answers.conflicts])) {
      const question = this.app.sheet.question.get(name);
      if (question && this.#items.has(name)) this.#fill(question, isElsewhere);
    }
    this.bar.update();
    this.rail.update();
    this.waiting.update();
    this.#fillOnward();
  }

  get state() {
    return { open: this.#open };
  }

  /** What is being typed is an answer now. */
  keep() {
    this.#question?.end();
  }

  end() {
    this.waiting.end();
    this.#question?.end();
  }

  #firstToOpen() {
    const { app, part } = this;
    const wanted = app.openIn.get(part.id);
    if (wanted !== undefined) return wanted;
    return part.questions.find((question) => app.answers.of(question.id) === undefined)?.id ?? null;
  }

  /** Show a question as it now is: unfolded, folded, to be settled, or open further down. */
  #fill(question, isElsewhere = false) {
    const { id } = question;
    const item = this.#items.get(id);
    const mode = this.#modeOf(id);
    const { answers, drafts } = this.app;
    if (isElsewhere && !same(drafts.get(id)?.answer, answers.of(id))) {
      drafts.delete(id);
      this.#shown.delete(id);
    }
    const shown = mode === "open" ? mode : `${mode} ${JSON.stringify([answers.of(id), answers.saved(id)])}`;
    if (this.#shown.get(id) === shown) return;
    this.#shown.set(id, shown);
    const hadFocus = item.contains(document.activeElement);
    item.className = mode;
    item.replaceChildren(this[`_${mode}`](question));
    if (hadFocus) this.#primary(item, mode).focus({ preventScroll: true });
  }

  #modeOf(id) {
    const { answers } = this.app;
    if (answers.conflict(id)) return "settle";
    if (id === this.#open) return "open";
    return answers.of(id) === undefined ? "closed" : "folded";
  }

  #primary(item, mode) {
    return mode === "open" ? this.#question.primary : item.querySelector("button");
  }

  _open(question) {
    const { app } = this;
    const draft = app.drafts.get(question.id) ?? new Draft(app.answers.of(question.id));
    app.drafts.set(question.id, draft);
    this.#question = new QuestionView(app, question, draft, {
      onChoice: () => this.#keep(question.id, draft),
      onNext: (how) => this.#next(question, how),
    });
    return this.#question.element;
  }

  _folded(question) {
    const { say, answers } = this.app;
    const answer = answers.of(question.id);
    const { comment } = partsOf(answer);
    return h(
      "div",
      { class: "done" },
      h("span", { class: "rad on", "aria-hidden": "true" }),
      h("p", {}, h("span", { class: "nm" }, question.name), answerText(say, question, answer), comment && h("span", { class: "said" }, comment)),
      button(say("change"), "quiet", () => this.#openByHand(question), { "aria-label": say("change_what", { name: question.name }) }),
    );
  }

  _closed(question) {
    return button([h("span", {}, question.name), h("span", { class: "small" }, this.app.say("open"))], "row", () => this.#openByHand(question));
  }

  /** What is being written upon one version is no answer any more: it would be kept over the version that is chosen. */
  _settle(question) {
    this.app.drafts.delete(question.id);
    return settleView(this.app, question, () => this.update([question.id], false));
  }

  #keep(id, draft) {
    const { app } = this;
    const { answer } = draft;
    if (app.drafts.get(id) !== draft) return; // it was put away: folded, or answered otherwise since
    if (answer === undefined || app.answers.conflict(id)) return; // a choice that is not an answer yet changes nothing
    if (app.answers.of(id) === undefined) app.pace.answered();
    app.answers.choose(id, answer);
  }

  #next(question, { byPointer }) {
    if (this.app.drafts.get(question.id)?.answer === undefined) return;
    const next = this.#openAfter(question);
    this.#turnTo(next?.id ?? null);
    this.app.opened(next);
    if (byPointer) this.app.toPlace(this.#items.get(question.id)); // what was chosen stays in sight, what opened is below
    else if (next) this.#question.primary.focus();
    else this.onward.querySelector("button").focus();
  }

  #openAfter({ id }) {
    const { questions } = this.part;
    const place = questions.findIndex((question) => question.id === id);
    const ordered = [...questions.slice(place + 1), ...questions.slice(0, place)];
    return ordered.find((question) => this.app.answers.of(question.id) === undefined);
  }

  #openByHand(question) {
    this.#turnTo(question.id);
    this.#question.primary.focus({ preventScroll: true });
    this.app.toPlace(this.#items.get(question.id));
  }

  /** Fold what is open, and open another question, or none. */
  #turnTo(id) {
    const before = this.#open;
    if (before) this.#leave(before);
    this.#open = id;
    if (id) this.app.openIn.set(this.part.id, id);
    else this.app.openIn.delete(this.part.id);
    // What opens comes first: folding moves the focus, and a focus outside an answered question folds it.
    for (const name of [id, before]) if (name) this.#fill(this.app.sheet.question.get(name));
    this.update([], false);
  }

  #leave(id) {
    const draft = this.app.drafts.get(id);
    this.#question?.end();
    if (draft && draft.answer !== undefined && draft.isLinkSound) this.app.drafts.delete(id);
    if (draft) draft.isUnfolded = false;
  }

  /** By keyboard a question folds when the focus leaves it for something else on the page. */
  #onFocus({ target }) {
    const open = this.#open && this.#items.get(this.#open);
    if (!open || open.contains(target) || this.#modeOf(this.#open) !== "open") return; // one to be settled stays
    if (!this.#question.isDone || !target.matches(":focus-visible")) return;
    const next = this.#openAfter(this.app.sheet.question.get(this.#open));
    this.#turnTo(next?.id ?? null);
    this.app.opened(next);
  }

  #fillOnward() {
    const { app, part } = this;
    const { parts } = app.sheet;
    const isComplete = part.questions.every((question) => app.answers.of(question.id) !== undefined);
    const following = parts[parts.indexOf(part) + 1];
    const text = following ? app.say("go_on_with", { part: following.name }) : app.say("review");
    const shown = `${isComplete} ${text}`;
    if (this.onward.dataset.shown === shown) return;
    const hadFocus = this.onward.contains(document.activeElement);
    this.onward.dataset.shown = shown;
    this.onward.replaceChildren(
      ...(isComplete ? [h("p", { class: "soft" }, app.say("part_complete"))] : []),
      button(text, isComplete ? "btn wide" : "btn second wide", () => app.go(following?.id ?? "review")),
    );
    if (hadFocus) this.onward.querySelector("button").focus({ preventScroll: true });
  }
}
