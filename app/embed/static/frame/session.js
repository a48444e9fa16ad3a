/** The token of a session: in memory only, exchanged for a new one before it ends. */

const EARLY = 120_000;
const LATER = 15_000;

export class Session {
  #token;
  #channel;

  constructor(code, channel) {
    this.#token = code;
    this.#channel = channel;
  }

  get token() {
    return this.#token;
  }

  /** Exchange the code; what the service says of the session. */
  async open() {
    const answer = await fetch("/v1/respondent/token", {
      method: "POST",
      headers: { Authorization: `Bearer ${this.#token}` },
      credentials: "omit",
    });
    if (!answer.ok) throw Object.assign(new Error("refused"), { isOver: answer.status === 401 });
    const opened = await answer.json();
    this.#token = opened.token;
    const left = new Date(opened.expires_at) - Date.now();
    setTimeout(() => this.#renew(), Math.max(LATER, left - EARLY));
    return opened;
  }

  async #renew() {
    this.#channel.post("token-expiring", { seconds: EARLY / 1000 });
    try {
      await this.open();
    } catch (error) {
      if (error.isOver) this.end();
      else setTimeout(() => this.#renew(), LATER);
    }
  }

  /** It is over: the portal's element says so, or gets a new session. */
  end() {
    this.#channel.post("error", { code: "expired" });
  }
}
