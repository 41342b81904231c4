/** Elements without a framework; words are always text, never markup. */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = { zoom_in: "M12 5v14M5 12h14", zoom_out: "M5 12h14", whole_map: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" };

const filled = (made, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
};

export const el = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

export function button(label, onClick, attributes = {}) {
  const made = el("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", onClick);
  return made;
}

export function iconButton(name, label, onClick) {
  const made = button("", onClick, { class: "icon", "aria-label": label, title: label });
  made.append(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] })));
  return made;
}
