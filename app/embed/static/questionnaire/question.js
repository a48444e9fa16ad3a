/** The open question: its sentences, "I don't know" and "Not applicable" in one group, a comment, a link. */

import { button, h } from "./dom.js";

const REASONS = ["out_of_scope", "no_such_function", "done_by_partner", "other"];
const TELLING = new Set(["done_by_partner", "other"]); // reasons that ask for a word more
const TYPING_PAUSE = 700;
const WIDE = matchMedia("(min-width: 60em)");

export class QuestionView {
  #timer = 0;
  #waits = h("p", { class: "hint" }); // says that what is written is no answer yet

  /** `onChoice` is told of every change of the draft, `onNext` when the question is to fold and the next to open. */
  constructor(app, question, draft, { onChoice, onNext }) {
    Object.assign(this, { app, question, draft, onChoice, onNext });
    this.element = h("fieldset", { class: "open", onkeydown: (event) => this.#onKey(event) });
    this.#render();
  }

  /** Whether the question can fold by itself: there is an answer, and no comment is being written. */
  get isDone() {
    return this.draft.answer !== undefined && !this.draft.isUnfolded;
  }

  /** Where the focus goes when somebody has asked for this question. */
  get primary() {
    return this.element.querySelector("input:checked") ?? this.element.querySelector("input");
  }

  /** What was being typed is an answer now. */
  end() {
    clearTimeout(this.#timer);
    this.onChoice(this.draft);
  }

  #render() {
    const { app, question, draft } = this;
    const isAway = draft.choice === "not_applicable";
    const isHidden = isAway && !draft.showsAnswers;
    const cards = h("div", { class: "cards", hidden: isHidden }, question.options.map((option, place) => this.#card(option, place)));
    this.element.replaceChildren(
      h("legend", { class: "lg" }, h("h2", { class: "nm" }, question.name), question.text),
      ...(question.why ? [h("details", { class: "why", open: WIDE.matches }, h("summary", {}, app.say("why")), h("p", {}, question.why))] : []),
      ...(isHidden ? [this.#showAnswers(cards)] : []),
      cards,
      h("div", { class: "half" }, this.#card({ id: "dont_know", text: app.say("dont_know") }, "D"), question.mayBeNotApplicable && this.#card({ id: "not_applicable", text: app.say("not_applicable") }, "N")),
      ...(isAway ? [this.#reasons()] : []),
      ...(this.#hasFields ? [this.#fields()] : []),
      this.#acts(),
      h("p", { class: "keys" }, app.say("keys_digits", { first: "0", last: String(question.options.length - 1) })),
    );
  }

  #card({ id, text }, key) {
    const { draft, question } = this;
    const input = h("input", { type: "radio", name: question.id, value: id, checked: draft.choice === id });
    input.addEventListener("click", (event) => this.#onClick(event, id));
    input.addEventListener("change", () => this.#choose(id));
    return h("label", { class: "card" }, input, h("span", {}, text), h("kbd", { class: "key", "aria-hidden": "true" }, String(key)));
  }

  #onClick(event, id) {
    const isPointer = event.detail > 0;
    const wasChosen = this.draft.choice === id;
    // The change comes after the click; a choice by pointer folds once it is made, also one that was made before.
    if (isPointer) queueMicrotask(() => setTimeout(() => (wasChosen || this.draft.choice === id) && this.#foldByPointer()));
  }

  #foldByPointer() {
    if (this.element.isConnected && this.isDone) this.onNext({ byPointer: true });
  }

  #choose(id) {
    const { draft } = this;
    const wasAway = draft.choice === "not_applicable";
    draft.choice = id;
    this.onChoice(draft);
    this.#fillWaits();
    if (wasAway === (id === "not_applicable")) return;
    draft.showsAnswers = false;
    this.#again(`input[value="${id}"]`);
  }

  #again(selector) {
    const hadFocus = this.element.contains(document.activeElement);
    this.#render();
    if (hadFocus) this.element.querySelector(selector)?.focus({ preventScroll: true });
  }

  #showAnswers(cards) {
    const count = this.question.options.length;
    const show = button(this.app.say("show_answers", { count }), "quiet", () => {
      this.draft.showsAnswers = true;
      cards.hidden = false;
      show.remove();
      cards.querySelector("input").focus({ preventScroll: true });
    });
    return show;
  }

  #reasons() {
    const { app, draft, question } = this;
    const cards = REASONS.map((reason) => {
      const input = h("input", { type: "radio", name: `${question.id} reason`, value: reason, checked: draft.reason === reason });
      input.addEventListener("change", () => {
        draft.reason = reason;
        draft.isUnfolded = TELLING.has(reason);
        this.onChoice(draft);
        this.#again(`input[value="${reason}"]`);
      });
      input.addEventListener("click", (event) => event.detail > 0 && setTimeout(() => this.#foldByPointer()));
      return h("label", { class: "card" }, input, h("span", {}, app.say(`na_${reason}`)));
    });
    const legend = h("legend", { class: "lab" }, app.say("na_why"));
    return h("fieldset", { class: "reasons" }, legend, h("div", { class: "cards" }, cards), question.isScored && h("p", { class: "hint" }, app.say("na_hint")));
  }

  get #hasFields() {
    return this.draft.isUnfolded;
  }

  #fields() {
    const { app, draft, question } = this;
    const id = (part) => `${question.id}-${part}`;
    const comment = h("textarea", { id: id("comment"), class: "field", rows: "3", maxlength: "2000" });
    comment.value = draft.comment;
    const link = h("input", { id: id("link"), class: "field", type: "url", inputmode: "url", placeholder: "https://", maxlength: "2000", "aria-describedby": `${id("example")} ${id("fault")}` });
    link.value = draft.link;
    const fault = h("p", { class: "fault", id: id("fault"), role: "status" });
    this.#fillWaits();
    const check = () => {
      fault.textContent = draft.isLinkSound ? "" : app.say("evidence_bad");
      link.setAttribute("aria-invalid", String(!draft.isLinkSound));
    };
    comment.addEventListener("input", () => this.#typed(() => (draft.comment = comment.value)));
    link.addEventListener("input", () => this.#typed(() => (draft.link = link.value)));
    for (const field of [comment, link]) field.addEventListener("change", () => (check(), this.end()));
    if (draft.link) check();
    const name = draft.choice !== "not_applicable" ? "comment" : draft.reason === "done_by_partner" ? "na_partner" : "na_reason_text";
    return h(
      "div",
      { class: "fields" },
      h("label", { for: id("comment") }, app.say(name)),
      comment,
      h("label", { for: id("link") }, app.say("evidence")),
      h("p", { class: "hint", id: id("example") }, question.evidence && app.say("evidence_example", { example: app.say.within(question.evidence) })),
      link,
      fault,
      this.#waits,
    );
  }

  #fillWaits() {
    this.#waits.textContent = this.draft.answer === undefined ? this.app.say("comment_waits") : "";
  }

  #typed(take) {
    take();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onChoice(this.draft), TYPING_PAUSE);
  }

  #acts() {
    const { app, draft } = this;
    const next = () => (this.end(), (draft.isUnfolded = false), this.onNext({ byPointer: false }));
    if (this.#hasFields) return h("div", { class: "acts end" }, button(app.say("done"), "btn", next));
    const unfold = () => ((draft.isUnfolded = true), this.#again("textarea"));
    return h("div", { class: "acts" }, button(app.say("add_comment"), "quiet", unfold), button(app.say("next_question"), "btn next", next));
  }

  #onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea, .field")) return;
    const isChoice = event.target.matches("input");
    if (event.key === "Enter" && isChoice && this.draft.answer !== undefined) {
      event.preventDefault();
      this.onNext({ byPointer: false });
      return;
    }
    const id = this.#keyed(event.key.toLowerCase());
    if (id === undefined) return;
    event.preventDefault();
    if (this.draft.choice !== id) this.#choose(id);
    const input = this.element.querySelector(`input[value="${CSS.escape(id)}"]`);
    input.checked = true;
    input.focus();
  }

  /** The choice that a key stands for. */
  #keyed(key) {
    if (key === "d") return "dont_know";
    if (key === "n" && this.question.mayBeNotApplicable) return "not_applicable";
    return /^[0-9]$/.test(key) ? this.question.options[Number(key)]?.id : undefined;
  }
}
