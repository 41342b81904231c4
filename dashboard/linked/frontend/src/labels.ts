/** Names on the map, with a halo so that they read on any fill; where they meet, the more important one is written. */
import { el } from "./dom";
import type { Placing, Plane } from "./plane";

export interface Name {
  text: string;
  x: number;
  y: number;
  /** 1 is written first. */
  rank: number;
  sizePx: number;
  weight: number;
  belowPx: number;
  colour: string;
  halo: string;
}

export interface Placed extends Name {
  left: number;
  top: number;
  width: number;
}

const MARGIN_PX = 3;
const FONT = '"Source Sans", Inter, "Segoe UI", Roboto, Arial, sans-serif';
const LONGEST = 34;

export const fontOf = (name: Pick<Name, "weight" | "sizePx">): string => `${name.weight} ${name.sizePx}px ${FONT}`;

export function nameAt(plane: Plane, text: string, lon: number, lat: number, rest: Omit<Name, "text" | "x" | "y">): Name {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}\u2026` : text;
  return { text: short, x: plane.x(lon), y: plane.y(lat), ...rest };
}

/** Names that have room, the most important first. */
export function placed(names: readonly Name[], at: Placing, size: { width: number; height: number }, widthOf: (name: Name) => number): Placed[] {
  const kept: Placed[] = [];
  for (const name of [...names].sort((a, b) => a.rank - b.rank)) {
    const [x, y] = [name.x * at.scale + at.x, name.y * at.scale + at.y + name.belowPx];
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const width = widthOf(name);
    const one = { ...name, left: x - width / 2, top: y - name.sizePx / 2, width };
    if (!kept.some((other) => meet(one, other))) kept.push(one);
  }
  return kept;
}

function meet(a: Placed, b: Placed): boolean {
  const apart =
    a.left > b.left + b.width + MARGIN_PX ||
    b.left > a.left + a.width + MARGIN_PX ||
    a.top > b.top + b.sizePx + MARGIN_PX ||
    b.top > a.top + a.sizePx + MARGIN_PX;
  return !apart;
}

export class Labels {
  readonly canvas = el("canvas", { class: "names" });
  private readonly widths = new Map<string, number>();

  draw(names: readonly Name[], at: Placing, size: { width: number; height: number }, ratio: number): void {
    const ink = this.canvas.getContext("2d");
    if (!ink) return;
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    ink.clearRect(0, 0, size.width, size.height);
    Object.assign(ink, { textAlign: "left", textBaseline: "middle", lineJoin: "round", lineWidth: 4 });
    for (const one of placed(names, at, size, (name) => this.widthOf(ink, name))) {
      ink.font = fontOf(one);
      const y = one.top + one.sizePx / 2;
      ink.strokeStyle = one.halo;
      ink.strokeText(one.text, one.left, y);
      ink.fillStyle = one.colour;
      ink.fillText(one.text, one.left, y);
    }
  }

  private widthOf(ink: CanvasRenderingContext2D, name: Name): number {
    const font = fontOf(name);
    const key = font + name.text;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    ink.font = font;
    const width = ink.measureText(name.text).width;
    this.widths.set(key, width);
    return width;
  }
}
