/** The theme of a session: colours as the service has derived them, font, radius, mode. */

const FONTS = {
  sans: '"Source Sans 3", "Segoe UI", system-ui, sans-serif',
  serif: '"Source Serif 4", Georgia, "Times New Roman", serif',
  system: "system-ui, sans-serif",
};
const MODES = ["light", "dark", "auto"];

/** What a message can change as well: font, radius and mode. */
export function dress({ font, radius, mode }) {
  const { style, dataset } = document.documentElement;
  if (Object.hasOwn(FONTS, font)) style.setProperty("--font", FONTS[font]);
  if (Number.isInteger(radius) && radius >= 0 && radius <= 16) style.setProperty("--radius", `${radius}px`);
  if (MODES.includes(mode)) dataset.mode = mode;
}

/** Colours come with the session, where their contrast was checked. */
export function paint({ light, dark }) {
  const [first, second] = [light ?? dark, dark ?? light];
  for (const name of Object.keys(first)) {
    document.documentElement.style.setProperty(`--${name}`, `light-dark(${first[name]}, ${second[name]})`);
  }
}
