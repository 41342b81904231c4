/** The town under and over the figures, painted on plain canvases: only pan and zoom paint it again, no click does. */
import type { Layer } from "@deck.gl/core";
import type { Placing, Plane } from "./plane";
import { type Drawn, type Shape, type Shapes, drawnOf, isArea } from "./shapes";

interface Painted extends Drawn {
  colour: string;
  widthPx: number;
}

type Colour = number[];
type Of<T> = T | ((shape: Shape) => T);
interface Style {
  getFillColor?: Of<Colour>;
  getLineColor?: Of<Colour>;
  getLineWidth?: Of<number>;
}

const asked = <T>(of: Of<T> | undefined, shape: Shape): T | undefined => (typeof of === "function" ? (of as (shape: Shape) => T)(shape) : of);

export const cssColour = ([r = 0, g = 0, b = 0, a = 255]: Colour): string => `rgba(${r}, ${g}, ${b}, ${a / 255})`;

/** Colour and paths of a layer that deck.gl's JSON describes; neighbours of one colour become one path where they are lines. */
export function paintedOf(layer: Layer, shapes: Shapes, plane: Plane, kind: "areas" | "lines"): Painted[] {
  const style = layer.props as Style;
  const painted: Painted[] = [];
  let run: { colour: string; widthPx: number; shapes: Shape[] } | null = null;
  const close = (): void => {
    if (run) painted.push({ ...drawnOf(run.shapes.map((shape) => shape.geometry), plane), colour: run.colour, widthPx: run.widthPx });
    run = null;
  };
  for (const shape of shapes.features) {
    if (isArea(shape.geometry) !== (kind === "areas") || shape.geometry.type.endsWith("Point")) continue;
    const colour = asked(kind === "areas" ? style.getFillColor : style.getLineColor, shape) ?? [0, 0, 0, 0];
    if (colour[3] === 0) continue;
    const widthPx = kind === "areas" ? 0 : (asked(style.getLineWidth, shape) ?? 1);
    const css = cssColour(colour);
    if (!run || kind === "areas" || run.colour !== css || run.widthPx !== widthPx) {
      close();
      run = { colour: css, widthPx, shapes: [] };
    }
    run.shapes.push(shape);
  }
  close();
  return painted;
}

/** Size a canvas to its box; true when it had to change. */
export function sized(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
}

export function paint(canvas: HTMLCanvasElement, painted: readonly Painted[], at: Placing, ratio: number, sheet?: string): void {
  const ink = canvas.getContext("2d");
  if (!ink) return;
  ink.setTransform(1, 0, 0, 1, 0, 0);
  if (sheet) Object.assign(ink, { fillStyle: sheet }).fillRect(0, 0, canvas.width, canvas.height);
  else ink.clearRect(0, 0, canvas.width, canvas.height);
  const scale = at.scale * ratio;
  ink.setTransform(scale, 0, 0, scale, at.x * ratio, at.y * ratio);
  Object.assign(ink, { lineJoin: "round", lineCap: "round" });
  const [left, top] = [-at.x / at.scale, -at.y / at.scale];
  const [right, bottom] = [left + canvas.width / scale, top + canvas.height / scale];
  for (const one of painted) {
    if (one.x2 < left || one.x1 > right || one.y2 < top || one.y1 > bottom) continue;
    if (one.widthPx) {
      ink.strokeStyle = one.colour;
      ink.lineWidth = one.widthPx / at.scale;
      ink.stroke(one.path);
    } else {
      ink.fillStyle = one.colour;
      ink.fill(one.path, "evenodd");
    }
  }
}

export type { Painted };
