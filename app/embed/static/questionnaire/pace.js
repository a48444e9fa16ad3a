/** How long it still takes: the median of the last five answers' seconds times what is open, in whole minutes. */

const USUAL = 37; // measured: a full questionnaire of 40 questions takes 22 to 27 minutes
const PAUSE = 120;

export class Pace {
  #seconds = [];
  #last = null;
  #shown = null;

  /** Reading has begun. */
  begin() {
    this.#last ??= performance.now();
  }

  /** A question has been answered. A long pause is not somebody's pace. */
  answered() {
    const now = performance.now();
    const seconds = this.#last === null ? USUAL : (now - this.#last) / 1000;
    this.#last = now;
    if (seconds <= PAUSE) this.#seconds = [...this.#seconds, seconds].slice(-5);
  }

  /** Whole minutes for so many open questions; what was shown last never rises by more than one. */
  minutes(open) {
    const sorted = [...this.#seconds].sort((one, other) => one - other);
    const median = sorted.length < 3 ? USUAL : sorted[Math.floor(sorted.length / 2)];
    const minutes = open ? Math.max(1, Math.ceil((open * median) / 60)) : 0;
    this.#shown = this.#shown === null ? minutes : Math.min(minutes, this.#shown + 1);
    return this.#shown;
  }
}
