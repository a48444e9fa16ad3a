/** The company's profile as the service writes it, with what is tried on it. Comes when it is first asked for. */

/** Ready to be shown; what is tried on the one `before`, in another language, is tried on it as well. */
export async function profileIn(language, client, before) {
  const { body } = new DOMParser().parseFromString(await client.profile(language), "text/html");
  const content = body.firstElementChild;
  content.querySelector("h1").setAttribute("tabindex", "-1");
  try {
    const { addWhatIf, levelsIn } = await import("/reports/what-if.js");
    await addWhatIf(content, (levels, signal) => client.whatIf(language, levels, signal), levelsIn(before));
  } catch (error) {
    console.warn(error.message); // the profile by itself, where that cannot be had
  }
  return content;
}

/** What stands behind the # of the address is the person's link: places on the page are gone to without it. */
export function goInside(event, go) {
  const name = event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
  if (!name || event.defaultPrevented) return;
  event.preventDefault();
  const place = document.getElementById(name);
  if (place) go(place);
}
