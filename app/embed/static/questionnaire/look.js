/** Which style sheets apply: the profile has a look of its own, which is fetched when it is first shown. */

let look = "questionnaire";

/** Resolves when the page looks like that; until then it looks as before. */
export async function lookAs(what) {
  look = what;
  const sheets = [...document.querySelectorAll("link[data-look]")];
  const wanted = sheets.filter((sheet) => sheet.dataset.look === what);
  await Promise.all(wanted.map(shown));
  for (const sheet of sheets) sheet.disabled = sheet.dataset.look !== look;
}

function shown(sheet) {
  if (!sheet.disabled && sheet.sheet) return null;
  return new Promise((done) => {
    for (const event of ["load", "error"]) sheet.addEventListener(event, done, { once: true });
    sheet.disabled = false;
  });
}
