/** Everything that is built from one mount document, and painted from one answer after another. */
import { Charts } from "./charts";
import { el } from "./dom";
import { Figures } from "./figures";
import { FilterBar } from "./filterbar";
import type { Writer } from "./format";
import { MapFrame } from "./mapframe";
import { framePainted, mark } from "./painted";
import type { Change } from "./picks";
import type { Camera } from "./plane";
import type { Shapes } from "./shapes";
import type { Tooltip } from "./tooltip";
import type { Answer, Facet, Mount } from "./types";

export interface PageHooks {
  change: Change;
  layer(name: string, event: Event): void;
  say(words: string): void;
  tooltip: Tooltip;
}

/** Views that stand side by side under all others. */
const LAST = ["sources", "police_reported", "kinds"];

export class Page {
  readonly root: HTMLElement;
  private readonly filter: FilterBar;
  private readonly figures: Figures;
  private readonly charts: Charts;
  private readonly map: MapFrame;
  private marked: Answer["marked"] = {};
  private newest = -1;

  constructor(
    readonly mount: Mount,
    writer: Writer,
    hooks: PageHooks,
  ) {
    const isMarked = (facet: string | null, value: string | number): boolean => (this.marked[facet as Facet] ?? []).includes(value);
    this.filter = new FilterBar(mount, writer, hooks.change);
    this.figures = new Figures(mount.figures, writer);
    this.charts = new Charts(mount, writer, { ...hooks, isMarked });
    this.map = new MapFrame(mount, writer, { ...hooks, isSelected: (code) => isMarked("areas", code) });
    const frames = this.charts.frames.map((frame) => frame.root);
    const last = frames.filter(({ dataset }) => LAST.includes(dataset["view"] ?? ""));
    const first = frames.filter((frame) => !last.includes(frame));
    const views = el("div", { class: "views" }, this.map.frame.root, this.figures.root, ...first);
    this.root = el("div", { class: "page" }, this.filter.root, views, el("div", { class: "last" }, ...last));
  }

  get kept(): Camera | null {
    return this.map.kept;
  }

  loadMap(fetchShapes: (path: string) => Promise<Shapes>, kept: Camera | null): Promise<void> {
    return this.map.load(fetchShapes, kept);
  }

  chooseLayer(layer: string): void {
    this.map.choose(layer);
  }

  /** Charts first, the map in the frame after; resolves when both are on the screen. */
  async paint(answer: Answer, serial: number, areaSet: string | null): Promise<void> {
    this.newest = serial;
    this.marked = answer.marked;
    this.filter.update(answer, areaSet);
    this.figures.update(answer);
    await this.charts.update(answer);
    await framePainted();
    mark("charts", serial);
    if (this.newest !== serial || !answer.map) return;
    await this.map.update(answer.map, serial);
    mark("map", serial);
  }

  /** The key figures as one sentence, for whoever does not see them change. */
  summary(answer: Answer): string {
    return answer.figures.map(({ value }, i) => `${this.mount.figures[i]?.label ?? ""}: ${value}`).join(", ");
  }

  finalize(): void {
    this.charts.finalize();
    this.map.finalize();
    this.root.remove();
  }
}
