/**
 * Sends what waits, one batch at a time, each meant for the revision that the page knows (`If-Match`). Where no answer
 * comes it tries again: after 1, 2, 4, 8, 15 seconds, and at once when the browser is online or the page seen again.
 */

import { same } from "./answers.js";
import { RefusedError, UnreachableError } from "./client.js";

const LONGEST = 15;

export class Saving extends EventTarget {
  #client;
  #answers;
  #running = null;
  #sent = new Map(); // what is on its way
  #timer = 0;
  #failures = 0;
  state = "saved"; // saved | saving | waiting | stopped
  retryAt = 0;

  constructor(client, answers) {
    super();
    this.#client = client;
    this.#answers = answers;
    answers.addEventListener("change", () => this.#answers.waiting.length && this.soon());
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  /** Send again after it was stopped, because what stood in the way is gone. */
  resume() {
    this.state = "saved";
    return this.now();
  }

  /** Send, unless a later try is already set. */
  soon() {
    if (this.state !== "waiting") this.now();
    else this.#tell();
  }

  /** Send now; resolves when nothing more is sent for the moment. */
  now() {
    if (this.state === "stopped") return Promise.resolve();
    clearTimeout(this.#timer);
    this.#running ??= this.#sendAll().finally(() => (this.#running = null));
    return this.#running;
  }

  /** The page goes: what waits is sent, also behind what is on its way. */
  leave() {
    if (!this.#running) return this.now();
    const { changes, note } = this.#answers.batch();
    if (![...note].some(([name, { value }]) => !same(value, this.#sent.get(name)?.value))) return null;
    return this.#client.change(changes, this.#answers.revision + 1).catch(() => {}); // found out when the page comes back
  }

  async #sendAll() {
    while (this.#answers.waiting.length) {
      this.#become("saving");
      const { changes, note } = this.#answers.batch();
      this.#sent = note;
      try {
        const { revision } = await this.#client.change(changes, this.#answers.revision);
        this.#failures = 0;
        this.#answers.acknowledge(note, revision);
      } catch (error) {
        if (!(await this.#recover(error, note))) return;
      }
    }
    this.#become("saved");
  }

  /** Whether sending goes on after an error. */
  async #recover(error, note) {
    try {
      if (error instanceof RefusedError) return await this.#answerTo(error, note);
      throw error;
    } catch (reason) {
      if (reason instanceof UnreachableError) this.#later(reason.seconds);
      else this.#stop(reason);
      return false;
    }
  }

  async #answerTo(error, note) {
    if (error.status === 412) {
      this.#answers.load(await this.#client.respondent());
      return true;
    }
    if (error.status === 422 || error.status === 413) {
      const named = error.faults.map((fault) => nameIn(fault.pointer)).filter((name) => note.has(name));
      this.#answers.refuse(named.length ? [...new Set(named)] : [...note.keys()]);
      return true;
    }
    throw error; // no link, handed in elsewhere, closed: the page shows what is the case
  }

  #later(seconds) {
    this.#failures += 1;
    const wait = Math.max(seconds, Math.min(LONGEST, 2 ** (this.#failures - 1)));
    this.retryAt = Date.now() + 1000 * wait;
    this.#timer = setTimeout(() => this.now(), 1000 * wait);
    this.#become("waiting");
  }

  #stop(error) {
    this.state = "stopped";
    this.dispatchEvent(new CustomEvent("stopped", { detail: error }));
  }

  #become(state) {
    const before = this.state;
    this.state = state;
    this.#tell(before);
  }

  #tell(before = this.state) {
    this.dispatchEvent(new CustomEvent("change", { detail: { before } }));
  }
}

/** The question that a pointer such as `/answers/sales.presence/comment` is about (RFC 6901). */
function nameIn(pointer) {
  const [, first, second = ""] = pointer.split("/");
  return first === "answers" ? second.replaceAll("~1", "/").replaceAll("~0", "~") : first;
}
