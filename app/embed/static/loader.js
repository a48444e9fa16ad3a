/**
 * `<sbm-assessment>` and `<sbm-profile>` for a portal's page: a frame of the service that shows a questionnaire or a
 * profile. Messages go to and come from the service's origin alone; everything is said again as `sbm:…` events.
 */

const HOST = new URL(import.meta.url).origin;
const SESSION = /^(wsp_[0-9a-z]{1,60})\.(sbm_code_[0-9A-Za-z]{38})$/;
const PATIENCE = 8; // s
const QUIET = 400;
const TELLS = new Set(["ready", "resize", "progress", "section-changed", "saved", "submitted", "token-expiring", "scroll-request", "error"]);
const WORDS = {
  en: {
    title: "Questionnaire", profile: "Profile", loading: "Loading …",
    expired: "This page has been open for too long. Load the page again to go on.",
    refused: "This cannot be shown here at the moment. Try again later, or tell whoever runs this page.",
    wrong_view: {
      questionnaire: "A questionnaire belongs here, but the page was given access to a profile. Nothing is shown; please tell whoever runs this page.",
      profile: "A profile belongs here, but the page was given access to a questionnaire. Nothing is shown; please tell whoever runs this page.",
    },
    kept: "All answers that were shown as saved are kept.",
  },
  it: {
    title: "Questionario", profile: "Profilo", loading: "Caricamento in corso …",
    expired: "Questa pagina è rimasta aperta troppo a lungo. Basta ricaricare la pagina per continuare.",
    refused: "Al momento non è possibile mostrare qui questo contenuto. Si può riprovare più tardi o avvisare chi gestisce la pagina.",
    wrong_view: {
      questionnaire: "Qui è previsto un questionario, ma la pagina ha ricevuto l’accesso a un profilo. Non viene mostrato nulla: si prega di avvisare chi gestisce la pagina.",
      profile: "Qui è previsto un profilo, ma la pagina ha ricevuto l’accesso a un questionario. Non viene mostrato nulla: si prega di avvisare chi gestisce la pagina.",
    },
    kept: "Tutte le risposte che risultavano salvate sono conservate.",
  },
};

class Embedded extends HTMLElement {
  static observedAttributes = ["session", "lang"];
  #frame = null;
  #notice = document.createElement("p");
  #said = () => ""; // what the notice says, from the words of a language
  #id = "";
  #workspace = "";
  #timers = [];
  #isStarted = false;
  #attempt = 0; // what was asked for an earlier one no longer counts
  #held = []; // what the frame is told once it is ready
  #isReady = false;
  #hear = (event) => this.#onMessage(event);

  connectedCallback() {
    addEventListener("message", this.#hear);
    this.#notice.setAttribute("role", "status");
    this.#isStarted = true;
    this.#start();
  }

  disconnectedCallback() {
    this.destroy();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#isStarted || before === after) return;
    if (name === "session") this.#start();
    else this.#speak();
  }

  /** End it: the frame goes, nothing is heard any more. */
  destroy() {
    removeEventListener("message", this.#hear);
    this.#isStarted = false;
    this.#clear();
  }

  /** Change mode, font or radius; colours belong to the session. */
  theme(tokens) {
    this.#post("theme", tokens);
  }

  /** Go on with a new session of the same questionnaire or profile: nothing is drawn anew, nothing unsaved is lost. */
  token(session) {
    if (!this.#isStarted) return;
    const { workspace, code } = partsOf(session);
    if (this.#frame && workspace === this.#workspace) return this.#post("token", { code });
    this.#clear();
    this.#open(workspace, code);
  }

  /** Move the focus into the frame. */
  focus() {
    this.#frame?.focus();
    this.#post("focus", {});
  }

  #speak() {
    this.#notice.textContent = this.#said(this.#words);
    if (!this.#frame) return;
    this.#frame.title = this.#name;
    this.#post("lang", { lang: this.#language });
  }

  get #name() {
    return this.getAttribute("title") ?? (this.#view === "profile" ? this.#words.profile : this.#words.title);
  }

  /** What is shown is what the element is called. */
  get #view() {
    return this instanceof Profile ? "profile" : "questionnaire";
  }

  get #language() {
    return (this.lang || this.closest("[lang]")?.lang || "").startsWith("it") ? "it" : "en";
  }

  get #words() {
    return WORDS[this.#language];
  }

  get #patience() {
    return Number(this.getAttribute("patience")) || PATIENCE;
  }

  async #start() {
    this.#clear();
    await this.#withSession((session) => this.token(session));
  }

