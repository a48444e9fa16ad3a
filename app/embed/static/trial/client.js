/** What is tried without an account: answers stay in this page's memory; only to be scored they go to the service. */

import { RATINGS } from "../questionnaire/answers.js";
import { RefusedError, UnreachableError } from "../questionnaire/client.js";

export class TrialClient {
  #answers = {};
  #rated = {};
  #revision = 0;
  #submitted = null;
  #questions;
  #minutes = {};

  constructor({ questionnaire, version, tier }) {
    Object.assign(this, { id: questionnaire, version, tier });
  }

  async respondent() {
    await this.#known();
    return {
      assessment: { workspace: "", company: "", status: "open", anonymous: false, due_date: null },
      participant: { name: null, role: null, language: document.documentElement.lang },
      questions: this.#questions,
      minutes: this.#minutes,
      answers: { ...this.#answers },
      ...Object.fromEntries(RATINGS.map((name) => [name, this.#rated[name] ?? null])),
      revision: this.#revision,
      submitted_at: this.#submitted,
      sees_profile: true,
    };
  }

  async questionnaire(language) {
    const path = `/v1/questionnaires/${this.id}/versions/${this.version}?lang=${encodeURIComponent(language)}`;
    const questionnaire = JSON.parse(await ask(path));
    const { questions, minutes } = questionnaire.tiers[this.tier];
    this.#questions = questions;
    this.#minutes[questionnaire.language ?? "en"] = minutes;
    return questionnaire;
  }

  async change({ answers, ...rated }) {
    for (const [name, answer] of Object.entries(answers)) {
      if (answer === null) delete this.#answers[name];
      else this.#answers[name] = answer;
    }
    Object.assign(this.#rated, rated);
    return { revision: (this.#revision += 1) };
  }

  async submit() {
    this.#submitted = new Date().toISOString();
  }

  async takeBack() {
    this.#submitted = null;
  }

  /** The profile, as HTML to be shown in a page. */
  profile = (language) => this.#scored(`part=content&lang=${encodeURIComponent(language)}`);

  /** The section of it in which levels are tried. */
  whatIf = (language, levels, signal) => this.#scored(new URLSearchParams({ part: "what_if", lang: language, levels }), signal);

  /** The profile, as a page to be kept. */
  page = (language) => this.#scored(`lang=${encodeURIComponent(language)}`);

  /** What is sent to be scored: whoever has it can send it again, and gets the same profile. */
  get request() {
    return { questionnaire: this.id, version: this.version, tier: this.tier, answers: { ...this.#answers }, ...this.#rated };
  }

  async #known() {
    if (!this.#questions) await this.questionnaire(document.documentElement.lang);
  }

  #scored = (query, signal) =>
    ask(`/v1/score?${query}`, {
      method: "POST",
      headers: { Accept: "text/html", "Content-Type": "application/json" },
      body: JSON.stringify(this.request),
      signal,
    });
}

async function ask(path, how = {}) {
  let response, text;
  try {
    response = await fetch(path, { credentials: "omit", ...how });
    text = await response.text();
  } catch {
    throw new UnreachableError();
  }
  if (response.status >= 500 || response.status === 429) throw new UnreachableError();
  if (!response.ok) throw new RefusedError(response.status, {});
  return text;
}
