/** deck.gl in an element: its camera, its frames, and nothing about what is drawn. */
import { Deck, type Layer, MapView } from "@deck.gl/core";
import { enlarged } from "./enlarged";
import { type Camera, fitted } from "./plane";
import type { Bounds } from "./types";

const MOST_RATIO = 2;
const ZOOM_MS = 220;
const PATIENCE_MS = 2000;
const MOST_ZOOM = 18;
/** How far out from the whole map one can go. */
const OUTWARDS = 2;

/** Pixels of the screen for one of an element's own. */
export const pixelRatio = (element: Element): number => Math.min(devicePixelRatio * enlarged(element), MOST_RATIO);

export function hasWebGl(): boolean {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
}

export class DeckCamera {
  private readonly deck: Deck<MapView[]>;
  private moved: Camera | null = null;
  private isTouched = false;
  private drawn: (() => void) | null = null;

  constructor(
    private readonly parent: HTMLElement,
    private readonly bounds: Bounds,
    camera: Camera | null,
    label: string,
    onFrame: (camera: Camera) => void,
    onFailed: () => void,
  ) {
    this.moved = camera;
    this.isTouched = camera !== null;
    this.deck = new Deck({
      parent: parent as HTMLDivElement,
      views: [new MapView({ id: "map", controller: { dragRotate: false, touchRotate: false, doubleClickZoom: false, keyboard: true } })],
      initialViewState: { map: this.viewState(this.moved ?? this.whole) } as never,
      layers: [],
      useDevicePixels: pixelRatio(parent),
      // Upright strokes scroll the page on a phone; sideways and with two fingers the map moves.
      touchAction: "pan-y",
      getCursor: ({ isDragging }) => (isDragging ? "grabbing" : "inherit"),
      onViewStateChange: ({ viewState, interactionState }) => {
        if (Object.values(interactionState).some(Boolean)) this.isTouched = true;
        const { longitude, latitude, zoom } = viewState as unknown as Camera;
        this.moved = { ...this.size, longitude, latitude, zoom };
      },
      onAfterRender: () => {
        const [viewport] = this.deck.getViewports();
        if (viewport) onFrame(viewport as unknown as Camera);
        this.drawn?.();
        this.drawn = null;
      },
      onLoad: () => {
        this.canvas?.setAttribute("aria-label", label);
        this.canvas?.setAttribute("role", "application");
      },
      onResize: () => {
        if (!this.isTouched) this.show(this.whole);
      },
      onError: (problem, layer) => (layer ? console.error(problem) : onFailed()),
    });
  }

  /** Where the camera is; null while nobody has moved it. */
  get kept(): Camera | null {
    return this.isTouched ? this.moved : null;
  }

  get canvas(): HTMLCanvasElement | null {
    return this.deck.getCanvas();
  }

  /** Give it other layers, which deck.gl takes up in its next frame; resolves once that is drawn. */
  draw(layers: Layer[]): Promise<void> {
    this.deck.setProps({ layers });
    return new Promise((resolve) => {
      this.drawn = resolve;
      // Layers that look as they did need no frame of their own.
      requestAnimationFrame(() => requestAnimationFrame(() => this.drawn === resolve && this.deck.redraw("answer")));
      setTimeout(resolve, PATIENCE_MS);
    });
  }

  zoom(steps: number): void {
    const from = this.moved ?? this.whole;
    this.isTouched = true;
    this.show({ ...from, zoom: Math.min(Math.max(from.zoom + steps, this.least), MOST_ZOOM) }, ZOOM_MS);
  }

  showWhole(): void {
    this.isTouched = false;
    this.show(this.whole, ZOOM_MS);
  }

  redraw(): void {
    this.deck.redraw("asked");
  }

  finalize(): void {
    this.deck.finalize();
  }

  private get size(): { width: number; height: number } {
    return { width: this.parent.clientWidth, height: this.parent.clientHeight };
  }

  private get whole(): Camera {
    const { width, height } = this.size;
    return fitted(this.bounds, width || 1, height || 1);
  }

  private get least(): number {
    return Math.max(this.whole.zoom - OUTWARDS, 0);
  }

  private viewState(camera: Camera, transitionDuration = 0): object {
    const { longitude, latitude, zoom } = camera;
    return { longitude, latitude, zoom, pitch: 0, bearing: 0, minZoom: this.least, maxZoom: MOST_ZOOM, transitionDuration };
  }

  private show(camera: Camera, ms = 0): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.moved = camera;
    this.deck.setProps({ initialViewState: { map: this.viewState(camera, calm ? 0 : ms) } as never });
  }
}
