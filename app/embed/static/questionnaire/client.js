/** Asks `/v1/respondent`, and nothing else. The token is kept here, in memory, and sent in a header only. */

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PATIENCE = 15_000;
const MOST_BEHIND = 20_000; // characters: a browser sends 64 KiB, all in all, for a page that is gone

/** No answer, or one that says "later"; the same can be sent again. `seconds`: how long to wait, where it was said. */
export class UnreachableError extends Error {
  constructor(seconds = 0) {
    super("no answer");
    this.seconds = seconds;
  }
}

/** The service answered that it will not do that: a problem document (RFC 9457). */
export class RefusedError extends Error {
  constructor(status, problem) {
    super(problem.code ?? String(status));
    this.status = status;
    this.code = problem.code;
    this.faults = problem.errors ?? [];
  }
}

export class Client {
  #token; // or a function that says it, where it is renewed

  constructor(token, base = "/v1/respondent") {
    this.#token = token;
    this.base = base;
  }

  respondent = () => this.#json("GET", "");

  questionnaire = (language) => this.#json("GET", `/questionnaire?lang=${encodeURIComponent(language)}`);

  change = (changes, revision) => this.#json("PATCH", "/answers", changes, { "If-Match": `"${revision}"` });

  submit = (key) => this.#json("POST", "/submission", { incomplete: true }, { "Idempotency-Key": key });

  takeBack = () => this.#json("DELETE", "/submission");

  claim = (secret) => this.#json("POST", "/claim", { secret });

  /** The profile, as HTML to be shown in a page. */
  async profile(language) {
    const { text } = await this.#ask("GET", `/profile/report?part=content&lang=${encodeURIComponent(language)}`);
    return text;
  }

  /** The answers as a workbook to fill in, and what its file is called. */
  async answerSheet(language) {
    const { content, headers } = await this.#ask("GET", `/answers-sheet?lang=${encodeURIComponent(language)}`);
    const [, name] = headers.get("Content-Disposition").split("UTF-8''");
    return { content, name: decodeURIComponent(name) };
  }

  /** All answers of a workbook that was filled in, in place of those there are. */
  fillIn = (file, revision) => this.#json("POST", "/answers-sheet", file, { "If-Match": `"${revision}"` });

  /** The section of it in which levels are tried. */
  async whatIf(language, levels, signal) {
    const query = new URLSearchParams({ part: "what_if", lang: language, levels });
    const { text } = await this.#ask("GET", `/profile/report?${query}`, undefined, {}, signal);
    return text;
  }

  async #json(...request) {
    const { text } = await this.#ask(...request);
    return text ? JSON.parse(text) : null;
  }

  async #ask(method, path, body, headers = {}, signal = undefined) {
    const all = { Authorization: `Bearer ${typeof this.#token === "function" ? this.#token() : this.#token}`, ...headers };
    const isFile = body instanceof Blob;
    if (body !== undefined) all["Content-Type"] = isFile ? XLSX : "application/json";
    const sent = body === undefined || isFile ? body : JSON.stringify(body);
    let response, content, text;
    try {
      response = await fetch(this.base + path, {
        method,
        headers: all,
        body: sent,
        keepalive: sent?.length < MOST_BEHIND,
        credentials: "omit",
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]),
      });
      content = await response.blob();
      text = await content.text();
    } catch {
      throw new UnreachableError();
    }
    if (response.status >= 500 || response.status === 429) {
      throw new UnreachableError(Number(response.headers.get("Retry-After")) || 0);
    }
    if (!response.ok) throw new RefusedError(response.status, problemIn(text));
    return { content, text, headers: response.headers };
  }
}

function problemIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A key for what is to be done once, however often it is sent. */
export const newKey = () => random(16);

/** What an invitation is exchanged with. */
export const newSecret = () => random(32);

function random(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
