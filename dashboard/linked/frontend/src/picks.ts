/** From what is pressed in a chart to a change of the selection. */
import type { Chart } from "./chart";
import { type Point, dragOver } from "./drag";
import { pointIn } from "./enlarged";
import { type Item, around, itemAt, itemsBetween } from "./items";
import { DAY_MS, WEEK_MS, draggedWeeks, instant } from "./period";
import { type Selection, readQuery, toggled, withHours, withIntervention, withPeriod } from "./query";
import type { ChartMount, Facet, Row } from "./types";

export type Change = (change: (selection: Selection) => Selection, event: Event) => void;

const HOURS_A_DAY = 24;
const WEEK_PART = 0;
const hourOf = (row: Row): number => Number(row["weekday"]) * HOURS_A_DAY + Number(row["hour"]);
const isWeek = (row: Row): boolean => (row["part"] ?? WEEK_PART) === WEEK_PART;

/** The value that a row stands for in its facet; null where it cannot be chosen. */
export function valueOf(mount: ChartMount, row: Row): string | number | null {
  if (mount.pick === "hours") return hourOf(row);
  if (mount.pick === "code" && row["code"] !== "") return (row["code"] as string | undefined) ?? null;
  return null;
}

/** What the lane of an intervention asks for; null where the row is no lane. */
export function laneOf(row: Row): Selection | null {
  const query = row["query"];
  return typeof query === "string" ? readQuery(Object.fromEntries(new URLSearchParams(query))) : null;
}

/** A row that was pressed. */
export function picked(mount: ChartMount, row: Row, event: Event, change: Change): void {
  const lane = laneOf(row);
  if (lane) {
    change((selection) => withIntervention(selection, lane), event);
    return;
  }
  const value = valueOf(mount, row);
  if (value !== null) change((selection) => toggled(selection, mount.facet as Facet, value), event);
}

/** Items that were chosen with the keyboard: weeks as a period, others as if pressed. */
export function chosen(mount: ChartMount, items: Item[], event: Event, change: Change): void {
  const weeks = items.filter((item) => isWeek(item.datum)).map((item) => Number(item.datum["from_at"]));
  if (mount.pick === "weeks" && weeks.length) {
    const ends: [number, number] = [Math.min(...weeks), Math.max(...weeks) + WEEK_MS];
    change((selection) => withPeriod(selection, draggedWeeks(...ends)), event);
  } else if (items[0]) {
    picked(mount, items[0].datum, event, change);
  }
}

export function dragPicks(chart: Chart, change: Change): void {
  if (chart.mount.pick === "hours") dragHours(chart, change);
  if (chart.mount.pick === "weeks") dragWeeks(chart, change);
}

function dragHours(chart: Chart, change: Change): void {
  const cells = (from: Point, to: Point): Item[] => {
    const grid = around(chart.items);
    const held = (at: Point): Item | undefined =>
      itemAt(chart.items, Math.min(Math.max(at.x, grid.x1 + 1), grid.x2 - 1), Math.min(Math.max(at.y, grid.y1 + 1), grid.y2 - 1));
    const [first, last] = [held(from), held(to)];
    return first && last ? itemsBetween(chart.items, first, last) : [];
  };
  dragOver(chart.surface, {
    from: (at) => itemAt(chart.items, at.x, at.y) !== undefined,
    over: (from, to) => chart.dragBox(around(cells(from, to))),
    done(from, to, event) {
      const hours = cells(from, to).map((item) => hourOf(item.datum));
      const [only] = hours;
      // A press that trembles inside one cell is still a press.
      if (hours.length === 1 && only !== undefined) change((selection) => toggled(selection, "hours", only), event);
      else if (hours.length) change((selection) => withHours(selection, hours), event);
    },
    left: () => chart.dragBox(null),
  });
}

function dragWeeks(chart: Chart, change: Change): void {
  const weeks = (): Item[] => chart.items.filter((item) => isWeek(item.datum));
  const period = (from: Point, to: Point): ReturnType<typeof draggedWeeks> => {
    const known = around(weeks());
    const held = (x: number): number => chart.instantAt(Math.min(Math.max(x, known.x1 + 1), known.x2 - 1));
    return draggedWeeks(held(from.x), held(to.x));
  };
  dragOver(chart.surface, {
    from: (at) => itemAt(weeks(), at.x, at.y) !== undefined,
    over(from, to) {
      const { first, last } = period(from, to);
      const [start, end] = [instant(first), instant(last) + DAY_MS];
      const { y1, y2 } = around(weeks());
      const named = (at: number): string => weeks().find((item) => Number(item.datum["from_at"]) === at)?.said.title ?? "";
      const words = [...new Set([named(start), named(end - WEEK_MS)])].filter(Boolean).join(" \u2013 ");
      chart.dragBox({ x1: chart.pixelAt(start), x2: chart.pixelAt(end), y1, y2 }, words);
    },
    done: (from, to, event) => change((selection) => withPeriod(selection, period(from, to)), event),
    left: () => chart.dragBox(null),
  });
  chart.surface.addEventListener("dblclick", (event) => {
    const { x, y } = pointIn(chart.surface, event);
    if (itemAt(weeks(), x, y)) change((selection) => withPeriod(selection, null), event);
  });
}
