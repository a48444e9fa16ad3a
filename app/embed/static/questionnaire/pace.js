/** How long it still takes: what the service expects; from the third answer on, the median of the last five. */

const PAUSE = 120;
const ENOUGH = 3;

export class Pace {
  #expected = { stopping: 0, reading_all: 0 };
  #total = 1;
  #seconds = [];
  #last = null;
  #shown = null;

  /** What all the questions take, in minutes: of who stops at the true sentence, of who reads every option. */
  expect(minutes, total) {
    this.#expected = minutes;
    this.#total = total || 1;
  }

  /** Reading has begun. */
  begin() {
    this.#last ??= performance.now();
  }

  /** A question has been answered. A long pause is not somebody's pace. */
  answered() {
    const now = performance.now();
    const seconds = (now - (this.#last ?? now)) / 1000;
    if (this.#last !== null && seconds <= PAUSE) this.#seconds = [...this.#seconds, seconds].slice(-5);
    this.#last = now;
  }

  /** Whole minutes for so many open questions; what was shown last never rises by more than one. */
  minutes(open) {
    const minutes = this.#isMeasured ? atLeastOne((open * this.#median) / 60, open) : this.#share("stopping", open);
    this.#shown = this.#shown === null ? minutes : Math.min(minutes, this.#shown + 1);
    return this.#shown;
  }

  /** From how many minutes to how many; one and the same once somebody's pace is known. */
  span(open) {
    const least = this.minutes(open);
    return { least, most: this.#isMeasured ? least : Math.max(least, this.#share("reading_all", open)) };
  }

  get #isMeasured() {
    return this.#seconds.length >= ENOUGH;
  }

  get #median() {
    return [...this.#seconds].sort((one, other) => one - other)[Math.floor(this.#seconds.length / 2)];
  }

  #share = (reader, open) => atLeastOne((open * this.#expected[reader]) / this.#total, open);
}

const atLeastOne = (minutes, open) => (open ? Math.max(1, Math.ceil(minutes)) : 0);
