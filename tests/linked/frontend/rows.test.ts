import assert from "node:assert/strict";
import { test } from "node:test";
import { transforms } from "vega-dataflow";
import * as encoders from "vega-encode";
import { parse } from "vega-parser";
import * as dataTransforms from "vega-transforms";
import type { Runtime, Spec } from "vega-typings";
import { extend } from "vega-util";
import { View } from "vega-view";
import * as viewTransforms from "vega-view-transforms";
import { rowsOf } from "../../../dashboard/linked/frontend/src/columns";
import { closures } from "../../../dashboard/linked/frontend/src/expressions";
import { Rows, withNames } from "../../../dashboard/linked/frontend/src/rows";
import type { Row } from "../../../dashboard/linked/frontend/src/types";

extend(transforms, dataTransforms, viewTransforms, encoders);

/** Bars by name with a row that is only written, as the page's bars are. */
const SPEC = {
  width: 200,
  height: 100,
  data: [{ name: "rows" }, { name: "named", source: "rows", transform: [{ type: "filter", expr: "datum.code !== ''" }] }],
  scales: [
    { name: "x", type: "linear", domain: { data: "named", field: "count" }, range: "width", zero: true },
    { name: "y", type: "band", domain: { fields: [{ data: "named", field: "name" }, { data: "rows", field: "name" }] }, range: "height" },
    { name: "sorted", type: "band", domain: { data: "rows", field: "code", sort: true }, range: "height" },
  ],
  marks: [
    {
      type: "rect",
      from: { data: "named" },
      encode: { update: { y: { scale: "y", field: "name" }, x: { value: 0 }, x2: { scale: "x", field: "count" }, height: { value: 5 } } },
    },
  ],
} as unknown as Spec;

interface Living {
  view: View;
  rows: Rows;
}

function living(): Living {
  const { spec, names } = withNames(SPEC);
  const view = new View(parse(spec, undefined, { ast: true }) as Runtime, { expr: closures, renderer: "none" } as never);
  return { view, rows: new Rows(view as never, "rows", names) };
}

/** What is drawn: the bars with their places and widths, and the names along the axis. */
function drawn(view: View): unknown {
  const [frame] = (view.scenegraph() as unknown as { root: { items: { items: { items: { datum: Row; y: number; width: number }[] }[] }[] } }).root.items;
  const bars = (frame?.items[0]?.items ?? []).map(({ datum, y, width }) => `${String(datum["name"])} ${y.toFixed(2)} ${width.toFixed(2)}`);
  const domain = (name: string): unknown => (view.scale(name) as { domain(): unknown }).domain();
  return { bars: bars.sort(), names: domain("y"), codes: domain("sorted"), largest: domain("x") };
}

function answer(seed: number): Row[] {
  const names = Array.from({ length: 12 }, (_, i) => `n${(i * 7 + seed * 5) % 12}`).slice(0, 1 + ((seed * 3) % 9));
  const rows: Row[] = names.map((name, i) => ({ code: name, name, count: ((seed + 3) * (i + 2) * 17) % 91 }));
  return seed % 3 ? [...rows, { code: "", name: `others (${seed})`, count: 500 }] : rows;
}

test("after any answers a chart shows what it would show had it met the last one alone", () => {
  const { view, rows } = living();
  for (let seed = 0; seed < 60; seed++) {
    rows.exchange(answer(seed));
    view.run();
    const fresh = living();
    fresh.rows.exchange(answer(seed));
    fresh.view.run();
    assert.deepEqual(drawn(view), drawn(fresh.view), `answer ${seed}`);
  }
});

test("rows that are shown already cost no run", () => {
  const { rows } = living();
  assert.equal(rows.exchange(answer(1)), true);
  assert.equal(rows.exchange(answer(1)), false);
  assert.equal(rows.exchange([]), true);
  assert.equal(rows.exchange([]), false);
});

test("columns side by side become rows", () => {
  assert.deepEqual(rowsOf({ code: ["a", "b"], count: [1, null] }), [{ code: "a", count: 1 }, { code: "b", count: null }]);
  assert.deepEqual(rowsOf({}), []);
});
