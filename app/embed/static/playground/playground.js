/** The playground of the demonstration: what a portal's server and page do, both here, with the messages in sight. */

const EVENTS = ["ready", "resize", "progress", "section-changed", "saved", "submitted", "token-expiring", "scroll-request", "error"];
const TAGS = { questionnaire: "sbm-assessment", profile: "sbm-profile" };

const stage = document.getElementById("stage");
const log = document.querySelector(".log");
const form = document.querySelector("form");
const chosen = () => Object.fromEntries(new FormData(form));

function note(text) {
  const line = document.createElement("li");
  line.textContent = text;
  log.firstElementChild.append(line);
  log.scrollTop = log.scrollHeight;
}

/** A portal's server does this: the key never leaves it. That of the demonstration is no secret. */
async function ask(method, path, body) {
  const headers = { Authorization: `Bearer ${document.body.dataset.key}`, "Content-Type": "application/json" };
  const answer = await fetch(`/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Error([content.code, ...content.errors.map((error) => error.detail)].join(": "));
  return content;
}

async function allowThisOrigin() {
  const { allowed_origins: allowed } = await ask("GET", "/workspace");
  if (!allowed.includes(location.origin)) await ask("PATCH", "/workspace", { allowed_origins: [...allowed, location.origin] });
}

async function subjectOf(view) {
  const { data: assessments } = await ask("GET", "/assessments?status=open");
  const { id } = assessments.find((assessment) => !assessment.anonymous);
  if (view === "profile") return { assessment: id };
  const { data: people } = await ask("GET", `/assessments/${id}/participants`);
  return { participant: (people.find((person) => !person.submitted_at) ?? people[0]).id };
}

async function open() {
  const { view, lang, accent } = chosen();
  try {
    const theme = { accent };
    const { session } = await ask("POST", "/embed-sessions", { view, ...(await subjectOf(view)), parent_origin: location.origin, lang, theme });
    const element = document.createElement(TAGS[view]);
    element.setAttribute("session", session);
    element.lang = lang;
    stage.replaceChildren(element);
  } catch (error) {
    note(error.message);
  }
}

/** What the element can change by itself; view and accent belong to the session. */
function change({ target: { name } }) {
  const element = stage.firstElementChild;
  if (!element || name === "view" || name === "accent") return open();
  if (name === "lang") element.lang = chosen().lang;
  else dress(element);
}

function dress(element) {
  const { font, radius, mode } = chosen();
  element.theme({ font, radius: Number(radius), mode });
}

for (const name of EVENTS) stage.addEventListener(`sbm:${name}`, ({ detail }) => note(`sbm:${name} ${JSON.stringify(detail)}`));
stage.addEventListener("sbm:ready", ({ target }) => dress(target));
form.addEventListener("change", change);
form.addEventListener("submit", (event) => event.preventDefault());
await allowThisOrigin().catch((error) => note(error.message));
await open();
