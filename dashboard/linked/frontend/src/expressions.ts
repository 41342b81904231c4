/**
 * Vega's expressions as closures, built once per chart: nothing is generated as code, so no `unsafe-eval` is asked for.
 *
 * Vega's own interpreter walks the tree anew for every value of every mark and was half of what a click cost.
 */
import { BASIC, CONSTANTS, type Fn, OPERATORS, UNARY, isForbidden } from "./functions";

interface Ast {
  type: string;
  [part: string]: unknown;
}

interface Expression {
  ast: Ast;
}

interface Context {
  functions: Record<string, Fn>;
}

interface VegaEvent {
  item?: { datum?: unknown };
  vega: Record<string, Fn>;
}

type Params = Record<string, unknown> | undefined;
type Item = Record<string, unknown> & { datum?: unknown };
/** Value of an expression for the operator's parameters, a row, an event and a mark's item. */
type Value = (params: Params, datum: unknown, event?: VegaEvent, item?: Item) => unknown;

const OF_EVENT = new Set(["view", "item", "group", "xy", "x", "y"]);

/** Turn a syntax tree into a function; raises for a kind of expression that no chart uses. */
export function valueOf(node: Ast, functions: Record<string, Fn>): Value {
  const of = (part: unknown): Value => valueOf(part as Ast, functions);
  switch (node.type) {
    case "Literal":
      return () => node["value"];
    case "Identifier":
      return identifier(node["name"] as string);
    case "MemberExpression":
      return member(of(node["object"]), node["computed"] ? of(node["property"]) : plainName(node["property"]));
    case "CallExpression":
      return call((node["callee"] as { name: string }).name.replace(/^_/, ""), (node["arguments"] as Ast[]).map(of), functions);
    case "ArrayExpression": {
      const parts = (node["elements"] as Ast[]).map(of);
      return (params, datum, event, item) => parts.map((part) => part(params, datum, event, item));
    }
    case "ObjectExpression":
      return object(node["properties"] as { key: Ast; value: Ast }[], of);
    case "BinaryExpression":
      return operation(OPERATORS[node["operator"] as string], of(node["left"]), of(node["right"]));
    case "UnaryExpression":
      return operation(UNARY[node["operator"] as string], of(node["argument"]), () => undefined);
    case "LogicalExpression":
      return logical(node["operator"] === "&&", of(node["left"]), of(node["right"]));
    case "ConditionalExpression":
      return choice(of(node["test"]), of(node["consequent"]), of(node["alternate"]));
    default:
      throw new Error(`an expression of type ${node.type} is not known`);
  }
}

function identifier(name: string): Value {
  if (name === "datum") return (_, datum) => datum;
  if (name === "event") return (_, __, event) => event;
  if (name === "item") return (_, __, ___, item) => item;
  if (name in CONSTANTS) return () => CONSTANTS[name];
  const parameter = `$${name}`;
  return (params) => params?.[parameter];
}

function plainName(node: unknown): Value {
  const { name, value } = node as { name?: string; value?: unknown };
  return () => name ?? value;
}

function member(object: Value, property: Value): Value {
  return (params, datum, event, item) => {
    const held = object(params, datum, event, item) as Record<string, unknown>;
    const value = held[property(params, datum, event, item) as string];
    return isForbidden(value) ? undefined : value;
  };
}

function call(name: string, parts: Value[], functions: Record<string, Fn>): Value {
  const [first, second, third] = parts;
  if (name === "if" && first && second && third) return choice(first, second, third);
  const all: (...of: Parameters<Value>) => unknown[] = (params, datum, event, item) => parts.map((part) => part(params, datum, event, item));
  if (OF_EVENT.has(name)) return (params, datum, event, item) => event?.vega[name]?.(...all(params, datum, event, item));
  const made = functions[name] ?? BASIC[name];
  if (!made) throw new Error(`the function ${name} is not known to the charts`);
  if (first && parts.length === 1) return (params, datum, event, item) => made.call(functions, first(params, datum, event, item));
  return (params, datum, event, item) => made.apply(functions, all(params, datum, event, item));
}

function object(properties: { key: Ast; value: Ast }[], of: (part: unknown) => Value): Value {
  const parts = properties.map(({ key, value }) => [String(plainName(key)(undefined, undefined)), of(value)] as const);
  if (parts.some(([name]) => name === "__proto__")) throw new Error("an object of an expression has no prototype to set");
  return (params, datum, event, item) => {
    const made: Record<string, unknown> = {};
    for (const [name, value] of parts) made[name] = value(params, datum, event, item);
    return made;
  };
}

function operation(operator: Fn | undefined, left: Value, right: Value): Value {
  if (!operator) throw new Error("an operator of an expression is not known");
  return (params, datum, event, item) => operator(left(params, datum, event, item), right(params, datum, event, item));
}

function logical(isAnd: boolean, left: Value, right: Value): Value {
  return (params, datum, event, item) => {
    const first = left(params, datum, event, item);
    return Boolean(first) === isAnd ? right(params, datum, event, item) : first;
  };
}

function choice(test: Value, yes: Value, no: Value): Value {
  return (params, datum, event, item) => (test(params, datum, event, item) ? yes : no)(params, datum, event, item);
}

/** What a Vega view takes as its `expr`. */
export const closures = {
  operator({ functions }: Context, { ast }: Expression) {
    const value = valueOf(ast, functions);
    return (params: Params) => value(params, undefined);
  },
  parameter({ functions }: Context, { ast }: Expression) {
    const value = valueOf(ast, functions);
    return (datum: unknown, params: Params) => value(params, datum);
  },
  event({ functions }: Context, { ast }: Expression) {
    const value = valueOf(ast, functions);
    return (event: VegaEvent) => value(undefined, undefined, event);
  },
  handler({ functions }: Context, { ast }: Expression) {
    const value = valueOf(ast, functions);
    return (params: Params, event: VegaEvent) => value(params, event.item?.datum, event);
  },
  encode({ functions }: Context, { marktype, channels }: { marktype: string; channels: Record<string, Expression> }) {
    const parts = Object.entries(channels).map(([name, { ast }]) => [name, valueOf(ast, functions)] as const);
    const mayTurn = ["group", "image", "rect"].includes(marktype);
    return (item: Item, params: Params) => {
      let hasChanged = false;
      for (const [name, part] of parts) {
        const value = part(params, item.datum, undefined, item);
        if (item[name] === value) continue;
        item[name] = value;
        hasChanged = true;
      }
      if (marktype !== "rule") {
        span(item, channels, "x", "width", mayTurn);
        span(item, channels, "y", "height", mayTurn);
      }
      return hasChanged;
    };
  },
};

/** Place and size along an axis from whichever of start, end and middle are given. */
function span(item: Item, channels: object, start: "x" | "y", size: "width" | "height", mayTurn: boolean): void {
  const [end, middle] = [`${start}2`, `${start}c`];
  if (end in channels) {
    if (start in channels) {
      if (mayTurn && Number(item[start]) > Number(item[end])) [item[start], item[end]] = [item[end], item[start]];
      item[size] = Number(item[end]) - Number(item[start]);
    } else {
      item[start] = Number(item[end]) - (Number(item[size]) || 0);
    }
  }
  if (middle in channels) item[start] = Number(item[middle]) - (Number(item[size]) || 0) / 2;
}