  /** The session is over: hand in a new one of the portal's own server. */
  async #goOn() {
    this.#isReady = false;
    await this.#withSession((session) => this.token(session));
  }

  /** Act upon a session, unless another attempt has begun meanwhile or it was ended. */
  async #withSession(act) {
    const attempt = this.#attempt;
    try {
      const session = await this.#session();
      if (attempt === this.#attempt) act(session);
    } catch (error) {
      if (attempt === this.#attempt) this.#refuse(error.message);
    }
  }

  /** The session that stands in the attribute, or a new one of the portal's own server. */
  async #session() {
    const endpoint = this.getAttribute("token-endpoint");
    if (!endpoint) return this.getAttribute("session") ?? "";
    const answer = await fetch(endpoint, { method: "POST", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${endpoint} answered ${answer.status}`);
    return (await answer.json()).session ?? "";
  }

  #open(workspace, code) {
    this.#workspace = workspace;
    this.#id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    const about = new URLSearchParams({ origin: location.origin, id: this.#id, view: this.#view, lang: this.lang ? this.#language : "" });
    const frame = document.createElement("iframe");
    frame.title = this.#name;
    frame.referrerPolicy = "no-referrer";
    frame.style.cssText = "display:block;width:100%;height:480px;border:0;color-scheme:normal";
    frame.src = `${HOST}/embed/v1/w/${workspace}#${code}&${about}`;
    this.#frame = frame;
    this.append(frame);
    this.#after(QUIET, () => this.#say((words) => words.loading));
    this.#after(1000 * this.#patience, () => {
      this.#refuse(`no answer within ${this.#patience} s. Is ${location.origin} one of the workspace's allowed_origins, and the session's parent_origin? Does this page's own policy allow frame-src ${HOST}?`);
    });
  }

  #after(milliseconds, act) {
    this.#timers.push(setTimeout(act, milliseconds));
  }

  #clear() {
    this.#timers.splice(0).forEach(clearTimeout);
    this.#frame?.remove();
    this.#notice.remove();
    this.#frame = null;
    this.#attempt += 1;
    this.#held ??= [];
    this.#isReady = false;
  }

  #say(said) {
    this.#said = said;
    this.#notice.textContent = said(this.#words);
    this.prepend(this.#notice);
  }

  /** It ends by itself: why (a sentence of the words), and what that means for the answers, where there are any. */
  #giveUp(why) {
    this.#clear();
    this.#say((words) => (this.#view === "profile" ? words[why] : `${words[why]} ${words.kept}`));
  }

  #refuse(cause) {
    console.error(`<${this.localName}>: ${cause}`);
    this.#giveUp("refused");
    this.#tell("error", { code: "refused" });
  }

  #refuseView() {
    console.error(`<${this.localName}>: the session was opened with another view than "${this.#view}". Use the element that fits it.`);
    this.#clear();
    this.#say((words) => words.wrong_view[this.#view]);
    this.#tell("error", { code: "wrong_view" });
  }

  #post(type, data) {
    if (this.#held) this.#held.push([type, data]);
    else this.#frame?.contentWindow?.postMessage({ ns: "sbm", v: 1, type, id: this.#id, data }, HOST);
  }

  #tell(type, data) {
    this.dispatchEvent(new CustomEvent(`sbm:${type}`, { detail: data, bubbles: true, composed: true }));
  }

  #onMessage({ origin, source, data: said }) {
    if (!this.#frame || origin !== HOST || source !== this.#frame.contentWindow) return;
    if (said?.ns !== "sbm" || said.v !== 1 || said.id !== this.#id || !TELLS.has(said.type)) return;
    const data = said.data ?? {};
    if (said.type === "ready") this.#ready();
    if (said.type === "resize" && Number.isInteger(data.height) && data.height > 0) this.#frame.style.height = `${data.height}px`;
    if (said.type === "scroll-request") this.#scroll(data.top);
    if (said.type === "error") return this.#onError(data);
    this.#tell(said.type, data);
  }

  #ready() {
    this.#timers.splice(0).forEach(clearTimeout);
    this.#notice.remove();
    this.#isReady = true;
    const held = this.#held ?? [];
    this.#held = null;
    for (const [type, data] of held) this.#post(type, data);
  }

  #scroll(top) {
    const at = this.#frame.getBoundingClientRect().top + (Number.isFinite(top) ? top : 0);
    const isSeen = at >= 0 && at < innerHeight / 2;
    if (!isSeen) scrollTo({ top: scrollY + at - 16, behavior: "instant" });
  }

  #onError(data) {
    if (data.code === "refused") return this.#refuse("the session was made for another parent_origin");
    if (data.code === "wrong_view") return this.#refuseView();
    this.#tell("error", data);
    if (data.code === "expired" && this.#isReady && this.hasAttribute("token-endpoint")) return this.#goOn();
    this.#giveUp("expired");
  }
}

/** Workspace and code of what `POST /v1/embed-sessions` answers as `session`. */
function partsOf(session) {
  const [, workspace, code] = String(session).match(SESSION) ?? [];
  if (!code) throw new Error("the session is not what POST /v1/embed-sessions has answered as `session`");
  return { workspace, code };
}

class Assessment extends Embedded {}
class Profile extends Embedded {}

customElements.define("sbm-assessment", Assessment);
customElements.define("sbm-profile", Profile);
