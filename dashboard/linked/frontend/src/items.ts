/** The things in a chart that can be pointed at, walked through and chosen. */
import { type Said, saidOf } from "./tooltip";
import type { Row } from "./types";
import type { SceneItem, VegaView } from "./vega";

export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Item extends Box {
  key: string;
  datum: Row;
  said: Said;
}

export type Direction = "left" | "right" | "up" | "down";

/** Where the plot begins inside the chart's element, in pixels. */
export function plotOrigin(view: VegaView): [x: number, y: number] {
  const [x = 0, y = 0] = view.origin();
  const padding = view.padding() as { left: number; top: number };
  return [x + padding.left, y + padding.top];
}

/** Every mark with a tooltip, once per row of data, in pixels of the chart's element. */
export function itemsOf(view: VegaView): Item[] {
  const found = new Map<string, Item>();
  const [x, y] = plotOrigin(view);
  const root = (view.scenegraph() as unknown as { root: SceneItem }).root;
  collect(root, x, y, found);
  return [...found.values()];
}

function collect(mark: SceneItem, x: number, y: number, found: Map<string, Item>): void {
  for (const item of mark.items ?? []) {
    if (mark.marktype === "group") {
      for (const child of item.items ?? []) collect(child, x + (item.x ?? 0), y + (item.y ?? 0), found);
      continue;
    }
    const said = item.datum && mark.role === "mark" ? saidOf(item.tooltip) : null;
    if (!said || mark.interactive === false) continue;
    const { x1, y1, x2, y2 } = item.bounds;
    const key = keyOf(item.datum as Row);
    const box = { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y };
    const held = found.get(key);
    // A row may be drawn more than once, as a bar and its words: the first is the shape.
    if (!held) found.set(key, { key, datum: item.datum as Row, said, ...box });
    // But the words of a lane may reach beyond it, and are pressed as it is.
    else if ("lane" in held.datum && held.datum["lane"] !== null) Object.assign(held, around([held, box]));
  }
}

const KEYS = ["code", "weekday", "hour", "part", "source", "from_at", "label", "lane"];

/** What makes a row the same row in the next answer. */
export function keyOf(row: Row): string {
  const written = (value: unknown): string => (value instanceof Date ? String(value.getTime()) : String(value));
  return KEYS.map((name) => (name in row ? written(row[name]) : "")).join("|");
}

export function itemAt(items: readonly Item[], x: number, y: number): Item | undefined {
  return items.find((item) => x >= item.x1 && x <= item.x2 && y >= item.y1 && y <= item.y2);
}

/** The next item in a direction: the nearest whose middle lies that way, those straight ahead first. */
export function nextItem<T extends Box>(items: readonly T[], from: T, direction: Direction): T | undefined {
  const isAcross = direction === "left" || direction === "right";
  const sign = direction === "right" || direction === "down" ? 1 : -1;
  let best: T | undefined;
  let least = Infinity;
  for (const item of items) {
    const dx = (item.x1 + item.x2 - from.x1 - from.x2) / 2;
    const dy = (item.y1 + item.y2 - from.y1 - from.y2) / 2;
    const [ahead, aside] = isAcross ? [sign * dx, Math.abs(dy)] : [sign * dy, Math.abs(dx)];
    const cost = ahead + 4 * aside;
    if (ahead > 0.5 && aside < 4 * ahead && cost < least) [best, least] = [item, cost];
  }
  return best;
}

/** The items of a grid that a drag from one to another covers. */
export function itemsBetween<T extends Box>(items: readonly T[], from: T, to: T): T[] {
  const box = { x1: Math.min(from.x1, to.x1), x2: Math.max(from.x2, to.x2), y1: Math.min(from.y1, to.y1), y2: Math.max(from.y2, to.y2) };
  return items.filter((item) => {
    const [x, y] = [(item.x1 + item.x2) / 2, (item.y1 + item.y2) / 2];
    return x > box.x1 && x < box.x2 && y > box.y1 && y < box.y2;
  });
}

export function around(items: readonly Box[]): Box {
  return {
    x1: Math.min(...items.map((item) => item.x1)),
    y1: Math.min(...items.map((item) => item.y1)),
    x2: Math.max(...items.map((item) => item.x2)),
    y2: Math.max(...items.map((item) => item.y2)),
  };
}
