/** The profile of a company of the demonstration: what if its capabilities stood at other levels. */

import { tryOut } from "/reports/what-if.js";

async function ask(levels, signal) {
  const query = new URLSearchParams({ part: "what_if", lang: document.documentElement.lang, levels });
  const answer = await fetch(`?${query}`, { credentials: "omit", signal });
  if (answer.ok) return answer.text();
  throw Object.assign(new Error("no section"), { status: answer.status < 500 && answer.status !== 429 ? answer.status : 0 });
}

tryOut(document.getElementById("what-if"), ask);
