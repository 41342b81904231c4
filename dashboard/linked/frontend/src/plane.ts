/** The map's flat plane: Mercator about the middle of the districts, so that small numbers stay exact. */
import type { Bounds } from "./types";

/** Where the camera is: degrees, deck.gl's zoom, and the size of the map in pixels. */
export interface Camera {
  longitude: number;
  latitude: number;
  zoom: number;
  width: number;
  height: number;
}

/** Screen pixel = plane x scale + offset. */
export interface Placing {
  scale: number;
  x: number;
  y: number;
}

const TILE_PX = 512;
const PLANE_ZOOM = 14;
const SIZE = TILE_PX * 2 ** PLANE_ZOOM;
const MOST_LATITUDE = 85;

const across = (lon: number): number => (lon / 360 + 0.5) * SIZE;

function down(lat: number): number {
  const held = (Math.min(Math.max(lat, -MOST_LATITUDE), MOST_LATITUDE) * Math.PI) / 180;
  return (0.5 - Math.asinh(Math.tan(held)) / (2 * Math.PI)) * SIZE;
}

export class Plane {
  private readonly x0: number;
  private readonly y0: number;

  constructor(bounds: Bounds) {
    this.x0 = across((bounds[0] + bounds[2]) / 2);
    this.y0 = down((bounds[1] + bounds[3]) / 2);
  }

  x(lon: number): number {
    return across(lon) - this.x0;
  }

  y(lat: number): number {
    return down(lat) - this.y0;
  }

  placing({ longitude, latitude, zoom, width, height }: Camera): Placing {
    const scale = 2 ** (zoom - PLANE_ZOOM);
    return { scale, x: width / 2 - this.x(longitude) * scale, y: height / 2 - this.y(latitude) * scale };
  }
}

/** Camera that holds bounds (degrees) with a small margin. */
export function fitted(bounds: Bounds, width: number, height: number): Camera {
  const [west, south, east, north] = bounds;
  const wide = Math.max((across(east) - across(west)) / SIZE, 1e-6);
  const high = Math.max((down(south) - down(north)) / SIZE, 1e-6);
  const zoom = Math.log2((Math.min(width / wide, height / high) * 0.94) / TILE_PX);
  const middle = (0.5 - (down(south) + down(north)) / 2 / SIZE) * 2 * Math.PI;
  const latitude = (Math.atan(Math.sinh(middle)) * 180) / Math.PI;
  return { longitude: (west + east) / 2, latitude, zoom: Math.min(Math.max(zoom, 1), 17), width, height };
}
