/**
 * What if: capabilities are moved to other levels, and the service says what that comes to.
 *
 * `ask(levels, signal)` gives the section as the service writes it, `levels` as in `sales.presence@3,service.speed@4`.
 */

const PAUSE = 150; // ms without another move, before it is asked
const STYLE = "/reports/what-if.css";

/** Put the section into a profile that is about to be shown, with these levels tried. Where it cannot be had, it goes without. */
export async function addWhatIf(profile, ask, levels = "") {
  const place = profile.querySelector("#holds");
  if (!place) return;
  const [text] = await Promise.all([ask(levels), styled()]);
  const section = parsed(text);
  const link = document.createElement("a");
  link.href = `#${section.id}`;
  link.textContent = section.dataset.nav;
  profile.querySelector(".toc a[href='#holds']").after(link);
  place.after(section);
  tryOut(section, ask);
}

/** The levels that are tried on a page. */
export const levelsIn = (page) => moved(page.querySelector("#what-if")).join(",");

const moved = (section) => [...(section?.querySelectorAll("input:checked") ?? [])].map((input) => input.value).filter(Boolean);

/** Listen to the moves of a section. */
export function tryOut(section, ask) {
  const [reset, again, trouble] = [".reset", ".again", ".trouble"].map((name) => section.querySelector(name));
  let asked = new AbortController();
  let timer = 0;

  const canReset = () => reset.setAttribute("aria-disabled", String(!moved(section).length));

  function move(pause) {
    clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    canReset();
    timer = setTimeout(told, pause, asked.signal);
  }

  async function told(signal) {
    try {
      const text = await ask(moved(section).join(","), signal);
      if (signal.aborted) return;
      show(section, parsed(text));
      complain("");
    } catch (error) {
      if (!signal.aborted) complain(error.status ? section.dataset.refused : section.dataset.unreachable);
    }
  }

  function complain(text) {
    if (trouble.textContent !== text) trouble.textContent = text;
    if (again === document.activeElement && !text) reset.focus();
    again.hidden = !text;
  }

  canReset();
  section.addEventListener("change", () => move(PAUSE));
  again.addEventListener("click", () => move(0));
  reset.addEventListener("click", () => {
    if (reset.getAttribute("aria-disabled") === "true") return;
    for (const input of section.querySelectorAll("input[value='']")) input.checked = true;
    move(0);
  });
}

/** The outcome of a move; what is moved with stays where it is, and keeps the focus. */
function show(section, other) {
  for (const part of other.querySelectorAll("[data-outcome]")) {
    const own = section.querySelector(`[data-outcome="${CSS.escape(part.dataset.outcome)}"]`);
    if (own && own.innerHTML !== part.innerHTML) own.replaceChildren(...part.childNodes);
  }
}

const parsed = (text) => new DOMParser().parseFromString(text, "text/html").getElementById("what-if");

function styled() {
  if (document.querySelector(`link[href="${STYLE}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE });
  document.head.append(link);
  return new Promise((done) => Object.assign(link, { onload: done, onerror: done }));
}
