/** Before the questions: who asks, how long it takes, who sees what; and one's own impression. */

import { stateOf } from "./bar.js";
import { ownLink } from "./claim.js";
import { button, h } from "./dom.js";
import { languageButtons } from "./language.js";
import { versions } from "./settle.js";

export function startView(app) {
  const { say, sheet, respondent } = app;
  const { assessment, participant } = respondent;
  const { workspace, company } = assessment;
  const asks = participant.name ? say("asks_name", { name: participant.name, workspace, company }) : say("asks", { workspace, company });
  const state = h("p", { class: "state" });
  const ratings = sheet.ratings.map((rating, place) => ratingView(app, rating, place === 0));
  const update = () => {
    for (const rating of ratings) rating.update();
    const [text, isBad] = stateOf(app);
    state.textContent = app.answers.waiting.length || sheet.ratings.some(({ name }) => app.answers.saved(name) !== undefined) ? text : "";
    state.classList.toggle("bad", isBad);
  };
  update();
  const part = sheet.parts.find((each) => each.questions.some((question) => app.answers.of(question.id) === undefined));
  const goOn = app.answeredCount ? "go_on_with" : "begin";
  const onward = part ? button(say(goOn, { part: part.name }), "btn wide", () => app.go(part.id)) : button(say("review"), "btn wide", () => app.go("review"));
  const element = h(
    "main",
    { class: "page" },
    h("p", { class: "over" }, asks),
    h("h1", { tabindex: "-1" }, sheet.title),
    h("p", {}, sheet.introduction),
    h("dl", { class: "facts" }, facts(app).map(([name, text]) => h("div", {}, h("dt", {}, name), h("dd", {}, text)))),
    assessment.anonymous && ownLink(app),
    ratings.length > 0 && sheet.definition && h("p", { class: "definition" }, sheet.definition),
    ratings.map(({ element }) => element),
    h("div", { class: "onward" }, state, onward),
    languageButtons(app),
  );
  return { element, update };
}

function facts(app) {
  const { say, sheet, respondent } = app;
  const { assessment, participant } = respondent;
  const role = sheet.roles.find((each) => each.id === participant.role);
  const total = sheet.questions.length;
  const { least, most } = app.pace.span(app.openQuestions.length);
  const time = least < most ? say("from_to_minutes", { least, count: most }) : say("about_minutes", { count: least || 1 });
  const parts = say("parts", { count: sheet.parts.length });
  return [
    role && [say("role"), role.name],
    assessment.due_date && [say("due"), say.day(new Date(assessment.due_date))],
    app.answeredCount > 0 && [say("so_far"), say("saved_so_far", { count: app.answeredCount, total })],
    [say("how_long"), say("how_long_text", { count: total, parts, time })],
    [say("how"), [say("how_text"), " ", h("span", { class: "keyboard" }, say("how_keys"))]],
    [say("who_sees"), whoSees(app)],
  ].filter(Boolean);
}

function whoSees({ say, respondent }) {
  const { assessment, participant, sees_profile: isShown } = respondent;
  const { workspace } = assessment;
  const answers = assessment.anonymous ? "sees_anonymous" : participant.name ? "sees_named" : "sees_unnamed";
  const profile = !isShown ? "sees_no_profile" : assessment.anonymous ? "sees_profile_anonymous" : "sees_profile";
  return `${say(answers, { workspace })} ${say(profile, { workspace })}`;
}

function ratingView(app, { name, question, lowest, highest }, isFirst) {
  const { say, sheet, answers } = app;
  const numbers = Array.from({ length: 10 }, (_, place) => place + 1);
  const inputs = numbers.map((number) => h("input", { type: "radio", name, value: number, onchange: () => answers.choose(name, number) }));
  const choices = inputs.map((input) => h("label", {}, input, h("span", {}, input.value)));
  const dispute = h("div");
  let disputed;

  /** What was chosen here, or elsewhere; and where these are two, both. */
  function update() {
    for (const input of inputs) input.checked = Number(input.value) === answers.of(name);
    const conflict = answers.conflict(name);
    if (conflict === disputed) return;
    disputed = conflict;
    dispute.replaceChildren(...(conflict ? versions(app, name, (value) => String(value ?? say("taken_back")), update) : []));
  }

  const element = h(
    "fieldset",
    { class: "rating" },
    h("legend", { class: "lg" }, question),
    isFirst && h("p", { class: "hint" }, say("rating_hint", { count: sheet.ratings.length })),
    h("div", { class: "ten" }, choices),
    h("p", { class: "ends" }, h("span", {}, `1 = ${lowest}`), h("span", {}, `10 = ${highest}`)),
    dispute,
  );
  return { element, update };
}
