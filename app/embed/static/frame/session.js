/** The token of a session: in memory only, exchanged for a new one before it ends. The portal can hand in a new session. */

const EARLY = 120_000;
const LATER = 15_000;
const SOON = 1000;
const CODE = /^sbm_code_[0-9A-Za-z]{38}$/;
const SUBJECT = ["view", "assessment", "participant", "parent_origin"];

export class Session {
  #channel;
  #opened = {};
  #timer = 0;
  #isOver = false;
  resumed = () => {}; // what to do with what stood still, once a new session was handed in

  constructor(channel) {
    this.#channel = channel;
  }

  get token() {
    return this.#opened.token;
  }

  /** Exchange the code; what the service says of the session. Where it says nothing it is asked again. */
  async open(code) {
    try {
      this.#keep(await exchanged(code));
    } catch (error) {
      if (error.isOver) throw error;
      await new Promise((done) => setTimeout(done, SOON));
      return this.open(code); // as long as the element has patience, and the frame is there
    }
    return this.#opened;
  }

  /** Go on with a new session of the same questionnaire or profile. One that opens something else changes nothing. */
  async take(code) {
    try {
      if (!CODE.test(code)) throw new Error("this is no code of a session");
      const opened = await exchanged(code);
      const isSame = SUBJECT.every((name) => opened[name] === this.#opened[name]);
      if (!isSame) throw new Error("the session that was handed in is not of the same participant or assessment");
      this.#keep(opened);
    } catch (error) {
      console.error(error.message);
      if (this.#isOver) this.#tellEnd();
      return;
    }
    this.#isOver = false;
    this.resumed();
    this.#channel.post("ready", { view: this.#opened.view });
  }

  #keep(opened) {
    this.#opened = opened;
    clearTimeout(this.#timer);
    const left = new Date(opened.expires_at) - Date.now();
    this.#timer = setTimeout(() => this.#renew(), Math.max(LATER, left - EARLY));
  }

  async #renew() {
    this.#channel.post("token-expiring", { seconds: EARLY / 1000 });
    const before = this.token;
    try {
      const opened = await exchanged(before);
      if (this.token === before) this.#keep(opened);
    } catch (error) {
      if (this.token !== before) return; // a new session came meanwhile
      if (error.isOver) this.end();
      else this.#timer = setTimeout(() => this.#renew(), LATER);
    }
  }

  /** It is over: the portal's element says so, or gets a new session. */
  end() {
    if (!this.#isOver) this.#tellEnd();
    this.#isOver = true;
  }

  #tellEnd() {
    this.#channel.post("error", { code: "expired" });
  }
}

/** What a code, or a token that is still good, is exchanged for. */
async function exchanged(token) {
  const answer = await fetch("/v1/respondent/token", {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    credentials: "omit",
  });
  if (!answer.ok) throw Object.assign(new Error(`the session opens nothing: ${answer.status}`), { isOver: answer.status === 401 });
  return answer.json();
}
