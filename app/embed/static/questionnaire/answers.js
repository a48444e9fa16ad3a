/**
 * The answers as one person sees them: those that are saved, over them those that wait, and those that were changed
 * elsewhere. Knows neither page nor network. Ratings are answers under names of their own.
 */

/** What is asked from 1 to 10 before the questions, in this order, where the questionnaire has it. */
export const RATINGS = ["importance", "self_rating"];

export class Answers extends EventTarget {
  #saved = new Map();
  #waiting = new Map(); // name -> { value, base, sent: values that may have been saved without our knowing }
  #conflicts = new Map(); // name -> { mine, at }
  #refused = new Map(); // name -> the value that the service did not accept
  revision = 0;

  /** Take over what the service has; what waits stays, what was changed elsewhere beneath it is a conflict. */
  load(document) {
    this.revision = document.revision;
    const before = this.#saved;
    this.#saved = new Map(Object.entries(document.answers));
    for (const name of RATINGS) if (document[name] !== null) this.#saved.set(name, document[name]);
    for (const [name, waiting] of this.#waiting) this.#rebase(name, waiting);
    const names = new Set([...before.keys(), ...this.#saved.keys()]);
    this.#tell([...names].filter((name) => !same(before.get(name), this.#saved.get(name))), true);
  }

  #rebase(name, waiting) {
    const theirs = this.#saved.get(name);
    if (same(theirs, waiting.value)) this.#waiting.delete(name);
    else if (same(theirs, waiting.base) || waiting.sent.some((value) => same(value, theirs))) waiting.base = theirs;
    else {
      this.#waiting.delete(name);
      this.#conflicts.set(name, { mine: waiting.value, at: waiting.at });
      this.dispatchEvent(new CustomEvent("conflict", { detail: name }));
    }
  }

  /** What is shown: the last choice made here, else what is saved. `undefined` where there is none. */
  of(name) {
    const waiting = this.#waiting.get(name);
    return waiting ? waiting.value : this.#saved.get(name);
  }

  saved = (name) => this.#saved.get(name);

  choose(name, value) {
    this.#refused.delete(name);
    const waiting = this.#waiting.get(name);
    if (same(this.of(name), value)) return;
    if (waiting) this.#waiting.set(name, { ...waiting, value, at: new Date() });
    else this.#waiting.set(name, { value, base: this.#saved.get(name), sent: [], at: new Date() });
    this.#conflicts.delete(name);
    this.#tell([name]);
  }

  get waiting() {
    return [...this.#waiting.keys()];
  }

  get conflicts() {
    return [...this.#conflicts.keys()];
  }

  get refused() {
    return [...this.#refused.keys()];
  }

  conflict = (name) => this.#conflicts.get(name);

  /** End a conflict: with `mine`, the choice made here is saved over the other; comments of both stay. */
  settle(name, mine) {
    const { mine: value } = this.#conflicts.get(name);
    const theirs = this.#saved.get(name);
    this.#conflicts.delete(name);
    const merged = withWordsOf(mine ? value : theirs, mine ? theirs : value);
    if (same(this.of(name), merged)) this.#tell([name]);
    else this.choose(name, merged);
  }

  /** All that waits, as the body of a change; and the note by which its answer is taken over. */
  batch() {
    const answers = {};
    const changes = { answers };
    const note = new Map(this.#waiting);
    for (const [name, waiting] of note) {
      waiting.sent.push(waiting.value);
      if (RATINGS.includes(name)) changes[name] = waiting.value ?? null;
      else answers[name] = waiting.value ?? null;
    }
    return { changes, note };
  }

  /** A batch is saved. */
  acknowledge(note, revision) {
    this.revision = revision;
    for (const [name, sent] of note) {
      if (sent.value === undefined) this.#saved.delete(name);
      else this.#saved.set(name, sent.value);
      const now = this.#waiting.get(name);
      if (now && same(now.value, sent.value)) this.#waiting.delete(name);
      else if (now) this.#waiting.set(name, { ...now, base: sent.value, sent: [] });
    }
    this.#tell([...note.keys()]);
  }

  /** The service did not accept these; what was saved before counts. Without names: none of the batch. */
  refuse(names) {
    for (const name of names) {
      const waiting = this.#waiting.get(name);
      if (!waiting) continue;
      this.#refused.set(name, waiting.value);
      this.#waiting.delete(name);
    }
    this.#tell(names);
  }

  #tell(names, isElsewhere = false) {
    this.dispatchEvent(new CustomEvent("change", { detail: { names, isElsewhere } }));
  }
}

/** An answer as an object, whichever way it was written. */
export function parts(answer) {
  if (answer === undefined || answer === null) return {};
  return typeof answer === "object" ? answer : { option: answer };
}

/** The shortest way to write an answer; `undefined` where nothing is chosen. */
export function compact({ option, not_applicable, comment, evidence }) {
  if (!option && !not_applicable) return undefined;
  const said = {};
  if (comment?.trim()) said.comment = comment.trim();
  if (evidence?.length) said.evidence = evidence;
  if (not_applicable) return { not_applicable, ...said };
  return Object.keys(said).length ? { option, ...said } : option;
}

export function same(one, other) {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}

function canonical(answer) {
  if (typeof answer === "number") return answer;
  const { option, not_applicable, comment, evidence } = parts(answer);
  return [option ?? null, not_applicable ?? null, comment || null, evidence?.length ? evidence : null];
}

function withWordsOf(kept, other) {
  if (typeof kept === "number" || kept === undefined) return kept;
  const [one, two] = [parts(kept), parts(other)];
  const comments = [one.comment, two.comment].filter((text, place, all) => text && all.indexOf(text) === place);
  const evidence = [...new Set([...(one.evidence ?? []), ...(two.evidence ?? [])])];
  return compact({ ...one, comment: comments.join("\n").slice(0, 2000), evidence: evidence.slice(0, 20) });
}
