/** `<sbm-questionnaire>`: holds what one person answers, shows one place of it at a time, and says what happens. */

import { Answers, same } from "./answers.js";
import { claimView } from "./claim.js";
import { Client, newSecret, RefusedError, UnreachableError } from "./client.js";
import { h } from "./dom.js";
import { endView } from "./end.js";
import * as link from "./link.js";
import { lookAs } from "./look.js";
import { Pace } from "./pace.js";
import { PartView } from "./part.js";
import { messageView, refusalView } from "./refusal.js";
import { reviewView } from "./review.js";
import { Saving } from "./saving.js";
import { sheetOf } from "./sheet.js";
import { startView } from "./start.js";
import { LANGUAGES, wordsOf } from "./words.js";

const LONGEST = 15;

export class Questionnaire extends HTMLElement {
  drafts = new Map(); // what is being written: question -> draft, kept when the language or the place changes
  openIn = new Map(); // part -> the question that is open on it
  pace = new Pace();
  #opened = null;
  #isFailing = false;
  #view = null;
  #root = h("div", { class: "root" });
  #heard = h("div", { class: "sr", role: "status" });
  #alarm = h("div", { class: "sr", role: "alert" });

  async open({ token, at, lang }) {
    this.replaceChildren(this.#root, this.#heard, this.#alarm);
    Object.assign(this, { token, at });
    this.say = wordsOf(lang && LANGUAGES.includes(lang) ? lang : document.documentElement.lang);
    if (!token) return this.#show(messageView(this, "no_link"));
    this.client = this.clientFor(token);
    await this.#load(lang, 1);
  }

  /** Whom the page asks: another one where nothing is to be kept. */
  clientFor(token) {
    return new Client(token);
  }

  async #load(lang, seconds) {
    try {
      if (history.state?.secret) await this.#exchange();
      const respondent = await this.client.respondent();
      if (respondent.must_claim) return this.#askToClaim(respondent, lang);
      await this.#take(respondent, lang);
      this.#connect();
      this.render();
    } catch (error) {
      if (!(error instanceof UnreachableError)) return this.fail(error);
      this.#show(messageView(this, "unreachable"));
      setTimeout(() => this.#load(lang, Math.min(LONGEST, 2 * seconds)), 1000 * seconds);
    }
  }

  #askToClaim(unclaimed, lang) {
    this.say = wordsOf(lang ?? unclaimed.language);
    document.documentElement.lang = this.say.language;
    this.#show(claimView(this, unclaimed));
  }

  /**
   * Exchange the invitation for a token of one's own, which from now on stands in the address. Where the answer is lost,
   * also loading the page again goes on with the same secret. It never stands in the address, where a link could bring
   * one that somebody else knows.
   */
  async claim() {
    history.replaceState({ secret: history.state?.secret ?? newSecret() }, "", this.#address());
    await this.#exchange();
    await this.#load(this.say.language, 1);
    this.querySelector("h1").focus({ preventScroll: true });
    this.toTop();
  }

  async #exchange() {
    const { token } = await this.client.claim(history.state.secret);
    Object.assign(this, { token, client: this.clientFor(token) });
    this.remember("replaceState");
  }

