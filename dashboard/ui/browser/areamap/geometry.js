/** The districts and the town around them: fetched once by an address that names their content, and written as paths. */

const TICKET = "X-Samsyn-Ticket";
const fetched = new Map();

/** What is refused is not kept, so that it is asked for again. */
export async function fetchOnce(path, ticket) {
  if (!fetched.has(path)) {
    const answer = await fetch(new URL(path.slice(1), document.baseURI), { headers: { [TICKET]: ticket } });
    if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
    fetched.set(path, (await answer.json()).features);
  }
  return fetched.get(path);
}

const ringsOf = ({ type, coordinates }) =>
  ({ Polygon: coordinates, MultiPolygon: coordinates.flat(), LineString: [coordinates], MultiLineString: coordinates })[type] ?? [];

export const isSurface = (geometry) => geometry.type.endsWith("Polygon");

export function pathOf(geometry, plane) {
  const end = isSurface(geometry) ? "Z" : "";
  const place = ([lon, lat]) => `${plane.x(lon).toFixed(1)} ${plane.y(lat).toFixed(1)}`;
  return ringsOf(geometry)
    .map((ring) => `M${ring.map(place).join("L")}${end}`)
    .join("");
}

export function boxOf(geometry, plane) {
  const places = ringsOf(geometry).flat();
  const [x, y] = [places.map(([lon]) => plane.x(lon)), places.map(([, lat]) => plane.y(lat))];
  const side = (values) => [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
  const [[left, right], [top, bottom]] = [side(x), side(y)];
  return { left, right, top, bottom };
}

/** Neighbours of one kind become one path, in the order that the backdrop is painted in. */
export function backdropPaths(features, plane) {
  const paths = [];
  for (const { properties, geometry } of features) {
    if (geometry.type.endsWith("Point")) continue;
    const d = pathOf(geometry, plane);
    const last = paths.at(-1);
    if (last?.kind === properties.kind && !isSurface(geometry)) last.d += d;
    else paths.push({ kind: properties.kind, d });
  }
  return paths;
}
