import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, WEEK_MS, day, draggedWeeks, instant, monday } from "../../../dashboard/linked/frontend/src/period";

const MONDAY = instant("2025-01-06");

/** The rule as it is told: every week of which the drag covers half; if there is none, the one under its middle. */
function slowly(from: number, to: number): { first: string; last: string } {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const covered = Array.from({ length: 40 }, (_, i) => MONDAY + (i - 10) * WEEK_MS).filter(
    (week) => Math.min(high, week + WEEK_MS) - Math.max(low, week) > WEEK_MS / 2,
  );
  const only = monday((low + high) / 2);
  return { first: day(covered[0] ?? only), last: day((covered.at(-1) ?? only) + 6 * DAY_MS) };
}

test("a drag takes the weeks it covers by half, and always one", () => {
  for (let i = 0; i < 500; i++) {
    // Never exactly half a week: there both readings of "half" are right.
    const [from, to] = [MONDAY + ((i * 37) % 1900) * 3_600_017 + 1, MONDAY + ((i * 101) % 1900) * 3_600_017 + 2];
    assert.deepEqual(draggedWeeks(from, to), slowly(from, to), `${from} to ${to}`);
  }
});

test("a drag within one week takes that week", () => {
  assert.deepEqual(draggedWeeks(MONDAY + 2 * DAY_MS, MONDAY + 2 * DAY_MS + 1), { first: "2025-01-06", last: "2025-01-12" });
});

test("the direction of a drag does not matter", () => {
  assert.deepEqual(draggedWeeks(MONDAY + 30 * DAY_MS, MONDAY), draggedWeeks(MONDAY, MONDAY + 30 * DAY_MS));
});

test("every day belongs to the Monday at or before it, across years, leap days and the summer's clock", () => {
  for (let at = instant("2023-12-20"); at < instant("2024-04-10"); at += DAY_MS) {
    const start = monday(at + 12_345_678);
    assert.equal(new Date(start).getUTCDay(), 1);
    assert.ok(start <= at && at < start + WEEK_MS);
  }
});
