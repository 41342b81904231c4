/** The parts of Vega that compiled Vega-Lite charts need: no maps, no networks, no generated code. */
import type { Runtime, Spec, View as VegaView } from "vega-typings";
import { transforms } from "vega-dataflow";
import * as encoders from "vega-encode";
import { parse } from "vega-parser";
import * as dataTransforms from "vega-transforms";
import { extend } from "vega-util";
import { View } from "vega-view";
import * as viewTransforms from "vega-view-transforms";
import { closures } from "./expressions";

extend(transforms, dataTransforms, viewTransforms, encoders);

export type { VegaView };

export interface SceneItem {
  bounds: { x1: number; y1: number; x2: number; y2: number };
  datum?: Record<string, unknown>;
  tooltip?: unknown;
  x?: number;
  y?: number;
  items?: SceneItem[];
  interactive?: boolean;
  marktype?: string;
  role?: string;
  opacity?: number;
}

type TooltipHandler = (handler: unknown, event: MouseEvent, item: SceneItem, value: unknown) => void;

/** A living chart in a container, evaluated by closures: no `unsafe-eval` is asked for. */
export function viewOf(spec: Spec, container: HTMLElement, renderer: "svg" | "canvas", tooltip: TooltipHandler): VegaView {
  const runtime = parse(spec, undefined, { ast: true }) as Runtime;
  return new View(runtime, { container, expr: closures, renderer, tooltip, hover: false } as never) as VegaView;
}
