/** After submitting: thanks, the profile where it may be seen, and the way back to one's answers. */

import { button, h } from "./dom.js";
import { languageButtons } from "./language.js";
import { lookAs } from "./look.js";

export function endView(app) {
  const { say, sheet, respondent } = app;
  const { assessment, submitted_at: submitted, sees_profile: isShared } = respondent;
  const isShown = isShared && (assessment.status === "closed" || !assessment.anonymous);
  const time = say.moment(new Date(submitted));
  const values = { count: app.answeredCount, total: sheet.questions.length, time, workspace: assessment.workspace };
  const fault = h("p", { class: "fault", role: "alert" });
  const element = h(
    "main",
    { class: "page" },
    h("p", { class: "over" }, assessment.company),
    h("h1", { tabindex: "-1" }, say("thanks")),
    h("p", {}, say("thanks_text", values)),
    isShown && h("div", { class: "onward" }, button(say("see_profile"), "btn wide", () => showProfile(app, element, fault)), fault, h("p", { class: "hint" }, say("profile_hint"))),
    app.keepsakes?.(),
    assessment.status === "open" && changes(app),
    h("p", { class: "hint" }, say(assessment.anonymous ? "close_page_own" : "close_page")),
    languageButtons(app),
  );
  return { element, end: () => lookAs("questionnaire") };
}

function changes(app) {
  const { say } = app;
  const fault = h("p", { class: "fault", role: "alert" });
  const takeBack = async () => {
    try {
      await app.client.takeBack();
      await app.refresh();
      app.saving.resume();
      app.go("review");
    } catch {
      fault.textContent = say("unreachable");
    }
  };
  const text = [h("p", {}, say("changes_text")), button(say("take_back"), "quiet", takeBack), fault];
  return h("dl", { class: "facts" }, h("div", {}, h("dt", {}, say("changes")), h("dd", {}, text)));
}

async function showProfile(app, page, fault) {
  fault.textContent = "";
  try {
    const { language } = app.say;
    const { body } = new DOMParser().parseFromString(await app.client.profile(language), "text/html");
    await withWhatIf(body.firstElementChild, (levels, signal) => app.client.whatIf(language, levels, signal));
    const back = h("a", { href: location.hash, onclick: (event) => (event.preventDefault(), app.render()) }, app.say("back_to_answers"));
    body.firstElementChild.prepend(h("p", {}, back));
    await lookAs("profile");
    app.announce("");
    page.className = "";
    page.addEventListener("click", (event) => goInside(event, app));
    page.replaceChildren(...body.childNodes);
    page.querySelector("h1").setAttribute("tabindex", "-1");
    page.querySelector("h1").focus({ preventScroll: true });
    app.toTop();
  } catch {
    fault.textContent = app.say("profile_later");
  }
}

/** The profile with what is to be tried on it; by itself where that cannot be had. */
export async function withWhatIf(profile, ask) {
  try {
    const { addWhatIf } = await import("/reports/what-if.js");
    await addWhatIf(profile, ask);
  } catch (error) {
    console.warn(error.message);
  }
}

/** What stands behind the # of the address is the person's link: places on the page are gone to without it. */
function goInside(event, app) {
  const name = event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
  if (!name || event.defaultPrevented) return;
  event.preventDefault();
  const place = document.getElementById(name);
  if (place) app.toPlace(place);
}
