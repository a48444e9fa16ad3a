/** One answer while it is being given: what is chosen, also where that is not an answer yet, and what is written. */

import { compact, parts } from "./answers.js";

export const LINK = /^https?:\/\/\S+$/;
const MOST_WORDS = 2000;

export class Draft {
  constructor(answer) {
    const { option, not_applicable: reason, comment = "", evidence = [] } = parts(answer);
    this.choice = reason ? "not_applicable" : (option ?? null);
    this.reason = reason ?? null;
    this.comment = comment;
    this.link = evidence[0] ?? "";
    this.moreLinks = evidence.slice(1);
    this.isUnfolded = false;
    this.showsAnswers = false; // beside "not applicable"
  }

  get isLinkSound() {
    return !this.link.trim() || LINK.test(this.link.trim());
  }

  /** The answer that this comes to; `undefined` where none is chosen. A link that is none is left out. */
  get answer() {
    const link = this.link.trim();
    const evidence = [...(link && this.isLinkSound ? [link] : []), ...this.moreLinks];
    const said = { comment: this.comment.slice(0, MOST_WORDS), evidence };
    if (this.choice === "not_applicable") return compact({ not_applicable: this.reason, ...said });
    return compact({ option: this.choice, ...said });
  }
}
