/** deck.gl's layers: written by Python once, and per answer given their colours. */
import type { Layer } from "@deck.gl/core";
import { MapView } from "@deck.gl/core";
import { FillStyleExtension, PathStyleExtension } from "@deck.gl/extensions";
import { JSONConverter } from "@deck.gl/json";
import { BitmapLayer, GeoJsonLayer, SolidPolygonLayer } from "@deck.gl/layers";
import { CLEAR, areaColours, hatchColours } from "./colours";
import type { Shape, Shapes } from "./shapes";
import type { DocumentName, MapAnswer, MapMount, Rgba } from "./types";

const CLASSES = { BitmapLayer, FillStyleExtension, GeoJsonLayer, MapView, PathStyleExtension, SolidPolygonLayer };

export type Documents = Partial<Record<DocumentName, Shapes>>;
export type LayersById = ReadonlyMap<string, Layer>;
type Given = Record<string, unknown>;

/** The layers that Python described, by id in their order, with the documents they name in place. */
export function layersOf(deck: MapMount["deck"], documents: Documents, hatch: ImageBitmap | null): LayersById {
  const described = deck.layers.flat().map(({ fillPatternAtlas, ...layer }) => {
    // Names of documents and addresses of pictures would be fetched as they stand.
    return { ...layer, ...(fillPatternAtlas ? { fillPatternAtlas: null } : {}), data: typeof layer.data === "string" ? [] : layer.data };
  });
  const converter = new JSONConverter({ configuration: { classes: CLASSES as never } });
  const { layers } = converter.convert({ layers: described }) as { layers: Layer[] };
  const names = new Map(deck.layers.flat().map((layer) => [layer.id, layer.data]));
  return new Map(
    layers.map((layer) => {
      const data = documents[names.get(layer.id) as DocumentName];
      const atlas = "fillPatternAtlas" in layer.props ? { fillPatternAtlas: hatch } : {};
      return [layer.id, layer.clone({ ...(data ? { data } : {}), ...atlas } as Given)];
    }),
  );
}

/** Address of the picture that missing values are hatched with. */
export function hatchOf(deck: MapMount["deck"]): string | undefined {
  return deck.layers.flat().find((layer) => layer["fillPatternAtlas"])?.["fillPatternAtlas"] as string | undefined;
}

/** The layers as an answer paints them; `image` is the heat surface, already decoded. */
export function paintedLayers(layers: LayersById, districts: Shapes, answer: MapAnswer, image: ImageBitmap | null, serial: number): Layer[] {
  const colours = areaColours(answer);
  const inks = hatchColours(answer);
  const shapes = byIndex(districts);
  const cells = answer.cells;
  const cellColour = cells ? colourBy(Array.from(cells.digits, (digit) => cells.fills[Number(digit)] ?? CLEAR)) : CLEAR;
  const changes: Record<string, Given> = {
    areas: { ...filled(colourBy(colours), serial, true), ...(answer.border ? { getLineColor: answer.border } : {}) },
    "areas-hatched": filled(colourBy(inks), serial, inks.some((ink) => ink[3] > 0)),
    cells: filled(cellColour, serial, cells !== null),
    heat: answer.heat && image ? { image, bounds: answer.heat.bounds, visible: true } : { visible: false },
    interventions: some(shapes, answer.interventions),
    selected: some(shapes, answer.selected),
  };
  return [...layers.values()].flatMap((layer) => {
    const change = changes[layer.id];
    return change ? [layer.clone(change)] : [];
  });
}

function colourBy(colours: readonly Rgba[]): (shape: Shape) => Rgba {
  return (shape) => colours[Number(shape.properties["i"])] ?? CLEAR;
}

function filled(getFillColor: unknown, serial: number, visible: boolean): Given {
  return { getFillColor, visible, updateTriggers: { getFillColor: serial }, pickable: false };
}

function byIndex(shapes: Shapes): Shape[] {
  const found: Shape[] = [];
  for (const shape of shapes.features) found[Number(shape.properties["i"])] = shape;
  return found;
}

/** An outline around some of the districts only. */
function some(shapes: readonly Shape[], indexes: readonly number[]): Given {
  const features = indexes.flatMap((index) => shapes[index] ?? []);
  return { data: { type: "FeatureCollection", features }, visible: features.length > 0, pickable: false };
}