  async #take(respondent, lang) {
    this.respondent = respondent;
    this.answers ??= new Answers();
    this.answers.load(respondent);
    await this.#speak(lang && LANGUAGES.includes(lang) ? lang : respondent.participant.language);
  }

  async #speak(language) {
    this.#spoken(language, await this.client.questionnaire(language));
  }

  #spoken(language, questionnaire) {
    this.sheet = sheetOf(questionnaire, this.respondent.questions);
    this.say = wordsOf(LANGUAGES.includes(language) ? language : questionnaire.language);
    const { minutes, questions } = this.respondent;
    this.pace.expect(minutes[questionnaire.language] ?? minutes.en, questions.length);
    document.documentElement.lang = this.say.language;
  }

  #connect() {
    this.saving = new Saving(this.client, this.answers);
    this.saving.addEventListener("change", (event) => this.#onSaving(event.detail));
    this.saving.addEventListener("stopped", (event) => this.#onStopped(event.detail));
    this.answers.addEventListener("change", ({ detail }) => this.#onChange(detail));
    this.answers.addEventListener("conflict", (event) => this.#onConflict(event.detail));
    addEventListener("beforeunload", (event) => this.#isOnlyHere() && event.preventDefault());
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
    addEventListener("popstate", () => this.follow(link.read()));
  }

  /** What was typed last counts, and is sent while the page goes. */
  #leave() {
    this.#view.keep?.();
    this.saving.leave();
  }

  /** Whether something would be lost with the page: what is on its way, or has yet to go, gets there without it. */
  #isOnlyHere() {
    this.#view.keep?.();
    const isStuck = this.saving.state === "waiting" || this.saving.state === "stopped";
    return (isStuck && this.answers.waiting.length) || this.answers.conflicts.length;
  }

  /** Show what the address says, after going back or pasting a link. */
  follow({ token, at }) {
    if (token !== this.token) location.reload();
    else if (at !== this.at && this.sheet) {
      this.at = at;
      this.render();
    }
  }

  /** Go to another place of the questionnaire, because somebody asked for it. */
  go(at, question) {
    if (question) this.openIn.set(at, question);
    this.at = at;
    this.remember("pushState");
    this.render();
    this.querySelector("h1").focus({ preventScroll: true });
    this.toTop();
  }

  /** The same place in other words: what is open, being written or said stays, and so does the focus. */
  async changeLanguage(language) {
    const view = this.#view;
    this.wanted = language;
    try {
      const asked = [this.client.questionnaire(language), view.inLanguage?.(language), import("./place.js")];
      const [questionnaire, more, { placeOn }] = await Promise.all(asked);
      if (this.wanted !== language) return;
      this.#spoken(language, questionnaire);
      const goBack = placeOn(this.#root);
      this.#drawAgain(language, view === this.#view ? more : {});
      goBack();
    } catch (error) {
      if (error.status === 401) this.fail(error);
      else this.alarm(this.say("unreachable"));
    }
  }

  #drawAgain(language, more) {
    this.lang = language;
    this.remember("replaceState");
    this.#view.keep?.();
    this.render({ ...this.#view.state, ...more });
    this.announce(this.say("heard_language"));
  }

  #address = () => link.written({ token: this.token, at: this.at, lang: this.lang || null });

  /** Keep in the address where one is; a page inside another one has none to keep it in. */
  remember(how) {
    history[how](null, "", this.#address());
  }

  toTop() {
    scrollTo(0, 0);
  }

  toPlace(element) {
    element.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** The answers as the service has them now, and the place that fits. */
  async refresh() {
    this.respondent = await this.client.respondent();
    this.answers.load(this.respondent);
  }

  /** `state`: what the view that is in sight knows of itself, to be shown anew. */
  render(state) {
    this.#show(this.#viewOf(state));
    const { name } = this.sheet.parts.find((part) => part.id === this.at) ?? {};
    document.title = [name, this.sheet.title].filter(Boolean).join(" – ");
  }

  #viewOf(state) {
    const { assessment, submitted_at: submitted } = this.respondent;
    if (submitted) return endView(this, state);
    if (assessment.status !== "open") return messageView(this, assessment.status === "draft" ? "not_open" : "closed");
    const part = this.sheet.parts.find((candidate) => candidate.id === this.at);
    if (part) return new PartView(this, part, state);
    return this.at === "review" ? reviewView(this, state) : startView(this);
  }

  #show(view) {
    this.#view?.end?.();
    this.#view = view;
    lookAs(view.look ?? "questionnaire");
    this.#root.replaceChildren(view.element);
  }

  fail(error) {
    this.#show(refusalView(this, error));
    this.alarm(this.querySelector("h1").textContent);
  }

  /** Questions without an answer; one that waits to be saved has one. */
  get openQuestions() {
    return this.sheet.questions.filter((question) => this.answers.of(question.id) === undefined);
  }

  get answeredCount() {
    return this.sheet.questions.length - this.openQuestions.length;
  }

  announce(text) {
    this.#heard.textContent = text;
  }

  alarm(text) {
    this.#alarm.textContent = text;
  }

  /** A question has opened by itself: said together with what was saved. */
  opened(question) {
    this.#opened = question?.name ?? null;
    if (this.saving.state !== "saving") this.#sayOpened("heard_opened");
  }

  #sayOpened(sentence) {
    if (this.#opened) this.announce(this.say(sentence, { name: this.#opened }));
    this.#opened = null;
  }

  #onSaving({ before }) {
    const { state } = this.saving;
    if (state === "waiting" && !this.#isFailing) this.alarm(this.say("heard_failed"));
    if (state === "waiting") this.#isFailing = true;
    if (state === "waiting") this.#sayOpened("heard_opened");
    if (state === "saved" && before === "saving") this.#sayWhatWasSaved();
    this.#view.update?.([], false);
  }

  #sayWhatWasSaved() {
    if (this.#isFailing) {
      this.#isFailing = false;
      this.alarm("");
      this.announce(this.say("heard_saved_again"));
      this.#opened = null;
    } else if (this.#opened) this.#sayOpened("heard_saved_opened");
    else this.announce(this.say("heard_saved"));
  }

  #onChange({ names, isElsewhere }) {
    this.#view.update?.(names, isElsewhere);
    if (isElsewhere) for (const name of names) this.#forget(name);
  }

  /** What was being written upon an answer that is another one now, also where it is not in sight. */
  #forget(name) {
    if (this.drafts.has(name) && !same(this.drafts.get(name).answer, this.answers.of(name))) this.drafts.delete(name);
  }

  #onConflict(question) {
    const name = this.sheet.question.get(question)?.name ?? this.say(`your_${question}`, { value: "" });
    this.alarm(this.say("heard_conflict", { name }));
  }

  async #onStopped(error) {
    if (!(error instanceof RefusedError) || error.status !== 409) return this.fail(error);
    await this.refresh();
    this.render();
  }
}
