/** The map: the town on canvases below and above, districts and figures by deck.gl, names on top. */
import type { Layer } from "@deck.gl/core";
import { DeckCamera, hasWebGl, pixelRatio } from "./camera";
import { el, iconButton } from "./dom";
import type { Writer } from "./format";
import { pointIn } from "./enlarged";
import { type Painted, cssColour, paint, paintedOf, sized } from "./ground";
import { Hits } from "./hit";
import { saidOver } from "./hover";
import { Labels, type Name, nameAt } from "./labels";
import { type Documents, type LayersById, layersOf, paintedLayers } from "./layers";
import { type Camera, type Placing, Plane, fitted } from "./plane";
import type { Shapes } from "./shapes";
import type { Tooltip } from "./tooltip";
import type { Label, MapAnswer, MapMount, Mount } from "./types";

const EMPTY: Shapes = { type: "FeatureCollection", features: [] };
const TITLE = { rank: 60, sizePx: 12, belowPx: 17 };
const AFTER_DISTRICTS = 100;
const STILL_PX = 5;
const CLOSER = 1.2;

export interface MapHooks {
  toggle(code: string, event: Event): void;
  tooltip: Tooltip;
}

export class DistrictMap {
  readonly root = el("div", { class: "map" });
  private readonly under = el("canvas", { class: "under" });
  private readonly over = el("canvas", { class: "over" });
  private readonly labels = new Labels();
  private readonly plane: Plane;
  private readonly hits: Hits;
  private readonly layers: LayersById;
  private readonly districts: Shapes;
  private readonly ground: Painted[];
  private readonly ways: Painted[];
  private readonly sheet: string;
  private readonly names: Name[];
  private titles: Name[] = [];
  private titlesWritten = "";
  private camera: DeckCamera | null = null;
  private shown: Camera | null = null;
  private answer: MapAnswer | null = null;

  constructor(
    private readonly map: MapMount,
    private readonly mount: Mount,
    documents: Documents,
    hatch: ImageBitmap | null,
    private readonly writer: Writer,
    private readonly hooks: MapHooks,
  ) {
    this.plane = new Plane(map.bounds);
    this.districts = documents.districts ?? EMPTY;
    this.hits = new Hits(this.districts, this.plane);
    this.layers = layersOf(map.deck, documents, hatch);
    const backdrop = documents.backdrop ?? EMPTY;
    const painted = (id: string, kind: "areas" | "lines"): Painted[] => {
      const layer = this.layers.get(id);
      return layer ? paintedOf(layer, backdrop, this.plane, kind) : [];
    };
    this.ground = painted("ground", "areas");
    this.ways = painted("ways", "lines");
    this.sheet = cssColour(((this.layers.get("sheet") as Layer | undefined)?.props as { getFillColor?: number[] } | undefined)?.getFillColor ?? []);
    this.names = [...this.districtNames(), ...this.placeNames(backdrop)];
  }

  /** Start to draw, once the element has its size; `kept` is where an earlier map was left. */
  start(kept: Camera | null): void {
    if (!hasWebGl()) return this.failed();
    this.root.append(this.under);
    this.camera = new DeckCamera(this.root, this.map.bounds, kept, this.writer.word("map_help"), (at) => this.frame(at), () => this.failed());
    this.root.append(this.over, this.labels.canvas, this.buttons());
    this.root.addEventListener("pointerleave", () => this.hooks.tooltip.hide());
    this.listen();
  }

  get kept(): Camera | null {
    return this.camera?.kept ?? null;
  }

  /** Paint an answer; `image` is its heat surface. Resolves after the frame that shows it. */
  update(answer: MapAnswer, image: ImageBitmap | null, serial: number): Promise<void> {
    this.answer = answer;
    if (!this.camera || answer.digits.length !== this.map.areas.code.length) return Promise.resolve();
    this.nameTitles(answer.titles);
    return this.camera.draw(paintedLayers(this.layers, this.districts, answer, image, serial));
  }

  /** Everything that is drawn, as one picture. */
  picture(): { canvas: HTMLCanvasElement; ratio: number } {
    const ratio = pixelRatio(this.root);
    const canvas = el("canvas", { width: this.under.width, height: this.under.height });
    // A WebGL canvas can be read only in the task that drew it.
    this.camera?.redraw();
    for (const one of [this.under, this.camera?.canvas, this.over, this.labels.canvas]) {
      if (one?.width) canvas.getContext("2d")?.drawImage(one, 0, 0, canvas.width, canvas.height);
    }
    return { canvas, ratio };
  }

  finalize(): void {
    this.camera?.finalize();
    this.camera = null;
  }

