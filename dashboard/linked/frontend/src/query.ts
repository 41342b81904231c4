/** The question a view asks, and its form in an address; the same form as `Selection.to_query` in Python. */
import type { Facet, Query } from "./types";

const CODED = ["areas", "categories", "sources", "police_reported", "kinds"] as const;
const HOURS_A_WEEK = 168;

export interface Period {
  first: string;
  last: string;
}

/** Immutable: every change gives a new one. An empty facet means "all". */
export interface Selection {
  readonly period: Period | null;
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly hours: readonly number[];
  readonly areaSet: string | null;
}

export const EVERYTHING: Selection = { period: null, codes: {}, hours: [], areaSet: null };

const escaped = (code: string): string => code.replaceAll("%", "%25").replaceAll("~", "%7E");
const unescaped = (part: string): string => part.replaceAll("%7E", "~").replaceAll("%25", "%");

/** Order of Python's `sorted`: by code point, so that equal questions look equal. */
export function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (sign) => sign.codePointAt(0) ?? 0);
  const right = Array.from(b, (sign) => sign.codePointAt(0) ?? 0);
  const at = left.findIndex((sign, i) => sign !== right[i]);
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}

/** 112.113.114 and 118 as "112-114.118". */
export function writeHours(hours: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const hour of [...new Set(hours)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === hour - 1) last[1] = hour;
    else runs.push([hour, hour]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(".");
}

export function readHours(text: string): number[] {
  const hours = text.split(".").flatMap((run) => {
    const [first = NaN, last = first] = run.split("-").map(Number);
    return Array.from({ length: Math.max(last - first + 1 || 0, 0) }, (_, i) => first + i);
  });
  return hours.filter((hour) => Number.isInteger(hour) && hour >= 0 && hour < HOURS_A_WEEK);
}

export function readQuery(query: Query): Selection {
  const [first, last] = (query["period"] ?? "").split("..");
  const given = CODED.filter((facet) => query[facet]);
  return {
    period: first && last ? { first, last } : null,
    codes: Object.fromEntries(given.map((facet) => [facet, (query[facet] ?? "").split("~").map(unescaped)])),
    hours: query["hours"] ? readHours(query["hours"]) : [],
    areaSet: query["area_set"] ?? null,
  };
}

export function writeQuery(selection: Selection): Query {
  const query: Query = {};
  if (selection.period) query["period"] = `${selection.period.first}..${selection.period.last}`;
  for (const facet of CODED) {
    const codes = selection.codes[facet] ?? [];
    if (codes.length) query[facet] = [...codes].sort(byCodePoint).map(escaped).join("~");
  }
  if (selection.hours.length) query["hours"] = writeHours(selection.hours);
  if (selection.areaSet !== null) query["area_set"] = selection.areaSet;
  return query;
}

export const withPeriod = (selection: Selection, period: Period | null): Selection => ({ ...selection, period });

export function withHours(selection: Selection, hours: readonly number[]): Selection {
  return { ...selection, hours: [...new Set(hours)].sort((a, b) => a - b) };
}

/** Another set of districts: codes of the old one mean nothing in it. */
export function withAreaSet(selection: Selection, areaSet: string): Selection {
  return { ...without(selection, "areas"), areaSet };
}

/** One value of a facet put in, or taken out if it was there. */
export function toggled(selection: Selection, facet: Facet, value: string | number): Selection {
  if (facet === "hours") {
    const hour = Number(value);
    const has = selection.hours.includes(hour);
    return withHours(selection, has ? selection.hours.filter((one) => one !== hour) : [...selection.hours, hour]);
  }
  const code = String(value);
  const codes = selection.codes[facet] ?? [];
  const kept = codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];
  return { ...selection, codes: { ...selection.codes, [facet]: kept } };
}

/** One value of a facet taken out; said twice, it stays out. */
export function removed(selection: Selection, facet: string, value: string): Selection {
  const codes = selection.codes[facet] ?? [];
  return codes.includes(value) ? toggled(selection, facet as Facet, value) : selection;
}

/** The same question with one facet open. */
export function without(selection: Selection, facet: string): Selection {
  if (facet === "period") return withPeriod(selection, null);
  if (facet === "hours") return { ...selection, hours: [] };
  const { [facet]: _, ...codes } = selection.codes;
  return { ...selection, codes };
}

const OF_INTERVENTION = ["period", "areas", "categories"] as const;

/** Days, districts and types of an intervention; asked for when exactly they are chosen, they are open again. */
export function withIntervention(selection: Selection, asked: Selection): Selection {
  const { areas = [], categories = [] } = asked.codes;
  const chosen = { ...selection, period: asked.period, codes: { ...selection.codes, areas, categories } };
  return isSame(chosen, selection) ? OF_INTERVENTION.reduce<Selection>(without, selection) : chosen;
}

export const isSame = (a: Selection, b: Selection): boolean => JSON.stringify(writeQuery(a)) === JSON.stringify(writeQuery(b));

/** Every facet open; period and set of districts stay. */
export function cleared(selection: Selection): Selection {
  return { ...EVERYTHING, period: selection.period, areaSet: selection.areaSet };
}

/** Address of the answer to a question. */
export function viewsAddress(base: string, selection: Selection, extra: Query): string {
  return `${base}?${new URLSearchParams({ ...writeQuery(selection), ...extra })}`;
}
