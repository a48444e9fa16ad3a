/** Where somebody is on a page that is drawn anew in another language: the focus, the cursor, and what is folded out. */

/** A function that goes back there, once it is drawn. A focus that is elsewhere, on a portal's page, stays there. */
export function placeOn(root) {
  const focused = document.hasFocus() && root.contains(document.activeElement) ? document.activeElement : null;
  const find = focused && wayTo(focused, root);
  const { selectionStart: start, selectionEnd: end } = focused ?? {};
  const isOpen = folds(root).map(({ open }) => open);

  return () => {
    const all = folds(root);
    if (all.length === isOpen.length) all.forEach((each, place) => (each.open = isOpen[place]));
    if (!focused) return;
    const found = find();
    found?.focus({ preventScroll: true });
    if (document.activeElement !== found) root.querySelector("h1")?.focus({ preventScroll: true });
    else if (Number.isInteger(start)) found.setSelectionRange(start, end);
  };
}

const folds = (root) => [...root.querySelectorAll("details")];

/** Its name where it has one, else where it stands. */
function wayTo(element, root) {
  const { id, name, value } = element;
  const known = id ? `#${CSS.escape(id)}` : name && `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`;
  if (known) return () => root.querySelector(known);
  const path = [];
  for (let at = element; at !== root; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  return () => path.reduce((at, place) => at?.children[place], root);
}
