/** Colours of the districts, in the order of their indexes. */
import type { MapAnswer, Rgba } from "./types";

export const CLEAR: Rgba = [0, 0, 0, 0];

/** Fill of each district: its class, stepped back while others are selected. */
export function areaColours({ digits, fills, back, selected }: MapAnswer): Rgba[] {
  const chosen = new Set(selected);
  const isFull = (i: number): boolean => chosen.size === 0 || chosen.has(i);
  return Array.from(digits, (digit, i) => (isFull(i) ? fills : back)[Number(digit)] ?? CLEAR);
}

export function hatchColours({ digits, hatched, ink }: MapAnswer): Rgba[] {
  return Array.from(digits, (digit) => (hatched.includes(Number(digit)) ? ink : CLEAR));
}
