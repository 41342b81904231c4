/** Degrees to a flat plane around the middle of the map (Mercator, in metres there, y downwards), and the plane to the screen. */

const EARTH_M = 6378137;
const RADIANS = Math.PI / 180;
const MARGIN = 0.94;
const CLOSEST_M_PER_PX = 0.25;
/** How much smaller than the whole map it can become. */
const OUTWARDS = 2;

export function planeAround([west, south, east, north]) {
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
  const metres = EARTH_M * Math.cos(middle.lat * RADIANS);
  const height = (lat) => Math.asinh(Math.tan(lat * RADIANS));
  const x = (lon) => (lon - middle.lon) * RADIANS * metres;
  const y = (lat) => (height(middle.lat) - height(lat)) * metres;
  return {
    x,
    y,
    lon: (at) => middle.lon + at / metres / RADIANS,
    lat: (at) => Math.atan(Math.sinh(height(middle.lat) - at / metres)) / RADIANS,
    box: { left: x(west), top: y(north), right: x(east), bottom: y(south) },
  };
}

/** Screen = plane * scale + (x, y); the whole box in the middle of the screen. */
export function fitted({ left, top, right, bottom }, { width, height }) {
  const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1)) * MARGIN;
  return { scale, x: (width - (left + right) * scale) / 2, y: (height - (top + bottom) * scale) / 2 };
}

/** The view made larger by `factor`, with what lies under the pointer staying there. */
export function zoomed(view, whole, factor, [px, py]) {
  const scale = Math.min(Math.max(view.scale * factor, whole.scale / OUTWARDS), Math.max(1 / CLOSEST_M_PER_PX, whole.scale));
  const grown = scale / view.scale;
  return { scale, x: px - (px - view.x) * grown, y: py - (py - view.y) * grown };
}

/** A round length for a scale bar of at most so many pixels: metres, and what it is in pixels. */
export function barFor(scale, mostPx) {
  const most = mostPx / scale;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power;
  return { metres, px: metres * scale };
}
