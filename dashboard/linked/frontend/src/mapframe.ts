/** The frame of the map: the layer switch above, the legend in its corner, the table behind its button. */
import { button, el } from "./dom";
import type { Writer } from "./format";
import { Frame } from "./frame";
import { decoded } from "./images";
import { type Documents, hatchOf } from "./layers";
import { LegendBox } from "./legend";
import { DistrictMap } from "./map";
import { mapTable } from "./maptable";
import { drawLegend, framed } from "./picture";
import type { Change } from "./picks";
import type { Camera } from "./plane";
import { toggled } from "./query";
import type { Shapes } from "./shapes";
import type { Tooltip } from "./tooltip";
import type { DocumentName, MapAnswer, MapMount, Mount } from "./types";

export interface MapFrameHooks {
  change: Change;
  layer(name: string, event: Event): void;
  isSelected(code: string): boolean;
  tooltip: Tooltip;
}

export class MapFrame {
  readonly frame: Frame;
  private readonly place = el("div", { class: "place" });
  private readonly legend: LegendBox;
  private readonly switches: HTMLButtonElement[];
  private map: DistrictMap | null = null;
  private latest: { answer: MapAnswer; serial: number } | null = null;
  private isGone = false;

  constructor(
    private readonly mount: Mount,
    private readonly writer: Writer,
    private readonly hooks: MapFrameHooks,
  ) {
    const map = mount.map;
    this.frame = new Frame({ name: "map", title: map?.title ?? "", unit: "", description: map?.description ?? "" });
    this.legend = new LegendBox(String(mount.look["hatch"]));
    this.switches = mount.layers.map(({ name, label }) => button(label, (event) => hooks.layer(name, event), { "data-layer": name }));
    this.frame.body.append(this.place);
    if (map) this.furnish(map);
    else this.place.append(el("p", { class: "message" }, writer.word("no_areas")));
  }

  /** Fetch the geometry and build the map; `kept` is where an earlier one of the same districts was left. */
  async load(fetchShapes: (path: string) => Promise<Shapes>, kept: Camera | null): Promise<void> {
    const map = this.mount.map;
    if (!map) return;
    const named = Object.entries(map.documents).filter(([, path]) => path);
    const fetched = await Promise.all(named.map(async ([name, path]) => [name as DocumentName, await fetchShapes(path)] as const));
    const hatch = hatchOf(map.deck);
    const atlas = hatch ? await decoded(hatch) : null;
    if (this.isGone) return;
    const toggle = (code: string, event: Event): void => this.hooks.change((selection) => toggled(selection, "areas", code), event);
    const documents: Documents = Object.fromEntries(fetched);
    this.map = new DistrictMap(map, this.mount, documents, atlas, this.writer, { toggle, tooltip: this.hooks.tooltip });
    this.place.prepend(this.map.root);
    this.map.start(kept);
    if (this.latest) await this.update(this.latest.answer, this.latest.serial);
  }

  get kept(): Camera | null {
    return this.map?.kept ?? null;
  }

  /** Show which layer was asked for, before its answer is there. */
  choose(layer: string): void {
    for (const one of this.switches) one.setAttribute("aria-pressed", String(one.dataset["layer"] === layer));
  }

  /** Paint an answer; resolves after the frame that shows it. */
  async update(answer: MapAnswer, serial: number): Promise<void> {
    this.latest = { answer, serial };
    this.legend.update(answer.legend);
    this.frame.note("map", answer.notes);
    this.frame.renewTables();
    const image = answer.heat ? await decoded(answer.heat.image) : null;
    if (this.latest.serial === serial) await this.map?.update(answer, image, serial);
  }

  finalize(): void {
    this.isGone = true;
    this.map?.finalize();
  }

  private furnish(map: MapMount): void {
    const { mount, writer, hooks } = this;
    const segments = el("div", { class: "segments small", role: "group", "aria-label": writer.word("layer") }, ...this.switches);
    this.frame.tools.append(segments);
    this.place.append(this.legend.root);
    const rows = (): MapAnswer["rows"] | null => this.latest?.answer.rows ?? null;
    this.frame.addTable(mapTable(map, mount, writer, rows, hooks.isSelected, hooks.change, () => this.picture()), writer);
  }

  private async picture(): Promise<Blob> {
    if (!this.map) throw new Error("the map is not drawn yet");
    const { canvas, ratio } = this.map.picture();
    const legend = this.latest?.answer.legend;
    if (legend) drawLegend(canvas, legend, this.mount.look, ratio);
    return framed(canvas, this.mount.map?.title ?? "", legend ? `${legend.title}, ${legend.unit}` : "", this.mount.look, ratio);
  }
}
