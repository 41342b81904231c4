/** Small helpers to write HTML without a framework; text is always text, never markup. */
import { enlarged } from "./enlarged";

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

export function button(label: string, onClick: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** Button with a drawn sign and no words to see; the words are its name and its tip. */
export function iconButton(
  name: IconName,
  label: string,
  onClick: (event: MouseEvent) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = button("", onClick, { class: "icon", "aria-label": label, title: label, ...attributes });
  made.append(icon(name));
  return made;
}

const ICONS = {
  table: "M3 5h18v14H3zM3 10h18M3 14.5h18M9.5 5v14",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Put a popover near what opened it, inside the window. */
export function placeBy(popover: HTMLElement, opener: Element): void {
  const at = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const by = enlarged(popover);
  const [right, bottom] = [innerWidth / by, innerHeight / by];
  const wished = at.left < innerWidth / 2 ? at.left / by : at.right / by - width;
  const below = at.bottom / by + 6;
  const top = below + height < bottom - 8 ? below : Math.max(8, Math.min(at.top / by - height - 6, bottom - height - 8));
  popover.style.left = `${Math.max(8, Math.min(wished, right - width - 8))}px`;
  popover.style.top = `${top}px`;
}
