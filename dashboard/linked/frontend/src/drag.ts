/** Dragging over a surface with mouse, pen or finger; a press that does not move stays a click. */
import { pointIn } from "./enlarged";

const FEWEST_PX = 5;

export interface Point {
  x: number;
  y: number;
}

export interface Dragged {
  /** Whether a drag may begin here. */
  from(at: Point): boolean;
  over(from: Point, to: Point): void;
  done(from: Point, to: Point, event: PointerEvent): void;
  left(): void;
}

export function dragOver(surface: HTMLElement, dragged: Dragged): void {
  let start: Point | null = null;
  let isDragging = false;
  let wasDragged = false;
  const at = (event: PointerEvent): Point => pointIn(surface, event);
  const leave = (): void => {
    if (isDragging) dragged.left();
    start = null;
    isDragging = false;
  };
  surface.addEventListener("pointerdown", (event) => {
    const point = at(event);
    wasDragged = false;
    start = event.button === 0 && event.isPrimary && dragged.from(point) ? point : null;
  });
  surface.addEventListener("pointermove", (event) => {
    if (!start) return;
    const point = at(event);
    if (!isDragging && Math.hypot(point.x - start.x, point.y - start.y) < FEWEST_PX) return;
    // Captured only now: a captured press would give its click to the surface and not to the mark.
    if (!isDragging) surface.setPointerCapture(event.pointerId);
    isDragging = wasDragged = true;
    dragged.over(start, point);
  });
  surface.addEventListener("pointerup", (event) => {
    if (start && isDragging) dragged.done(start, at(event), event);
    leave();
  });
  surface.addEventListener("pointercancel", leave);
  // The click that ends a drag is none.
  surface.addEventListener("click", (event) => wasDragged && event.stopImmediatePropagation(), { capture: true });
  surface.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
}
