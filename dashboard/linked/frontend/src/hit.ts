/** Which district lies at a point: asked of paths on the plane, so that no picture has to be drawn to pick from. */
import type { Placing, Plane } from "./plane";
import { type Drawn, type Shapes, drawnOf } from "./shapes";

export class Hits {
  private readonly ink = document.createElement("canvas").getContext("2d");
  private readonly districts: { index: number; drawn: Drawn }[];

  constructor(shapes: Shapes, plane: Plane) {
    this.districts = shapes.features.map((shape) => ({ index: Number(shape.properties["i"]), drawn: drawnOf([shape.geometry], plane) }));
  }

  /** Index of the district under a pixel of the map; null outside all. */
  at(x: number, y: number, at: Placing): number | null {
    const [px, py] = [(x - at.x) / at.scale, (y - at.y) / at.scale];
    const found = this.districts.find(
      ({ drawn }) => px >= drawn.x1 && px <= drawn.x2 && py >= drawn.y1 && py <= drawn.y2 && this.ink?.isPointInPath(drawn.path, px, py, "evenodd"),
    );
    return found?.index ?? null;
  }
}
