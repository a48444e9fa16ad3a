/** The page inside a portal's page: exchanges the session's code, shows the questionnaire or the profile. */

import { Channel } from "./channel.js";
import { HostedQuestionnaire } from "./hosted.js";
import { showProfile } from "./profile.js";
import { Session } from "./session.js";
import { dress, paint } from "./theme.js";

customElements.define("sbm-questionnaire", HostedQuestionnaire);

const allowed = JSON.parse(document.getElementById("origins").textContent);
const [code, ...pairs] = location.hash.slice(1).split("&");
const about = new URLSearchParams(pairs.join("&"));
history.replaceState(null, "", location.pathname);

const channel = new Channel(about.get("origin"), about.get("id"), allowed);
const page = document.querySelector("sbm-questionnaire");

async function open() {
  const session = new Session(channel);
  const opened = await session.open(code);
  if (opened.parent_origin !== channel.origin) return channel.post("error", { code: "refused" });
  if (opened.view !== (about.get("view") ?? opened.view)) return channel.post("error", { code: "wrong_view" });
  if (opened.theme) {
    dress(opened.theme);
    paint(opened.theme.colours);
  }
  const lang = about.get("lang") || opened.lang;
  channel.on("theme", dress);
  channel.on("token", ({ code: other }) => session.take(other));
  if (opened.view === "profile") await showProfile(page, session, lang, channel);
  else await page.host(session, lang, channel);
  channel.follow(document.documentElement);
  channel.post("ready", { view: opened.view });
}

if (channel.isOpen) open().catch(() => channel.post("error", { code: "expired" }));
