/** The page to try it without an account: the same questionnaire, and nothing that is kept. */

import { button, h, save } from "../questionnaire/dom.js";
import { Questionnaire } from "../questionnaire/element.js";
import * as link from "../questionnaire/link.js";
import { TrialClient } from "./client.js";

const TOKEN = "try"; // stands where the person's own token stands in an invitation's link

class Trial extends Questionnaire {
  clientFor() {
    return new TrialClient(this.dataset);
  }

  /** What there is to keep, after the last question. */
  keepsakes() {
    const { say, client } = this;
    const fault = h("p", { class: "fault", role: "alert" });
    const page = async () => {
      fault.textContent = "";
      try {
        save(new Blob([await client.page(say.language)], { type: "text/html" }), say("file_profile"));
      } catch {
        fault.textContent = say("unreachable");
      }
    };
    const answers = () => save(new Blob([JSON.stringify(client.request, null, 2)], { type: "application/json" }), say("file_answers"));
    return h(
      "section",
      { class: "note own" },
      h("h2", { class: "lab" }, say("keep")),
      h("p", {}, say("keep_text")),
      h("div", { class: "acts" }, button(say("keep_profile"), "quiet", page), button(say("keep_answers"), "quiet", answers)),
      fault,
    );
  }
}

customElements.define("sbm-questionnaire", Trial);

const page = document.querySelector("sbm-questionnaire");
const read = () => ({ ...link.read(), token: TOKEN });
page.open({ ...read(), lang: link.read().lang ?? document.documentElement.lang });
addEventListener("hashchange", () => page.follow(read()));
addEventListener("beforeunload", (event) => page.answeredCount && event.preventDefault());
