/** Geometry as paths on the plane, made once. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import type { Plane } from "./plane";

export type Shapes = FeatureCollection<Geometry, Record<string, unknown>>;
export type Shape = Feature<Geometry, Record<string, unknown>>;

export interface Drawn {
  path: Path2D;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export function linesOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case "Polygon":
    case "MultiLineString":
      return geometry.coordinates;
    case "MultiPolygon":
      return geometry.coordinates.flat();
    case "LineString":
      return [geometry.coordinates];
    case "GeometryCollection":
      return geometry.geometries.flatMap(linesOf);
    default:
      return [];
  }
}

export const isArea = (geometry: Geometry): boolean => geometry.type.endsWith("Polygon");

/** Several geometries as one path, with the box around it. */
export function drawnOf(geometries: readonly Geometry[], plane: Plane): Drawn {
  const drawn: Drawn = { path: new Path2D(), x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
  for (const geometry of geometries) {
    const isClosed = isArea(geometry);
    for (const line of linesOf(geometry)) trace(drawn, line, plane, isClosed);
  }
  return drawn;
}

function trace(drawn: Drawn, line: Position[], plane: Plane, isClosed: boolean): void {
  line.forEach(([lon = 0, lat = 0], i) => {
    const [x, y] = [plane.x(lon), plane.y(lat)];
    if (i) drawn.path.lineTo(x, y);
    else drawn.path.moveTo(x, y);
    drawn.x1 = Math.min(drawn.x1, x);
    drawn.x2 = Math.max(drawn.x2, x);
    drawn.y1 = Math.min(drawn.y1, y);
    drawn.y2 = Math.max(drawn.y2, y);
  });
  if (isClosed) drawn.path.closePath();
}
