/** The questionnaire inside a portal's page: no address of its own, and its progress is told. */

import { Questionnaire } from "../questionnaire/element.js";
import { RefusedError } from "../questionnaire/client.js";

export class HostedQuestionnaire extends Questionnaire {
  #session;
  #channel;
  #wasSubmitted = false;
  #revision = 0;

  async host(session, lang, channel) {
    this.#session = session;
    this.#channel = channel;
    channel.on("lang", ({ lang: other }) => ["en", "it"].includes(other) && this.sheet && this.changeLanguage(other));
    channel.on("focus", () => this.querySelector("h1")?.focus({ preventScroll: true }));
    await this.open({ token: () => session.token, at: null, lang });
    this.#wasSubmitted = Boolean(this.respondent?.submitted_at);
    this.#revision = this.answers?.revision ?? 0;
    for (const source of [this.saving, this.answers]) source?.addEventListener("change", () => this.#tell());
    session.resumed = () => this.#resume();
    this.#tell();
  }

  /** There is no address to keep it in. */
  remember() {}

  follow() {}

  /** The portal's page is the portal's: its element scrolls it, and only to what is not in sight. */
  toTop() {
    this.#channel.post("scroll-request", { top: 0 });
  }

  toPlace(element) {
    this.#channel.post("scroll-request", { top: element.getBoundingClientRect().top });
  }

  render(state) {
    super.render(state);
    this.#channel.post("section-changed", { section: this.at ?? null });
    const { submitted_at: submitted, assessment, participant } = this.respondent;
    if (submitted && !this.#wasSubmitted) {
      this.#channel.post("submitted", { assessment_id: assessment.id, participant_id: participant.id });
    }
    this.#wasSubmitted = Boolean(submitted);
  }

  /** What the end of the session has interrupted. */
  #resume() {
    if (this.saving?.state === "stopped") this.saving.resume();
    if (this.sheet && this.wanted && this.wanted !== this.say.language) this.changeLanguage(this.wanted);
  }

  fail(error) {
    if (error instanceof RefusedError && error.status === 401) return this.#session.end();
    super.fail(error);
  }

  #tell() {
    if (!this.sheet) return;
    this.#channel.post("progress", { answered: this.answeredCount, total: this.sheet.questions.length });
    const { revision } = this.answers;
    if (revision !== this.#revision) this.#channel.post("saved", { revision });
    this.#revision = revision;
  }
}
