/** Messages to and from the portal's page: its origin is known, and no other is heard or told anything. */

const INWARD = new Set(["token", "theme", "lang", "focus"]);
const LEAST = 2;

export class Channel {
  #heard = new Map();
  #height = 0;

  constructor(origin, id, allowed) {
    this.origin = allowed.includes(origin) ? origin : null;
    this.id = id;
    this.isOpen = this.origin !== null && parent !== window;
    addEventListener("message", (event) => this.#hear(event));
  }

  post(type, data) {
    if (this.isOpen) parent.postMessage({ ns: "sbm", v: 1, type, id: this.id, data }, this.origin);
  }

  on(type, act) {
    this.#heard.set(type, act);
  }

  /** Tell the height of an element whenever it changes by so much that it is seen. */
  follow(element) {
    const tell = () => {
      const height = Math.ceil(element.getBoundingClientRect().height);
      if (Math.abs(height - this.#height) < LEAST) return;
      this.#height = height;
      this.post("resize", { height });
    };
    new ResizeObserver(tell).observe(element);
    tell();
  }

  #hear({ origin, source, data: said }) {
    if (!this.isOpen || origin !== this.origin || source !== parent) return;
    if (said?.ns !== "sbm" || said.v !== 1 || said.id !== this.id || !INWARD.has(said.type)) return;
    if (said.data !== null && typeof said.data === "object") this.#heard.get(said.type)?.(said.data);
  }
}
