import assert from "node:assert/strict";
import { test } from "node:test";
import { parseExpression } from "vega-expression";
import { expressionInterpreter } from "vega-interpreter";
import { closures, valueOf } from "../../../dashboard/linked/frontend/src/expressions";

const ROWS = [
  { count: 12.5, code: "a", before: null, at: 1_700_438_400_000, list: [1, 2, 3], is_full: true },
  { count: 0, code: "", before: 3, at: 0, list: [], is_full: false },
  { count: -1, code: "Övriga (3)", before: NaN, at: 1_767_225_599_999, list: ["x"], is_full: true },
];
const PARAMS = { $width: 300, $limit: 2 };
const EXPRESSIONS = [
  "datum.count * 2 + 1 - -datum.count / 3 % 2",
  "datum['code'] + '!' + datum.list[0]",
  "datum.count > 0 ? 'more' : datum.count < 0 ? 'fewer' : 'none'",
  "datum.is_full && datum.code || 'nobody'",
  "!datum.is_full || datum.count >= 12.5 && datum.count <= 13",
  "datum.before === null || datum.before !== datum.before || datum.before == 3 || datum.count != 0",
  "max(20, width - 58) + min(1, 2) + floor(2.7) + ceil(0.2) + round(1.5) + abs(-3)",
  "if(datum.count > limit, 'over', 'under')",
  "{title: datum.code, 'Antal': datum.count, nested: [1, 'two', datum.is_full]}",
  "utcdate(datum.at) + 100 * utcmonth(datum.at) + 10000 * utcyear(datum.at) + utchours(datum.at) + utcday(datum.at)",
  "length(datum.list) + indexof(datum.list, 2)",
  "upper(datum.code) + lower('ABC') + substring('abcdef', 1, 3) + trim(' x ')",
  "join(slice(datum.list, 0, 1), '-') + replace('aXb', 'X', '-')",
  "isNaN(datum.before) || isFinite(datum.count)",
  "PI + E + clamp(5, 1, 3) + own(datum.count, 2)",
  "datum.nothing",
  "[datum.count, datum.list[1]][0]",
];
const treeOf = (text: string): never => parseExpression(text) as never;
const functions = { own: (a: number, b: number) => a * b };

test("closures give what the interpreter gives", () => {
  for (const text of EXPRESSIONS) {
    const ast = treeOf(text);
    const [fast, slow] = [closures, expressionInterpreter].map((one) => one.parameter({ functions }, { ast }));
    for (const row of ROWS) assert.deepEqual(fast?.(row, PARAMS), slow?.(row, PARAMS), text);
  }
});

test("marks are placed as the interpreter places them", () => {
  const channels = {
    x: { ast: treeOf("datum.count") },
    x2: { ast: treeOf("0") },
    yc: { ast: treeOf("40") },
    height: { ast: treeOf("12") },
  };
  for (const marktype of ["rect", "symbol", "rule"]) {
    const [fast, slow] = [closures, expressionInterpreter].map((one) => one.encode({ functions }, { marktype, channels }));
    for (const row of ROWS) {
      const [mine, theirs] = [{ datum: row }, { datum: row }];
      assert.equal(Boolean(fast?.(mine, PARAMS)), Boolean(slow?.(theirs, PARAMS)));
      assert.deepEqual(mine, theirs, marktype);
    }
  }
});

test("nothing in a row or a function leads to code", () => {
  const of = (text: string): unknown => valueOf(treeOf(text), functions)({}, { make: Function });
  assert.equal(of("datum.make"), undefined);
  assert.equal(of("datum.constructor.constructor"), undefined);
  assert.throws(() => of("evaluate('1')"), /evaluate is not known/);
});
