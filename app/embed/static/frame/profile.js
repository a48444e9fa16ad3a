/** The company's profile in the frame, as the service writes it. */

import { Client } from "../questionnaire/client.js";
import { h } from "../questionnaire/dom.js";
import { withWhatIf } from "../questionnaire/end.js";
import { lookAs } from "../questionnaire/look.js";
import { wordsOf } from "../questionnaire/words.js";

export async function showProfile(page, session, first, channel) {
  let wanted = first;

  async function show(language) {
    wanted = language;
    const answer = await fetch(`/v1/respondent/profile/report?part=content&lang=${language}`, {
      headers: { Authorization: `Bearer ${session.token}` },
      credentials: "omit",
    }).catch(() => null);
    if (answer?.status === 401) return session.end();
    const content = answer?.ok ? parsed(await answer.text()) : h("p", {}, wordsOf(language)("profile_later"));
    if (answer?.ok) await withWhatIf(content, (levels, signal) => new Client(() => session.token).whatIf(language, levels, signal));
    if (wanted !== language) return;
    document.documentElement.lang = language;
    page.replaceChildren(h("main", {}, content));
    document.title = page.querySelector("h1")?.textContent ?? document.title;
  }
  page.addEventListener("click", (event) => goInside(event, channel));
  channel.on("lang", ({ lang }) => ["en", "it"].includes(lang) && show(lang));
  channel.on("focus", () => page.querySelector("h1")?.focus());
  session.resumed = () => document.documentElement.lang !== wanted && show(wanted);
  await lookAs("profile");
  await show(first);
}

function parsed(text) {
  const { body } = new DOMParser().parseFromString(text, "text/html");
  body.querySelector("h1").setAttribute("tabindex", "-1");
  return body.firstElementChild;
}

/** The portal's page scrolls, so it is asked to go to a place of the profile. */
function goInside(event, channel) {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  const place = document.getElementById(link.hash.slice(1));
  if (place) channel.post("scroll-request", { top: place.getBoundingClientRect().top });
}
