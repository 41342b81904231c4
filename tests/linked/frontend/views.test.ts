import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOf, gridRows } from "../../../dashboard/linked/frontend/src/charttable";
import { areaColours, hatchColours } from "../../../dashboard/linked/frontend/src/colours";
import { csv, safeCell } from "../../../dashboard/linked/frontend/src/csv";
import { fileStem, writer } from "../../../dashboard/linked/frontend/src/format";
import { saidOver } from "../../../dashboard/linked/frontend/src/hover";
import { itemsBetween, keyOf, nextItem } from "../../../dashboard/linked/frontend/src/items";
import { placed } from "../../../dashboard/linked/frontend/src/labels";
import { Plane, fitted } from "../../../dashboard/linked/frontend/src/plane";
import type { Bounds, MapAnswer } from "../../../dashboard/linked/frontend/src/types";

const SV = writer("sv-SE", { short_weekdays: "m t o t f l s", hover_count: "{count} h", hover_count_one: "1 h", hover_rate: "{rate} ({low}–{high})", hover_intervention: "I: {title}" });

/** 7 rows of 24 cells, 10 pixels each. */
const GRID = Array.from({ length: 168 }, (_, i) => ({ i, x1: (i % 24) * 10, x2: (i % 24) * 10 + 10, y1: Math.floor(i / 24) * 10, y2: Math.floor(i / 24) * 10 + 10 }));
const cell = (i: number): (typeof GRID)[number] => GRID[i] as (typeof GRID)[number];

test("arrows lead to the neighbour, and stop at the edge", () => {
  assert.equal(nextItem(GRID, cell(30), "right")?.i, 31);
  assert.equal(nextItem(GRID, cell(30), "left")?.i, 29);
  assert.equal(nextItem(GRID, cell(30), "up")?.i, 6);
  assert.equal(nextItem(GRID, cell(30), "down")?.i, 54);
  assert.equal(nextItem(GRID, cell(23), "right"), undefined);
  assert.equal(nextItem(GRID, cell(0), "up"), undefined);
});

test("a drag over a grid takes its rectangle, whichever corner it began in", () => {
  const codes = (from: number, to: number): number[] => itemsBetween(GRID, cell(from), cell(to)).map(({ i }) => i);
  assert.deepEqual(codes(25, 50), [25, 26, 49, 50]);
  assert.deepEqual(codes(49, 26), [25, 26, 49, 50]);
  assert.deepEqual(codes(5, 5), [5]);
});

test("codes that read as the same number are different rows", () => {
  assert.notEqual(keyOf({ code: "0101" }), keyOf({ code: "101" }));
  assert.equal(keyOf({ from_at: 5, part: 0, count: 1 }), keyOf({ from_at: 5, part: 0, count: 2 }));
});

test("no cell of a file runs as a formula, and numbers keep their language's comma", () => {
  for (const text of ["=1", "+1", "-1", "@a", "\t=1", "\u200b=1", "\uff1d1", " =1"]) assert.equal(safeCell(text), `'${text}`);
  for (const text of ["a=1", "Haga", "", "1-2", "\u{1f600}"]) assert.equal(safeCell(text), text);
  assert.equal(safeCell("\u0000=1\ud800"), "'=1");
  assert.equal(csv(["Område", "Antal"], [["=x;y", 1.5], ["b", null]], "sv-SE"), "\ufeffOmråde;Antal\r\n\"'=x;y\";1,5\r\nb;\r\n");
  assert.equal(csv(["Area", "Rate"], [["b", 1.5]], "en-GB"), "\ufeffArea,Rate\r\nb,1.5\r\n");
});

test("hours of the week become a table of 24 rows and 7 days", () => {
  const rows = gridRows([{ weekday: 4, hour: 23, weight: 1234.56 }], SV);
  assert.equal(rows.length, 24);
  assert.equal(rows[23]?.cells[0]?.text, "23–00");
  assert.deepEqual(rows[23]?.cells[5], { text: "1\u00a0234,6", isNumber: true, value: 1234.6 });
  assert.equal(rows[0]?.cells.length, 8);
});

test("districts step back while others are selected, and missing values are hatched", () => {
  const answer = { digits: "0120", fills: [[1, 0, 0, 9], [2, 0, 0, 9], [3, 0, 0, 9]], back: [[1, 0, 0, 1], [2, 0, 0, 1], [3, 0, 0, 1]], hatched: [2], ink: [7, 7, 7, 255], selected: [] } as unknown as MapAnswer;
  assert.deepEqual(areaColours(answer).map(([r, , , a]) => [r, a]), [[1, 9], [2, 9], [3, 9], [1, 9]]);
  assert.deepEqual(areaColours({ ...answer, selected: [1] }).map(([, , , a]) => a), [1, 9, 1, 1]);
  assert.deepEqual(hatchColours(answer).map(([, , , a]) => a), [0, 0, 255, 0]);
});

