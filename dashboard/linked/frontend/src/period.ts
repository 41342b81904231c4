/** Days and ISO weeks, all counted in UTC so that no clock of a reader's moves them. */
import type { Period } from "./query";

export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

export const instant = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Days since the last Monday: 0 on Monday, 6 on Sunday. */
const sinceMonday = (at: number): number => (new Date(at).getUTCDay() + 6) % 7;

/** Midnight of the Monday at or before an instant. */
export function monday(at: number): number {
  const midnight = Math.floor(at / DAY_MS) * DAY_MS;
  return midnight - sinceMonday(midnight) * DAY_MS;
}

/** Whole weeks that a drag covers by at least half; one week always is. */
export function draggedWeeks(from: number, to: number): Period {
  const [low, high] = from < to ? [from, to] : [to, from];
  let first = monday(low + WEEK_MS / 2);
  let last = monday(high - WEEK_MS / 2);
  if (last < first) first = last = monday((low + high) / 2);
  return { first: day(first), last: day(last + WEEK_MS - DAY_MS) };
}

/** `days` days that end with the last Sunday of what is known, cut to what is known; null: all of it. */
export function presetPeriod(days: number | null, known: Period): Period {
  const [first, last] = [instant(known.first), instant(known.last)];
  if (days === null) return { ...known };
  const sunday = last - ((sinceMonday(last) + 1) % 7) * DAY_MS;
  const end = sunday >= first ? sunday : last;
  return { first: day(Math.max(first, end - (days - 1) * DAY_MS)), last: day(end) };
}
