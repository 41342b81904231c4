/** One small box that says what lies under the pointer; in the top layer, so that nothing cuts it off. */
import { el } from "./dom";
import { enlarged } from "./enlarged";

export interface Said {
  title: string;
  lines: readonly (readonly [label: string, value: string])[];
}

export class Tooltip {
  readonly root = el("div", { class: "tooltip", "aria-hidden": "true", popover: "manual" });

  show(said: Said, x: number, y: number): void {
    const lines = said.lines.map(([label, value]) => el("div", {}, label && el("span", {}, label), el("b", {}, value)));
    this.root.replaceChildren(el("strong", {}, said.title), ...lines);
    if (!this.root.matches(":popover-open")) this.root.showPopover();
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const by = enlarged(this.root);
    const [atX, atY, right, bottom] = [x / by, y / by, innerWidth / by - 8, innerHeight / by - 8];
    const left = atX + 14 + width > right ? atX - 14 - width : atX + 14;
    const top = atY + 16 + height > bottom ? atY - 12 - height : atY + 16;
    this.root.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  hide(): void {
    if (this.root.matches(":popover-open")) this.root.hidePopover();
  }
}

/** What Vega gives as a tooltip: an object of words, "title" among them. */
export function saidOf(value: unknown): Said | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "object") return { title: String(value), lines: [] };
  const { title, ...rest } = value as Record<string, unknown>;
  return { title: String(title ?? ""), lines: Object.entries(rest).map(([label, one]) => [label, String(one)]) };
}

export function spoken(said: Said): string {
  return [said.title, ...said.lines.map(([label, value]) => (label ? `${label}: ${value}` : value))].join(", ");
}
