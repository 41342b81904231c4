/** On a shared screen the component is drawn larger by CSS; the pointer and the window speak in pixels of the screen. */

/** How much larger an element is drawn than its own pixels. */
export const enlarged = (element: Element): number => element.currentCSSZoom || 1;

/** Where the pointer is, in the surface's own pixels. */
export function pointIn(surface: Element, { clientX, clientY }: { clientX: number; clientY: number }): { x: number; y: number } {
  const [box, by] = [surface.getBoundingClientRect(), enlarged(surface)];
  return { x: (clientX - box.left) / by, y: (clientY - box.top) / by };
}
