/** The company's profile in the frame, as the service writes it. */

import { Client, RefusedError } from "../questionnaire/client.js";
import { h } from "../questionnaire/dom.js";
import { lookAs } from "../questionnaire/look.js";
import { placeOn } from "../questionnaire/place.js";
import { goInside, profileIn } from "../questionnaire/profile.js";
import { wordsOf } from "../questionnaire/words.js";

export async function showProfile(page, session, first, channel) {
  const client = new Client(() => session.token);
  let wanted = first;
  let shown = null;

  /** The profile in a language; one that is shown already stays where that cannot be had. */
  async function show(language) {
    wanted = language;
    try {
      const content = await profileIn(language, client, page);
      if (wanted === language) draw(language, content);
    } catch (error) {
      if (error instanceof RefusedError && error.status === 401) return session.end();
      if (wanted === language && !shown) draw(language, h("p", {}, wordsOf(language)("profile_later")));
    }
  }

  function draw(language, content) {
    const goBack = placeOn(page);
    if (content.querySelector("h1")) shown = language;
    document.documentElement.lang = language;
    page.replaceChildren(h("main", {}, content));
    document.title = page.querySelector("h1")?.textContent ?? document.title;
    goBack();
  }

  const go = (place) => channel.post("scroll-request", { top: place.getBoundingClientRect().top });
  page.addEventListener("click", (event) => goInside(event, go));
  channel.on("lang", ({ lang }) => ["en", "it"].includes(lang) && show(lang));
  channel.on("focus", () => page.querySelector("h1")?.focus());
  session.resumed = () => shown !== wanted && show(wanted);
  await lookAs("profile");
  await show(first);
}
