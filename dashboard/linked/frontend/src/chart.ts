/** One living chart: a Vega view whose rows are exchanged in place. */
import type { Spec } from "vega-typings";
import { rowsOf } from "./columns";
import { el } from "./dom";
import { enlarged, pointIn } from "./enlarged";
import { type Box, type Item, itemAt, itemsOf, plotOrigin } from "./items";
import { type NamedSpec, Rows, withNames } from "./rows";
import { type Tooltip, saidOf } from "./tooltip";
import type { ChartAnswer, ChartMount, Row } from "./types";
import { type VegaView, viewOf } from "./vega";

/** Widths of a chart at which its labels keep to another margin, fixed when the view is made. */
const BREAKS_PX = [400, 520];
const NONE: ChartAnswer = { columns: {} };

export class Chart {
  readonly surface = el("div", { class: "surface", tabindex: 0, role: "application" });
  private readonly holder = el("div", { class: "chart" });
  private readonly marker = el("div", { class: "marker", hidden: true });
  private readonly band = el("div", { class: "band", hidden: true });
  private view: VegaView | null = null;
  private data: Rows | null = null;
  private widthPx = 0;
  private hovered: MouseEvent | null = null;
  private found: Item[] | null = null;
  private readonly named: NamedSpec;
  private readonly hasSideLegend: boolean;
  private digits = 0;
  rows: Row[] = [];

  constructor(
    readonly mount: ChartMount,
    private readonly tooltip: Tooltip,
    onItem: (item: Row, event: MouseEvent) => void,
  ) {
    this.named = withNames(mount.spec as unknown as Spec);
    const legends = (mount.spec["legends"] ?? []) as { orient?: string }[];
    this.hasSideLegend = legends.some(({ orient = "right" }) => orient === "right" || orient === "left");
    // Found by place and not by Vega, for which a finger that taps has never come near.
    this.surface.addEventListener("click", (event) => {
      const item = this.itemUnder(event);
      if (item) onItem(item.datum, event);
    });
    this.surface.addEventListener("pointerleave", () => {
      this.hovered = null;
      this.tooltip.hide();
    });
    this.surface.append(this.holder, this.band, this.marker);
    this.surface.setAttribute("aria-label", mount.description);
    this.surface.dataset["pick"] = mount.pick ?? "none";
  }

  /** Exchange the rows; resolves when the chart is drawn. */
  async update(answer: ChartAnswer = NONE): Promise<void> {
    this.rows = rowsOf(answer.columns);
    this.found = null;
    if (!this.view) return this.make();
    if (!this.data?.exchange(this.rows)) return;
    this.fit();
    await this.view.runAsync();
    this.sayAgain();
  }

  /** A legend at the side is as wide as its longest number: where that changed, the plot is fitted again. */
  private fit(): void {
    const digits = this.hasSideLegend ? longestNumber(this.rows) : 0;
    if (digits !== this.digits) this.view?.resize();
    this.digits = digits;
  }

  async resize(): Promise<void> {
    const width = this.holder.clientWidth;
    if (!this.view || !width || width === this.widthPx) return;
    this.found = null;
    const hasCrossed = BREAKS_PX.some((limit) => width < limit !== this.widthPx < limit);
    if (hasCrossed) return this.make();
    this.widthPx = width;
    await this.view.width(width).runAsync();
  }

  /** What can be pointed at, in pixels of the surface. */
  get items(): Item[] {
    return (this.found ??= this.view ? itemsOf(this.view) : []);
  }

  /** Instant under a horizontal pixel of the surface. */
  instantAt(x: number): number {
    if (!this.view) return NaN;
    const scale = this.view.scale("x") as { invert(at: number): Date | number };
    return Number(scale.invert(x - plotOrigin(this.view)[0]));
  }

  /** Horizontal pixel of an instant, held inside the plot. */
  pixelAt(at: number): number {
    if (!this.view) return NaN;
    const [left] = plotOrigin(this.view);
    const scale = this.view.scale("x") as (at: number) => number;
    return left + Math.min(Math.max(scale(at), 0), this.view.width());
  }

  focusOn(box: Box | null): void {
    put(this.marker, box);
  }

  dragBox(box: Box | null, words = ""): void {
    put(this.band, box);
    this.band.dataset["words"] = words;
  }

  picture(scale: number): Promise<HTMLCanvasElement> {
    if (!this.view) return Promise.reject(new Error("the chart is not drawn yet"));
    return this.view.toCanvas(scale);
  }

  finalize(): void {
    this.view?.finalize();
    this.view = null;
  }

  /** The pointer rests on a mark whose values are others now. */
  private sayAgain(): void {
    if (!this.hovered) return;
    const item = this.itemUnder(this.hovered);
    if (item) this.tooltip.show(item.said, this.hovered.clientX, this.hovered.clientY);
    else this.tooltip.hide();
  }

  private itemUnder(event: MouseEvent): Item | undefined {
    const { x, y } = pointIn(this.surface, event);
    return itemAt(this.items, x, y);
  }

  private async make(): Promise<void> {
    this.finalize();
    this.widthPx = this.holder.clientWidth;
    if (!this.widthPx) return;
    // Where it is drawn larger, strokes stay sharp, and marks are found without pixels.
    const renderer = enlarged(this.holder) === 1 ? "canvas" : "svg";
    const view = viewOf(this.named.spec, this.holder, renderer, (_, event, item, value) => {
      const said = saidOf(value);
      this.hovered = said && item ? event : null;
      if (said && item) this.tooltip.show(said, event.clientX, event.clientY);
      else this.tooltip.hide();
    });
    this.view = view;
    // The surface around it speaks for the chart.
    for (const name of ["role", "aria-label", "aria-roledescription"]) this.holder.removeAttribute(name);
    this.data = new Rows(view, this.mount.dataset, this.named.names);
    this.data.exchange(this.rows);
    this.fit();
    await view.width(this.widthPx).runAsync();
  }
}

/** Digits before the comma of the largest number. */
function longestNumber(rows: readonly Row[]): number {
  const numbers = rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === "number");
  return String(Math.round(Math.max(0, ...numbers))).length;
}

function put(mark: HTMLElement, box: Box | null): void {
  mark.hidden = box === null;
  if (!box) return;
  const { x1, y1, x2, y2 } = box;
  Object.assign(mark.style, { left: `${x1}px`, top: `${y1}px`, width: `${x2 - x1}px`, height: `${y2 - y1}px` });
}
