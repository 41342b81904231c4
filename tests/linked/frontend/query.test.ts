import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { presetPeriod } from "../../../dashboard/linked/frontend/src/period";
import {
  EVERYTHING, byCodePoint, cleared, readHours, readQuery, removed, toggled, viewsAddress, withAreaSet, withPeriod, without, writeHours, writeQuery,
} from "../../../dashboard/linked/frontend/src/query";
import type { Query } from "../../../dashboard/linked/frontend/src/types";

interface Cases {
  queries: Query[];
  presets: { known: { first: string; last: string }; days: number | null; period: { first: string; last: string } }[];
}

/** What Python itself wrote and answered, put beside the tests by whoever runs them. */
const CASES = JSON.parse(readFileSync(process.env["SAMSYN_CASES"] ?? "", "utf-8")) as Cases;

test("a query reads and writes as Python writes it", () => {
  assert.ok(CASES.queries.length > 100);
  for (const query of CASES.queries) assert.deepEqual(writeQuery(readQuery(query)), query);
});

test("a preset means the days it means in Python", () => {
  assert.ok(CASES.presets.length > 100);
  for (const { known, days, period } of CASES.presets) assert.deepEqual(presetPeriod(days, known), period);
});

test("hours become runs and come back", () => {
  assert.equal(writeHours([114, 112, 113, 118]), "112-114.118");
  assert.deepEqual(readHours("112-114.118"), [112, 113, 114, 118]);
  assert.deepEqual(readHours("167-169.x.5-3"), [167]);
});

test("a value pressed twice is gone again, and codes may hold the signs between them", () => {
  const once = toggled(toggled(EVERYTHING, "areas", "a~b"), "areas", "50%");
  assert.deepEqual(writeQuery(once), { areas: "50%25~a%7Eb" });
  assert.deepEqual(writeQuery(toggled(toggled(once, "areas", "50%"), "areas", "a~b")), {});
  assert.deepEqual(toggled(toggled(EVERYTHING, "hours", 5), "hours", 5).hours, []);
  assert.deepEqual(writeQuery(removed(removed(once, "areas", "50%"), "areas", "50%")), { areas: "a%7Eb" });
});

test("a facet opens by itself, all open together but for the period and the set of districts", () => {
  const full = withAreaSet(withPeriod(readQuery({ categories: "a", hours: "1", kinds: "crime" }), { first: "2025-01-06", last: "2025-01-12" }), "3");
  assert.deepEqual(Object.keys(writeQuery(without(full, "hours"))), ["period", "categories", "kinds", "area_set"]);
  assert.deepEqual(Object.keys(writeQuery(without(full, "categories"))), ["period", "kinds", "hours", "area_set"]);
  assert.deepEqual(writeQuery(cleared(full)), { period: "2025-01-06..2025-01-12", area_set: "3" });
  assert.equal(without(full, "period").period, null);
});

test("another set of districts lets go of the districts that were chosen", () => {
  assert.deepEqual(writeQuery(withAreaSet(readQuery({ areas: "0101", kinds: "crime" }), "4")), { kinds: "crime", area_set: "4" });
});

test("codes are sorted by code point, which two-part signs are not by themselves", () => {
  assert.deepEqual(["\u{1F600}", "\uFF21", "b", "a", "ab"].sort(byCodePoint), ["a", "ab", "b", "\uFF21", "\u{1F600}"]);
});

test("an address holds the question and what it is asked in", () => {
  const address = viewsAddress("https://town.example/samsyn/linked/views", readQuery({ areas: "a~b c" }), { layer: "heat" });
  assert.equal(address, "https://town.example/samsyn/linked/views?areas=a%7Eb+c&layer=heat");
});
