import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf } from "../../../dashboard/linked/frontend/src/items";
import { type Change, chosen, laneOf, picked } from "../../../dashboard/linked/frontend/src/picks";
import { EVERYTHING, type Selection, toggled, withIntervention, withPeriod, writeQuery } from "../../../dashboard/linked/frontend/src/query";
import type { ChartMount, Row } from "../../../dashboard/linked/frontend/src/types";
import type { Item } from "../../../dashboard/linked/frontend/src/items";

const WEEKS = { pick: "weeks", facet: "period" } as ChartMount;
const QUERY = { period: "2025-02-24..2026-09-20", areas: "0501~50 %25~a%7Eb", categories: "graffiti~noise" };
const LANE: Row = { part: 1, from_at: 5, label: "Klotter", lane: 0, query: new URLSearchParams(QUERY).toString() };
const WEEK: Row = { part: 0, from_at: Date.parse("2025-03-03"), label: null, lane: null, query: null };
const PRESS = {} as Event;

function after(selection: Selection, press: (change: Change) => void): Selection {
  let now = selection;
  press((change) => (now = change(now)));
  return now;
}

test("a lane asks for what Python wrote, whatever signs are in the codes", () => {
  const asked = laneOf(LANE);
  assert.ok(asked);
  assert.deepEqual(writeQuery(asked), QUERY);
  assert.deepEqual(asked.codes["areas"], ["0501", "50 %", "a~b"]);
  assert.equal(laneOf(WEEK), null);
  assert.equal(laneOf({ part: 1, query: null }), null);
});

test("a press on a lane is one change, and a second takes the three filters away and leaves the others", () => {
  const before = toggled(toggled(withPeriod(EVERYTHING, { first: "2024-01-01", last: "2024-02-04" }), "areas", "0101"), "sources", "Polisen");
  const once = after(before, (change) => picked(WEEKS, LANE, PRESS, change));
  assert.deepEqual(writeQuery(once), { ...QUERY, sources: "Polisen" });
  const twice = after(once, (change) => picked(WEEKS, LANE, PRESS, change));
  assert.deepEqual(writeQuery(twice), { sources: "Polisen" });
});

test("a lane of which something else is chosen is chosen whole", () => {
  const asked = laneOf(LANE) as Selection;
  const other = toggled(withIntervention(EVERYTHING, asked), "areas", "0501");
  assert.deepEqual(writeQuery(withIntervention(other, asked)), QUERY);
});

test("the keyboard chooses a lane as a press does, and weeks as a period", () => {
  const items = (row: Row): Item[] => [{ datum: row } as Item];
  assert.deepEqual(writeQuery(after(EVERYTHING, (change) => chosen(WEEKS, items(LANE), PRESS, change))), QUERY);
  assert.deepEqual(writeQuery(after(EVERYTHING, (change) => chosen(WEEKS, items(WEEK), PRESS, change))), { period: "2025-03-03..2025-03-09" });
});

test("two lanes with one title and one first day are two", () => {
  assert.notEqual(keyOf(LANE), keyOf({ ...LANE, lane: 1 }));
});
