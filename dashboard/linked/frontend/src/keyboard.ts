/** Walking through a chart with the keyboard; what is reached is marked and said. */
import type { Chart } from "./chart";
import { type Direction, type Item, around, nextItem } from "./items";
import { spoken } from "./tooltip";

const DIRECTIONS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

export interface Walk {
  /** Mark the same item again after the rows were exchanged. */
  renew(): void;
}

export interface Walked {
  choose(items: Item[], event: KeyboardEvent): void;
  say(words: string): void;
  /** Words after an item that is part of the selection. */
  state(item: Item): string;
  hint: string;
}

export function walkThrough(chart: Chart, walked: Walked): Walk {
  let current: Item | undefined;
  let anchor: Item | undefined;
  const taken = (): Item[] => (current ? (anchor ? span(chart.items, anchor, current) : [current]) : []);
  const show = (): void => chart.focusOn(current ? around(taken()) : null);
  const reach = (item: Item | undefined, isExtending: boolean): void => {
    if (!item) return;
    anchor = isExtending && chart.mount.pick === "weeks" ? (anchor ?? current) : undefined;
    current = item;
    show();
    const first = anchor ? `${anchor.said.title} \u2013 ` : "";
    walked.say([first + spoken(item.said), walked.state(item)].filter(Boolean).join(", "));
  };
  chart.surface.addEventListener("focus", () => {
    if (!chart.surface.matches(":focus-visible")) return;
    walked.say(`${chart.mount.title}. ${walked.hint}`);
    current ??= chart.items[0];
    show();
  });
  chart.surface.addEventListener("blur", () => chart.focusOn(null));
  chart.surface.addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    if (direction) reach(current ? nextItem(chart.items, current, direction) : chart.items[0], event.shiftKey);
    else if (event.key === "Home") reach(chart.items[0], event.shiftKey);
    else if (event.key === "End") reach(chart.items.at(-1), event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") walked.choose(taken(), event);
    else if (event.key === "Escape") chart.surface.blur();
    else return;
    event.preventDefault();
  });
  return {
    renew() {
      const find = (held: Item | undefined): Item | undefined => held && chart.items.find((item) => item.key === held.key);
      current = find(current);
      anchor = find(anchor);
      if (chart.surface.matches(":focus-visible")) show();
    },
  };
}

function span(items: readonly Item[], from: Item, to: Item): Item[] {
  const ends = [items.indexOf(from), items.indexOf(to)].sort((a, b) => a - b);
  return items.slice(ends[0], (ends[1] ?? 0) + 1).filter((item) => item.datum["part"] === from.datum["part"]);
}
