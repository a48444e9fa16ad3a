/** The company's profile in the frame: the page that the service makes of it, with its own style. */

import { h } from "../questionnaire/dom.js";
import { wordsOf } from "../questionnaire/words.js";

export async function showProfile(page, session, first, channel) {
  async function show(language) {
    const answer = await fetch(`/v1/respondent/profile/report?lang=${language}`, {
      headers: { Authorization: `Bearer ${session.token}` },
      credentials: "omit",
    });
    if (answer.status === 401) return session.end();
    const text = answer.ok ? await answer.text() : "";
    document.documentElement.lang = language;
    page.replaceChildren(...(text ? parsed(text) : [h("main", { class: "page" }, h("p", {}, wordsOf(language)("profile_later")))]));
  }
  channel.on("lang", ({ lang }) => ["en", "it"].includes(lang) && show(lang));
  channel.on("focus", () => page.querySelector("h1")?.focus());
  await show(first);
}

/** The page without its style element, which this page's policy would refuse: its rules are taken as a sheet. */
function parsed(text) {
  const [whole, style] = /<style>([^]*?)<\/style>/.exec(text);
  const { head, body } = new DOMParser().parseFromString(text.replace(whole, () => ""), "text/html");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
  document.title = head.querySelector("title").textContent;
  body.querySelector("h1")?.setAttribute("tabindex", "-1");
  return body.childNodes;
}
