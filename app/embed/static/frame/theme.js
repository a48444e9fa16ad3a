/** The theme of a session: colours as the service has derived them, font, radius, mode. */

const FONTS = {
  sans: '"Source Sans 3", "Segoe UI", system-ui, sans-serif',
  serif: '"Source Serif 4", Georgia, "Times New Roman", serif',
  system: "system-ui, sans-serif",
};
const MODES = ["light", "dark", "auto"];

export function dress({ font, radius, mode, colours }) {
  const { style, dataset } = document.documentElement;
  if (Object.hasOwn(FONTS, font)) style.setProperty("--font", FONTS[font]);
  if (Number.isInteger(radius) && radius >= 0 && radius <= 16) style.setProperty("--radius", `${radius}px`);
  if (MODES.includes(mode)) dataset.mode = mode;
  if (colours && !document.documentElement.style.getPropertyValue("--ink")) paint(colours);
}

/** Colours come once, with the session: a message can change none of them. */
function paint({ light, dark }) {
  const [first, second] = [light ?? dark, dark ?? light];
  for (const name of Object.keys(first)) {
    document.documentElement.style.setProperty(`--${name}`, `light-dark(${first[name]}, ${second[name]})`);
  }
}
