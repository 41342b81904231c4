/** What travels between Python, the application's routes and the browser. */

export type Facet = "areas" | "categories" | "hours" | "sources" | "police_reported" | "kinds";
export type Query = Record<string, string>;
export type Rgba = [number, number, number, number];
export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;
export type Words = Record<string, string>;

/** The few values that Python sends on every run. */
export interface LinkedData {
  script: string;
  mount: string;
  views: string;
  ticket: string;
  lang: string;
  mode: string;
  query: Query;
  layer: string;
  epoch: number;
  /** Whether files may be taken along. */
  can_export: boolean;
  /** Whether it stands on a shared screen, to be read from afar. */
  is_shown?: boolean;
  words?: Words;
}

/** What Streamlit calls the module with. */
export interface Component {
  data: LinkedData;
  key: string;
  parentElement: ShadowRoot | HTMLElement;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}

export interface Column {
  field: string;
  header: string;
  /** Present: the column holds numbers. */
  decimals?: number;
  /** Names the column with the words that stand where there is no number. */
  instead?: string;
}

export interface ChartMount {
  name: string;
  title: string;
  unit: string;
  description: string;
  spec: Record<string, unknown>;
  dataset: string;
  pick: "hours" | "code" | "weeks" | null;
  facet: Facet | "period" | null;
  columns: Column[];
  /** Rows that the table shows hold these values. */
  where?: Record<string, Cell>;
  table: "rows" | "hours";
}

export interface Named {
  name: string;
  label: string;
}

export interface Preset extends Named {
  days?: number | null;
}

export interface FigureMount extends Named {
  help?: string;
}

export interface Label {
  text: string;
  lon: number;
  lat: number;
  rank?: number;
}

export type DocumentName = "districts" | "backdrop" | "cells";
export type Bounds = [west: number, south: number, east: number, north: number];

export interface MapMount {
  title: string;
  description: string;
  deck: { layers: DeckLayer[]; [name: string]: unknown };
  documents: Partial<Record<DocumentName, string>>;
  bounds: Bounds;
  areas: { code: string[]; name: string[] };
  labels: Label[];
  /** Counts below it are not told; 0: every count is. */
  fewest: number;
  columns: Column[];
}

export type DeckLayer = { id: string; data?: unknown; [name: string]: unknown };

export interface Mount {
  language: string;
  locale: string;
  mode: string;
  look: Record<string, string | string[]>;
  words: Words;
  presets: Preset[];
  area_sets: { id: number; label: string }[];
  layers: Named[];
  figures: FigureMount[];
  charts: ChartMount[];
  map: MapMount | null;
}

export interface PeriodAnswer {
  first: string;
  last: string;
  known_first: string;
  known_last: string;
  preset: string | null;
  text: string;
  compared: string;
}

export interface Chip {
  facet: string;
  value: string | null;
  label: string;
}

export interface InterventionAnswer {
  id: number;
  title: string;
  href: string;
  /** What came of it, in words. */
  sentence: string;
}

export interface ChartAnswer {
  columns: Record<string, Cell[]>;
  notes?: string[];
}

export interface LegendRow {
  colour: string;
  text: string;
  count?: string;
  is_hatched?: boolean;
}

export interface Legend {
  title: string;
  unit: string;
  label: string;
  rows?: LegendRow[];
  gradient?: string[];
  low?: string;
  high?: string;
  text?: string;
}

export interface AreaRows {
  count: (number | null)[];
  before?: (number | null)[] | null;
  /** Present: a count that is not known is too small to be told, and this is written in its place. */
  count_words?: (string | null)[];
  before_words?: (string | null)[];
  rate?: (number | null)[] | null;
  low?: (number | null)[] | null;
  high?: (number | null)[] | null;
  /** Titles of the interventions that run in an area, by its index. */
  running?: Record<number, string[]>;
  [name: string]: unknown;
}

export interface MapAnswer {
  layer: string;
  fills: Rgba[];
  back: Rgba[];
  digits: string;
  hatched: number[];
  ink: Rgba;
  border?: Rgba;
  selected: number[];
  interventions: number[];
  titles: Label[];
  cells: { fills: Rgba[]; digits: string } | null;
  heat: { image: string; bounds: [number, number][] } | null;
  legend: Legend | null;
  notes?: string[];
  rows: AreaRows;
}

export interface Answer {
  version: number | string;
  period: PeriodAnswer;
  chips: Chip[];
  /** The one intervention whose districts and types are selected. */
  intervention: InterventionAnswer | null;
  figures: { value: string; comparison: string }[];
  marked: Partial<Record<Facet, (string | number)[]>>;
  charts: Record<string, ChartAnswer>;
  map: MapAnswer | null;
}