test("names never meet, the most important are kept, and none stands outside", () => {
  const style = { sizePx: 13, weight: 600, belowPx: 0, colour: "", halo: "" };
  const names = Array.from({ length: 200 }, (_, i) => ({ ...style, text: `${i}`, x: (i * 73) % 640, y: (i * 37) % 420, rank: (i * 7) % 200 }));
  const kept = placed(names, { scale: 1, x: -20, y: -10 }, { width: 600, height: 400 }, () => 60);
  const isApart = (a: (typeof kept)[number], b: (typeof kept)[number]): boolean => Math.abs(a.left - b.left) > 60 || Math.abs(a.top - b.top) > 13;
  assert.ok(kept.length > 20);
  assert.ok(kept.every((a, i) => kept.slice(i + 1).every((b) => isApart(a, b))));
  assert.ok(kept.every(({ left, top }) => left + 30 >= 0 && left + 30 <= 600 && top + 6.5 >= 0 && top + 6.5 <= 400));
  const inside = names.filter(({ x, y }) => x >= 20 && x <= 620 && y >= 10 && y <= 410);
  assert.equal(kept[0]?.rank, Math.min(...inside.map(({ rank }) => rank)));
});

test("the whole map holds its bounds, with a small margin", () => {
  const bounds: Bounds = [16.51, 57.55, 16.83, 57.69];
  const plane = new Plane(bounds);
  for (const [width, height] of [[900, 440], [350, 380], [300, 900]] as const) {
    const at = plane.placing(fitted(bounds, width, height));
    const [left, right] = [bounds[0], bounds[2]].map((lon) => plane.x(lon) * at.scale + at.x) as [number, number];
    const [bottom, top] = [bounds[1], bounds[3]].map((lat) => plane.y(lat) * at.scale + at.y) as [number, number];
    assert.ok(left > 0 && right < width && top > 0 && bottom < height);
    assert.ok(Math.max((right - left) / width, (bottom - top) / height) > 0.93);
    assert.ok(Math.abs(left + right - width) < 1e-6 && Math.abs(top + bottom - height) < 1e-6);
  }
});

test("what is said over a district follows what is known of it", () => {
  const areas = { code: ["a", "b"], name: ["A", "B"] };
  const rows = { count: [1.2, 20], before: null, rate: [1.26, null], low: [0.1, null], high: [5, null], running: { 1: ["Ljus"] } };
  assert.deepEqual(saidOver(0, areas, rows, SV), { title: "A", lines: [["", "1 h"], ["", "1,3 (0,1–5,0)"]] });
  assert.deepEqual(saidOver(1, areas, rows, SV).lines.map(([, line]) => line), ["20 h", "hover_no_population", "I: Ljus"]);
});

test("a count that is too small to be told is said in words, and not as none", () => {
  const areas = { code: ["a", "b"], name: ["A", "B"] };
  const words = writer("sv-SE", { hover_few: "Färre än {count} h", hover_count: "{count} h", hover_before: "Förut {count}", hover_no_population: "?" });
  const rows = { count: [null, 20], before: [null, null], rate: [null, null], count_words: ["<5", null], before_words: ["<5", "<5"] };
  assert.deepEqual(saidOver(0, areas, rows, words, 5).lines.map(([, line]) => line), ["Färre än 5 h", "Förut <5"]);
  assert.deepEqual(saidOver(1, areas, rows, words, 5).lines.map(([, line]) => line), ["20 h", "Förut <5", "?"]);
  const weight = { field: "weight", header: "", decimals: 1, instead: "weight_words" };
  const grid = gridRows([{ weekday: 0, hour: 0, weight: null, weight_words: "<5" }, { weekday: 1, hour: 0, weight: 0, weight_words: null }], SV, weight);
  assert.deepEqual(grid[0]?.cells.slice(1, 4).map(({ text, value }) => [text, value]), [["<5", "<5"], ["0,0", 0], ["–", null]]);
  const count = { field: "count", header: "", decimals: 0, instead: "count_words" };
  assert.deepEqual(cellOf({ count: null, count_words: "≥ 40" }, count, SV), { text: "≥ 40", isNumber: true, value: "≥ 40" });
  assert.deepEqual(cellOf({ count: null, count_words: null }, count, SV), { text: "–", isNumber: true, value: null });
  assert.deepEqual(cellOf({ count: 7, count_words: null }, count, SV), { text: "7", isNumber: true, value: 7 });
});

test("a title makes a file name that every system takes", () => {
  assert.equal(fileStem("Var händer det? (Område/Å)"), "var-hander-det-omrade-a");
  assert.equal(fileStem("???"), "samsyn");
});
