/**
 * What stands behind the # of the page's address: the token, then where one is and in which language. It stays there,
 * so that the page can be loaded again; it is sent to nobody (a fragment never is).
 */

export function read(fragment = location.hash) {
  const [token, ...pairs] = fragment.replace(/^#/, "").split("&");
  const said = new URLSearchParams(pairs.join("&"));
  return { token, at: said.get("at"), lang: said.get("lang") };
}

export function written({ token, at, lang }) {
  const said = new URLSearchParams();
  if (at) said.set("at", at);
  if (lang) said.set("lang", lang);
  const tail = said.toString();
  return `#${token}${tail && "&"}${tail}`;
}