  private frame(at: Camera): void {
    const { longitude, latitude, zoom, width, height } = at;
    const is = this.shown;
    const hasMoved = !is || is.longitude !== longitude || is.latitude !== latitude || is.zoom !== zoom || is.width !== width || is.height !== height;
    if (hasMoved) {
      this.shown = { longitude, latitude, zoom, width, height };
      this.paintAround();
    }
  }

  private paintAround(): void {
    const size = this.shown;
    if (!size) return;
    const [at, ratio] = [this.plane.placing(size), pixelRatio(this.root)];
    for (const canvas of [this.under, this.over, this.labels.canvas]) sized(canvas, size.width, size.height, ratio);
    paint(this.under, this.ground, at, ratio, this.sheet);
    paint(this.over, this.ways, at, ratio);
    this.labels.draw(this.written(size), at, size, ratio);
  }

  private nameTitles(titles: Label[]): void {
    const written = JSON.stringify(titles);
    if (written === this.titlesWritten) return;
    this.titlesWritten = written;
    const { look } = this.mount;
    const style = { ...TITLE, weight: 500, colour: String(look["lane_text"]), halo: String(look["lane"]) };
    this.titles = titles.map(({ text, lon, lat }) => nameAt(this.plane, text, lon, lat, style));
    if (this.shown) this.labels.draw(this.written(this.shown), this.plane.placing(this.shown), this.shown, pixelRatio(this.root));
  }

  /** Names to write: titles of interventions are long, so they wait until one looks closer. */
  private written(at: Camera): Name[] {
    const isClose = at.zoom >= fitted(this.map.bounds, at.width, at.height).zoom + CLOSER;
    return isClose ? [...this.names, ...this.titles] : this.names;
  }

  private districtNames(): Name[] {
    const style = { sizePx: 13, weight: 600, belowPx: 0, colour: String(this.mount.look["map_place"]), halo: String(this.mount.look["page"]) };
    return this.map.labels.map(({ text, lon, lat, rank = 5 }) => nameAt(this.plane, text, lon, lat, { ...style, rank: Math.min(rank, AFTER_DISTRICTS) / 2 }));
  }

  private placeNames(backdrop: Shapes): Name[] {
    const style = { sizePx: 12, weight: 400, belowPx: 0, colour: String(this.mount.look["map_place"]), halo: String(this.mount.look["page"]) };
    const taken = new Set(this.map.labels.map((label) => label.text));
    return backdrop.features.flatMap(({ geometry, properties: { kind, name, rank } }) => {
      if (kind !== "place" || geometry.type !== "Point" || taken.has(String(name))) return [];
      const [lon = 0, lat = 0] = geometry.coordinates;
      return [nameAt(this.plane, String(name), lon, lat, { ...style, rank: AFTER_DISTRICTS + Number(rank) })];
    });
  }

  private placing(): Placing | null {
    return this.shown && this.plane.placing(this.shown);
  }

  private listen(): void {
    const { root } = this;
    let pressed: PointerEvent | null = null;
    const under = (event: MouseEvent): number | null => {
      const [{ x, y }, at] = [pointIn(this.root, event), this.placing()];
      return at && this.hits.at(x, y, at);
    };
    root.addEventListener("pointerdown", (event) => (pressed = event));
    root.addEventListener("click", (event) => {
      if (this.isButton(event)) return;
      const isStill = pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < STILL_PX;
      const code = isStill ? this.map.areas.code[under(event) ?? -1] : undefined;
      if (code !== undefined) this.hooks.toggle(code, event);
    });
    root.addEventListener("pointermove", (event) => {
      const isOver = !event.buttons && event.pointerType !== "touch" && !this.isButton(event);
      const index = isOver ? under(event) : null;
      this.root.classList.toggle("pointing", index !== null);
      if (index === null || !this.answer) this.hooks.tooltip.hide();
      else this.hooks.tooltip.show(saidOver(index, this.map.areas, this.answer.rows, this.writer, this.map.fewest), event.clientX, event.clientY);
    });
  }

  private isButton(event: Event): boolean {
    return event.target instanceof Element && event.target.closest("button") !== null;
  }

  private buttons(): HTMLElement {
    const word = (key: string): string => this.writer.word(key);
    return el(
      "div",
      { class: "zoom" },
      iconButton("plus", word("zoom_in"), () => this.camera?.zoom(1)),
      iconButton("minus", word("zoom_out"), () => this.camera?.zoom(-1)),
      iconButton("whole", word("whole_map"), () => this.camera?.showWhole()),
    );
  }

  private failed(): void {
    this.finalize();
    this.root.replaceChildren(el("p", { class: "message" }, this.writer.word("no_webgl")));
  }
}
