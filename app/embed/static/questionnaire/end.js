/** After submitting: thanks, the profile where it may be seen, and the way back to one's answers. */

import { button, h } from "./dom.js";
import { languageButtons } from "./language.js";
import { lookAs } from "./look.js";

/** `isProfile` where the profile is to be seen, `profile` where it is there already, in the language of the page. */
export function endView(app, { isProfile = false, profile = null } = {}) {
  const { say, sheet, respondent } = app;
  const { assessment, submitted_at: submitted, sees_profile: isShared } = respondent;
  const isShown = isShared && (assessment.status === "closed" || !assessment.anonymous);
  const time = say.moment(new Date(submitted));
  const values = { count: app.answeredCount, total: sheet.questions.length, time, workspace: assessment.workspace };
  const fault = h("p", { class: "fault", role: "alert" });
  const state = { isProfile };
  const element = h(
    "main",
    { class: "page" },
    h("p", { class: "over" }, assessment.company),
    h("h1", { tabindex: "-1" }, say("thanks")),
    h("p", {}, say("thanks_text", values)),
    isShown && h("div", { class: "onward" }, button(say("see_profile"), "btn wide", showProfile), fault, h("p", { class: "hint" }, say("profile_hint"))),
    app.keepsakes?.(),
    assessment.status === "open" && changes(app),
    h("p", { class: "hint" }, say(assessment.anonymous ? "close_page_own" : "close_page")),
    languageButtons(app),
  );
  const inLanguage = async (language) => (state.isProfile ? { profile: await written(app, language, element) } : {});
  if (profile) fill(profile);

  async function showProfile() {
    fault.textContent = "";
    state.isProfile = true;
    try {
      const content = await written(app, say.language, element);
      await lookAs("profile");
      if (!element.isConnected) return; // gone on, or spoken in another language meanwhile
      app.announce("");
      fill(content);
      element.querySelector("h1").focus({ preventScroll: true });
      app.toTop();
    } catch {
      state.isProfile = false;
      fault.textContent = say("profile_later");
    }
  }

  function fill({ content, goInside }) {
    const back = h("a", { href: location.hash, onclick: (event) => (event.preventDefault(), app.render()) }, say("back_to_answers"));
    content.prepend(h("p", {}, back));
    element.className = "";
    element.addEventListener("click", (event) => goInside(event, (place) => app.toPlace(place)));
    element.replaceChildren(content);
  }

  return { element, state, inLanguage, look: profile ? "profile" : "questionnaire" };
}

async function written(app, language, before) {
  const { goInside, profileIn } = await import("./profile.js");
  return { goInside, content: await profileIn(language, app.client, before) };
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
