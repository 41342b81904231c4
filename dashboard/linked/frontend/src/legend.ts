/** What the colours of the map mean. */
import { el } from "./dom";
import type { Legend, LegendRow } from "./types";

export class LegendBox {
  readonly root = el("section", { class: "legend", hidden: true });
  private written = "";

  constructor(private readonly hatch: string) {}

  update(legend: Legend | null): void {
    const text = JSON.stringify(legend);
    if (text === this.written) return;
    this.written = text;
    this.root.hidden = legend === null;
    if (!legend) return;
    this.root.setAttribute("aria-label", legend.label);
    this.root.replaceChildren(el("strong", {}, legend.title), el("small", {}, legend.unit), ...this.body(legend));
  }

  private body(legend: Legend): Node[] {
    if (legend.rows) return [el("ul", {}, ...legend.rows.map((row) => this.row(row)))];
    const colours = (legend.gradient ?? []).map((colour) => {
      const swatch = el("i");
      swatch.style.background = colour;
      return swatch;
    });
    const ends = el("div", { class: "ends" }, el("span", {}, legend.low), el("span", {}, legend.high));
    return [el("div", { class: "gradient" }, ...colours), ends, el("small", {}, legend.text)];
  }

  private row({ colour, text, count, is_hatched }: LegendRow): HTMLElement {
    const swatch = el("i");
    swatch.style.background = is_hatched ? `repeating-linear-gradient(135deg, ${this.hatch} 0 1.5px, ${colour} 1.5px 5px)` : colour;
    return el("li", {}, swatch, el("span", {}, text), el("span", { class: "count" }, count));
  }
}
